import { TESTER } from "@onsale/core/actor/testing/staff";
import { randomUUID } from "node:crypto";
import type { Account } from "@onsale/core/actor/account";
import { draftOf } from "@onsale/core/event/event";
import { LineId } from "@onsale/core/line/line";
import { EventId, HoldId } from "@onsale/core/shared/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { appRouter } from "./router.ts";
import { serveApp } from "./testing/serve-app.ts";
import { describeApp, type TestApp, key, seatItems } from "./testing/test-app.ts";
import { joinAll, nonce, openLine } from "./testing/test-line.ts";
import { wishes } from "./testing/test-waitlist.ts";

type Named = { eventId: EventId; slug: string; lineId: LineId; entry: string };
type Ask = (caller: ReturnType<TestApp["as"]>, named: Named) => Promise<unknown>;

const holdId = HoldId.parse(randomUUID());
/** What a fan may ask of an event or of its line; "none": what neither an event nor a line is named for. */
const ASKS: Record<string, Ask | "none"> = {
  "account.signUp": "none",
  "account.completeSignUp": "none",
  "account.password.change": "none",
  "account.password.startReset": "none",
  "account.password.finishReset": "none",
  "account.sessions.list": "none",
  "account.sessions.end": "none",
  "account.sessions.endAll": "none",
  "account.verifyEmail.start": "none",
  "account.verifyEmail.confirm": "none",
  "account.me": "none",
  "organization.mine": "none",
  "organization.create": "none",
  "organization.get": "none",
  "organization.update": "none",
  "organization.members.list": "none",
  "organization.members.setRole": "none",
  "organization.members.remove": "none",
  "organization.members.leave": "none",
  "organization.members.invite": "none",
  "organization.members.revokeInvitation": "none",
  "organization.invitations.look": "none",
  "organization.invitations.accept": "none",
  "organizer.get": "none",
  "event.list": "none",
  "event.bySlug": (caller, { slug }) => caller.event.bySlug({ slug }),
  "inventory.deltas": async (caller, { eventId }) => {
    for await (const message of await caller.inventory.deltas({ eventId })) return message;
    return null;
  },
  "line.join": (caller, { lineId }) => caller.line.join({ lineId, nonce: nonce() }),
  "line.mine": (caller, { eventId }) => caller.line.mine({ eventId }),
  // By a ticket that names the line; without a place there is none.
  "line.checkIn": "none",
  "line.enter": (caller, { lineId }) => caller.line.enter({ lineId }),
  "line.renew": (caller, { lineId }) => caller.line.renew({ lineId }),
  "line.moreTime": (caller, { lineId }) => caller.line.moreTime({ lineId }),
  "line.leave": (caller, { lineId }) => caller.line.leave({ lineId }),
  "line.rejoin": (caller, { lineId }) => caller.line.rejoin({ lineId }),
  "line.proof": (caller, { lineId, entry }) => caller.line.proof({ lineId, entry }),
  "hold.create": (caller, { eventId }) =>
    caller.hold.create({ eventId, operationId: key(), items: seatItems(0) }),
  "hold.bestAvailable": (caller, { eventId }) =>
    caller.hold.bestAvailable({ eventId, operationId: key(), quantity: 1, ticketType: "adult" }),
  "hold.join": (caller, { eventId }) => caller.hold.join({ eventId }),
  "hold.mine": (caller, { eventId }) => caller.hold.mine({ eventId }),
  "hold.reprice": (caller, { eventId }) => caller.hold.reprice({ eventId, holdId, items: seatItems(0) }),
  "hold.extend": (caller, { eventId }) => caller.hold.extend({ eventId, holdId }),
  "hold.release": (caller, { eventId }) => caller.hold.release({ eventId, holdId }),
  "checkout.start": (caller, { eventId }) =>
    caller.checkout.start({
      eventId,
      holdId,
      quoteHash: "0".repeat(64),
      idempotencyKey: key(),
      method: "card_ok",
    }),
  // Orders and tickets are found by their own names, and a draft has none.
  "checkout.pay": "none",
  "checkout.refresh": "none",
  "checkout.cancel": "none",
  "order.get": "none",
  "order.latestIn": (caller, { eventId }) => caller.order.latestIn({ eventId }),
  "order.mine": "none",
  "ticket.mine": "none",
  "ticket.get": "none",
  "access.redeem": (caller, { eventId }) => caller.access.redeem({ eventId, code: "ABCDEFGHJKMN" }),
  "access.mine": (caller, { eventId }) => caller.access.mine({ eventId }),
  "waitlist.join": (caller, { eventId }) => caller.waitlist.join({ eventId, wishes: wishes() }),
  "waitlist.change": (caller, { eventId }) => caller.waitlist.change({ eventId, wishes: wishes() }),
  "waitlist.leave": (caller, { eventId }) => caller.waitlist.leave({ eventId }),
  "waitlist.mine": (caller, { eventId }) => caller.waitlist.mine({ eventId }),
  "waitlist.decline": (caller, { eventId }) => caller.waitlist.decline({ eventId }),
};
/** Of these an unknown event is an empty answer or a place that the fan does not have. */
const NOT_HERE: Record<string, object> = {
  "line.mine": { value: null },
  "order.latestIn": { value: null },
  "waitlist.mine": { value: [] },
  "waitlist.leave": { code: "waitlist.not_found" },
  "waitlist.decline": { code: "waitlist.not_found" },
};
const NOT_FOUND = { code: expect.stringMatching(/^(event|line)\.not_found$/) };

