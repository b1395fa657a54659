import { randomUUID } from "node:crypto";
import type { Account } from "@onsale/core/actor/account";
import { roleOf } from "@onsale/db/application-role";
import { sqlState } from "@onsale/db/pg-errors";
import { portalOf } from "@onsale/db/portal-role";
import { PORTAL_SCOPES } from "@onsale/db/organization/portal-scopes";
import { must } from "@onsale/core/shared/assert";
import type { EventId } from "@onsale/core/shared/ids";
import { LineSettings } from "@onsale/core/line/line";
import { beforeAll, expect, test } from "vitest";
import { draftOf, EventDraft } from "@onsale/core/event/event";
import { openLine } from "./testing/test-line.ts";
import { describeApp } from "./testing/test-app.ts";

describeApp("what members do", (app) => {
  let owner: Account;
  let eventId: EventId;
  let verbs: Record<string, () => Promise<unknown>>;

  beforeAll(async () => {
    owner = await app().member("owner");
    eventId = await app().openEvent();
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
      "admin.lines.live": () => admin.lines.live({ lineId }),
      "admin.lines.waves": () => admin.lines.waves({ lineId }),
      "admin.lines.levers": () =>
        admin.lines.levers({ lineId, version: line.settingsVersion, levers: { cap: 5 } }),
      "admin.access.overview": () => admin.access.overview({ eventId }),
      "admin.access.removeEmails": () => admin.access.removeEmails({ ...presale, emails: ["a@b.example"] }),
      "admin.waitlist.list": () => admin.waitlist.list({ eventId }),
      "organization.get": () => organization.get(one),
      "organization.members.list": () => organization.members.list(one),
      "organization.members.invite": () =>
        organization.members.invite({ ...one, email: `${randomUUID()}@m.example`, role: "read_only" }),
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
