import { readFileSync } from "node:fs";
import type { Actor } from "@onsale/core/actor/actor";
import { expect, test } from "vitest";
import type { PortalServices } from "./portal.ts";
import type { Services } from "./services.ts";

type Verb = (...args: never) => unknown;
type AsksFirst<V> = V extends (...args: infer Taken) => unknown
  ? Taken extends readonly [infer First, ...unknown[]]
    ? [First] extends [Actor]
      ? true
      : false
    : false
  : false;
type NameUnlessAsks<V, Name> = V extends Verb ? (AsksFirst<V> extends true ? never : Name) : never;
type OfService<S, Name extends string> = S extends Verb
  ? NameUnlessAsks<S, Name>
  : { [V in keyof S & string]: NameUnlessAsks<S[V], `${Name}.${V}`> }[keyof S & string];
type WithoutActor<All> = { [S in keyof All & string]: OfService<All[S], S> }[keyof All & string];

const ALIKE = "answers everybody alike";
const TURN = "a turn of the worker or a job";
const STEP = "a step of a verb that asked";

/** All verbs that do not take an Actor first. The types refuse one that is missing here, and one that takes it after all. */
const NEED_NONE = {
  "accessGate.allotmentRefusal": ALIKE,
  "catalog.event": ALIKE,
  "catalog.find": ALIKE,
  "catalog.findPublic": ALIKE,
  "catalog.priceList": ALIKE,
  "catalog.publicEvent": ALIKE,
  "catalog.require": ALIKE,
  "catalog.requirePublic": ALIKE,
  "catalog.saleOf": ALIKE,
  "catalog.ticketTypeLabel": ALIKE,
  "catalog.ticketTypeLabels": ALIKE,
  drawProof: ALIKE,
  "layouts.documentByHash": ALIKE,
  "lines.drawFile": ALIKE,
  "lines.requireDrawn": ALIKE,
  "organizations.require": ALIKE,
  "programme.search": ALIKE,
  "stock.encoded": ALIKE,
  "stock.idOf": ALIKE,
  "stock.listen": ALIKE,
  "stock.messages": ALIKE,
  "stock.seatsOf": ALIKE,
  "stock.stockOf": ALIKE,
  "waitlist.placesOf": ALIKE,
  "catalog.forget": TURN,
  "events.endOver": TURN,
  "events.rebuild": TURN,
  "events.tellCancelled": TURN,
  "mail.eventCancelled": TURN,
  "mail.ordersPaid": TURN,
  "organizations.sendInvitation": TURN,
  "passReturn.ofPaidOrder": TURN,
  "passwords.sendPasswordSet": TURN,
  "passwords.sendReset": TURN,
  "checkout.look": TURN,
  "orderWriter.settled": TURN,
  "orderWriter.writeOrders": TURN,
  "owner.beat": TURN,
  "owner.fencesOf": TURN,
  "owner.isForeign": TURN,
  "owner.leave": TURN,
  "owner.lost": TURN,
  "owner.owned": TURN,
  "payments.begin": TURN,
  "payments.goOn": TURN,
  "payments.pay": TURN,
  "payments.expire": TURN,
  "payments.giveBack": TURN,
  "payments.returnMoney": TURN,
  "reconcile.heal": TURN,
  "reconcile.mend": TURN,
  "reconcile.run": TURN,
  "reconcile.settleForgotten": TURN,
  sendOfferMail: TURN,
  "signUps.sendMail": TURN,
  "stock.close": TURN,
  "stock.closeIdle": TURN,
  "stock.openEvents": TURN,
  "verifyEmail.sendMail": TURN,
  "waitlist.hasWaiting": TURN,
  "waitlist.wants": TURN,
  "accountAdmin.hasOperator": STEP,
  "events.require": STEP,
  "layoutFiles.run": STEP,
  "passReturn.afterPaying": STEP,
  "places.bought": STEP,
  "waitlist.show": STEP,
} satisfies Record<WithoutActor<Services> | WithoutActor<PortalServices>, string>;

test("a verb that takes no actor has one of the reasons that docs/architecture.md gives", () => {
  const page = readFileSync(new URL("../../../../docs/architecture.md", import.meta.url), "utf8");
  const whoAsks =
    page
      .replaceAll(/\s+/g, " ")
      .split(" ## ")
      .find((part) => part.startsWith("Who asks")) ?? "";
  const given = [...whoAsks.matchAll(/\*([^*]+)\*/g)].map(([, words]) => words);
  expect(Object.entries(NEED_NONE).filter(([, why]) => !given.includes(why))).toEqual([]);
});