const UNKNOWN: Named = {
  eventId: EventId.parse(randomUUID()),
  slug: "nobody-has-heard-of-it",
  lineId: LineId.parse(randomUUID()),
  entry: "0".repeat(32),
};

describeApp("a draft", (app) => {
  let server: Awaited<ReturnType<typeof serveApp>>;
  let fan: Account;
  beforeAll(async () => {
    server = await serveApp(app().container);
    fan = await app().account();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  /** With everything that a sale needs, and a line. */
  async function draft(): Promise<Named> {
    const { services, priceLists } = app().container;
    const model = await services.events.require(await app().openEvent());
    const slug = `draft-${randomUUID().slice(0, 8)}`;
    const created = await services.events.create(TESTER, model.organizationId, { ...draftOf(model), slug });
    const eventId = EventId.parse(created.id);
    const prices = await priceLists.find(EventId.parse(model.id), model.priceVersion);
    if (!prices) throw new Error("the event that was copied has prices");
    await services.events.publishPrices(TESTER, eventId, { version: 0, list: prices });
    return { eventId, slug, entry: "0".repeat(32), lineId: LineId.parse(randomUUID()) };
  }

  async function withLine(): Promise<Named> {
    const named = await draft();
    return { ...named, lineId: (await openLine(app(), named.eventId)).lineId };
  }

  /** Fans have joined its line and were drawn before it was taken back. */
  async function takenBack(): Promise<Named> {
    const { services, catalog } = app().container;
    const named = await draft();
    const { eventId } = named;
    await services.events.move(TESTER, { idOrSlug: eventId, to: "published" });
    const line = await openLine(app(), eventId);
    const [standing] = await joinAll(app(), line.lineId, [fan]);
    await line.draw();
    await line.tick();
    await app().container.feed.seatsOf(eventId);
    await services.events.move(TESTER, { idOrSlug: eventId, to: "draft" });
    catalog.forget({ id: eventId, slug: named.slug });
    return { ...named, lineId: line.lineId, entry: standing?.entry ?? named.entry };
  }

  const answerOf = (asked: Promise<unknown>) =>
    asked.then(
      (value) => ({ value }),
      (error: { message: string; cause?: unknown }) => {
        const { code, details } = (error.cause ?? error) as { code?: string; details?: unknown };
        return { code, details, message: error.message };
      },
    );

  test("has every public procedure asked about it", () => {
    const procedures = Object.keys(appRouter._def.procedures).filter((name) => !name.startsWith("admin."));
    expect(Object.keys(ASKS).sort()).toEqual(procedures.sort());
  });

  test.each([
    ["that was never published", withLine],
    ["that was taken back after fans had joined its line", takenBack],
  ])("%s is answered as an id that nobody has, by every procedure", async (_, make) => {
    const named = await make();
    const caller = app().as(fan);
    for (const [name, ask] of Object.entries(ASKS)) {
      if (ask === "none") continue;
      const unknown = await answerOf(ask(caller, UNKNOWN));
      expect.soft({ name, ...(await answerOf(ask(caller, named))) }).toEqual({ name, ...unknown });
      expect.soft({ name, ...unknown }).toMatchObject(NOT_HERE[name] ?? NOT_FOUND);
    }
    expect(await answerOf(caller.event.bySlug({ slug: named.eventId }))).toEqual(
      await answerOf(caller.event.bySlug({ slug: UNKNOWN.eventId })),
    );
  });

  test.each([
    ["that was never published", withLine],
    ["that was taken back after fans had joined its line", takenBack],
  ])("%s has no document", async (_, make) => {
    const { eventId, lineId } = await make();
    for (const path of [
      `/api/events/${eventId}/stock`,
      `/api/lines/${lineId}/now`,
      `/api/lines/${lineId}/draw.json`,
    ])
      expect
        .soft({ path, status: (await fetch(`${server.url}${path}`)).status })
        .toEqual({ path, status: 404 });
  });
});
