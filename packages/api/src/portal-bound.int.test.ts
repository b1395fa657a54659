import { TESTER } from "@onsale/core/actor/testing/staff";
import { randomUUID } from "node:crypto";
import type { Account } from "@onsale/core/actor/account";
import { roleOf } from "@onsale/db/application-role";
import { sqlState } from "@onsale/db/pg-errors";
import { portalOf } from "@onsale/db/portal-role";
import { PORTAL_SCOPES } from "@onsale/db/organization/portal-scopes";
import { must } from "@onsale/core/shared/assert";
import type { EventId } from "@onsale/core/shared/ids";
import { LineSettings } from "@onsale/core/line/line";
import { InvitationId } from "@onsale/core/organization/invitation";
import { beforeAll, expect, test } from "vitest";
import { draftOf, EventDraft } from "@onsale/core/event/event";
import { appRouter } from "./router.ts";
import { openLine } from "./testing/test-line.ts";
import { describeApp } from "./testing/test-app.ts";

type Described = { readonly meta?: { readonly permission?: string } };
const memberProcedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { readonly _def: Described }>,
).flatMap(([name, { _def }]) => (_def.meta?.permission === undefined ? [] : [name]));

describeApp("what members do", (app) => {
  let owner: Account;
  let eventId: EventId;
  let verbs: Record<string, () => Promise<unknown>>;

  beforeAll(async () => {
    owner = await app().member("owner");
    eventId = await app().openEvent();
    const nowMs = app().container.clock.nowMs();
    const opens = { opensAtMs: nowMs - 60_000, closesAtMs: nowMs + 3_600_000 };
    await app().changeEvent(eventId, {
      saleWindows: [{ kind: "presale", key: "fans", label: "Fan club", ...opens }],
    });
    const { lineId } = await openLine(app(), await app().openEvent());
    const { admin, organization } = app().as(owner);
    const organizationId = app().organization;
    const event = await app().container.services.events.require(eventId);
    const draft = EventDraft.parse(draftOf(event));
    const layoutId = must(event.layoutId, "it is on sale");
    const prices = await app().container.priceLists.find(eventId, event.priceVersion);
    const priceList = must(prices, "it is on sale");
    const settings = LineSettings.parse({ windowKey: "public", lobbyOpensAtMs: 1, drawsAtMs: 2 });
    const one = { organizationId };
    const presale = { eventId, windowKey: "fans" };
    const line = must(await app().container.lines.find(lineId), "it is open");
    // What a verb takes away is made anew for each call, past the portal.
    const { services } = app().container;
    const oneMember = async () => ({ ...one, accountId: (await app().member("finance")).id });
    const newLine = async () => {
      const made = await services.lines.create(TESTER, { eventId: await app().openEvent(), settings });
      return { lineId: made.id };
    };
    verbs = {
      "admin.events.list": () => admin.events.list(one),
      "admin.events.get": () => admin.events.get({ idOrSlug: eventId }),
      "admin.events.create": () =>
        admin.events.create({ ...one, draft: { ...draft, slug: `s-${randomUUID()}` } }),
      "admin.events.update": () => admin.events.update({ eventId, version: event.detailsVersion, draft }),
      "admin.events.publishPrices": () =>
        admin.events.publishPrices({ eventId, version: event.priceVersion, priceList }),
      "admin.events.move": () => admin.events.move({ eventId, to: "paused" }),
      "admin.events.sales": () => admin.events.sales({ eventId }),
      "admin.events.setBlocked": () =>
        admin.events.setBlocked({ eventId, seatNos: [0], blocked: true, reason: "x" }),
      "admin.venues.list": () => admin.venues.list(one),
      "admin.venues.create": () =>
        admin.venues.create({
          ...one,
          draft: { name: "Hall", city: "Basel", country: "CH", timeZone: "UTC", address: "" },
        }),
      "admin.venues.setAddress": () =>
        admin.venues.setAddress({
          venueId: event.venueId as never,
          before: event.venue.address,
          address: "Here 1",
        }),
      "admin.layouts.list": () => admin.layouts.list(one),
      "admin.layouts.get": () => admin.layouts.get({ layoutId: layoutId as never }),
      "admin.layouts.import": () => admin.layouts.import({ ...one, text: "section;row;seat\nHall;1;1\n" }),
      "admin.lines.list": () => admin.lines.list({ eventId }),
      "admin.lines.create": () => admin.lines.create({ eventId, settings }),
      "admin.lines.configure": async () =>
        admin.lines.configure({ ...(await newLine()), version: 1, settings }),
      "admin.lines.remove": async () => admin.lines.remove(await newLine()),
      "admin.lines.move": async () => admin.lines.move({ ...(await newLine()), version: 1, to: "lobby" }),
      "admin.lines.publicValue": async () => {
        const named = { publicValueSource: "a lottery" };
        const drawing = await openLine(app(), await app().openEvent(), named);
        await services.lines.move(TESTER, { lineId: drawing.lineId, to: "drawing" });
        return admin.lines.publicValue({ lineId: drawing.lineId, value: "1 2 3" });
      },
      "admin.lines.live": () => admin.lines.live({ lineId }),
      "admin.lines.waves": () => admin.lines.waves({ lineId }),
      "admin.lines.levers": () =>
        admin.lines.levers({ lineId, version: line.settingsVersion, levers: { cap: 5 } }),
      "admin.access.overview": () => admin.access.overview({ eventId }),
      "admin.access.createCodes": () =>
        admin.access.createCodes({ ...presale, count: 1, usesEach: 1, label: "x", expiresAtMs: null }),
      "admin.access.revoke": () => admin.access.revoke({ eventId, batchId: randomUUID() }),
      "admin.access.addEmails": () => admin.access.addEmails({ ...presale, emails: ["a@b.example"] }),
      "admin.access.removeEmails": () => admin.access.removeEmails({ ...presale, emails: ["a@b.example"] }),
      "admin.waitlist.list": () => admin.waitlist.list({ eventId }),
      "organization.get": () => organization.get(one),
      "organization.members.list": () => organization.members.list(one),
      "organization.members.invite": () =>
        organization.members.invite({ ...one, email: `${randomUUID()}@m.example`, role: "read_only" }),
      "organization.update": async () => {
        const {
          id: _id,
          version,
          createdAtMs: _createdAtMs,
          ...kept
        } = await services.organizations.require(organizationId);
        return organization.update({ ...one, version, draft: { ...kept, address: `Here ${version}` } });
      },
      "organization.members.setRole": async () =>
        organization.members.setRole({ ...(await oneMember()), role: "scanner" }),
      "organization.members.remove": async () => organization.members.remove(await oneMember()),
      "organization.members.leave": async () =>
        app()
          .as(await app().member("finance"))
          .organization.members.leave(one),
      "organization.members.revokeInvitation": async () => {
        const invited = { email: `${randomUUID()}@m.example`, role: "read_only" } as const;
        const invitationId = InvitationId.parse(
          await services.organizations.invite(TESTER, organizationId, invited),
        );
        return organization.members.revokeInvitation({ ...one, invitationId });
      },
    };
  });

  const answersOf = async () => {
    const answers: Record<string, string> = {};
    for (const [name, ask] of Object.entries(verbs))
      // oxlint-disable-next-line no-await-in-loop -- one after the other, as one member
      answers[name] = await ask().then(
        () => "OK",
        (error: Error) => sqlState(error.cause) ?? "another refusal",
      );
    return answers;
  };

  test("is every procedure that asks what a member may do", () => {
    expect(Object.keys(verbs).toSorted()).toEqual(memberProcedures.toSorted());
    expect(memberProcedures.length).toBeGreaterThan(30);
  });

  test("is done by the portal's role: it works, and without its rights none of it, and what fans do works as ever", async () => {
    expect(await answersOf()).toEqual(Object.fromEntries(Object.keys(verbs).map((name) => [name, "OK"])));
    const portal = portalOf(roleOf(app().container.config.databaseUrl).name);
    const { owner: sql } = app();
    await sql.begin(async (tx) => {
      for (const { table } of PORTAL_SCOPES) await tx`revoke all on ${tx(table)} from ${tx(portal)}`;
    });
    const answers = await answersOf();
    expect(answers).toEqual(Object.fromEntries(Object.keys(verbs).map((name) => [name, "42501"])));
    const { events } = await app().as(null).event.list({ organizationId: app().organization });
    expect(events.map(({ id }) => id)).toContain(eventId);
    const fan = await app().account();
    expect(await app().as(fan).hold.mine({ eventId })).toEqual([]);
  });
});
