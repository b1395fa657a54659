import { randomUUID } from "node:crypto";
import { memberOf, TESTER } from "@onsale/core/actor/testing/staff";
import { draftOf, EventDraft } from "@onsale/core/event/event";
import { LineSettings } from "@onsale/core/line/line";
import { InvitationId } from "@onsale/core/organization/invitation";
import { OrganizationDraft } from "@onsale/core/organization/organization";
import { must } from "@onsale/core/shared/assert";
import { AccountId, OrganizationId, VenueId } from "@onsale/core/shared/ids";
import { beforeAll, expect, test } from "vitest";
import { describeApp, gridLayout } from "./testing/test-app.ts";

/** Of everybody or of nobody, of a fan, or of the terminal and the worker, which work for the whole installation. */
const NOT_A_MEMBERS: Record<string, readonly string[]> = {
  organizerEvents: [],
  events: ["require", "rebuild", "endOver", "tellCancelled"],
  // Named by the venue alone; another organization's is out of reach of the portal's stores.
  venues: ["setAddress"],
  layouts: ["documentByHash", "rename", "remove"],
  sales: [],
  access: ["redeem", "mine"],
  lines: ["requireDrawn", "drawFile"],
  eventImports: [],
  organizations: ["require", "list", "create", "membershipsOf", "sendInvitation", "look", "accept"],
};

describeApp("a member who is given another organization's things", (app) => {
  let verbs: Record<string, () => Promise<unknown>>;

  beforeAll(async () => {
    const { services, priceLists } = app().container;
    const own = app().organization;
    const eventId = await app().openEvent();
    const event = await services.events.require(eventId);
    const list = must(await priceLists.find(eventId, event.priceVersion), "it is on sale");
    const draft = EventDraft.parse(draftOf(event));
    const settings = LineSettings.parse({ windowKey: "public", lobbyOpensAtMs: 1, drawsAtMs: 2 });
    const { id: lineId } = await services.lines.create(TESTER, { eventId, settings });
    const layoutId = must(event.layoutId, "it is on sale");
    const saved = { organizationId: own, venueId: null };
    const emails = { windowKey: "fans", emails: ["a@fans.example"] };
    const batch = { windowKey: "fans", count: 1, usesEach: 1, label: "x", expiresAtMs: null };
    const { id: _id, version, createdAtMs: _at, ...kept } = await services.organizations.require(own);
    const organization = OrganizationDraft.parse(kept);
    const account = (await app().member("finance")).id;
    const anybody = AccountId.parse(randomUUID());
    const stranger = memberOf(OrganizationId.parse(randomUUID()));
    const page = { after: null, limit: 10 };
    const { organizerEvents, events, venues, layouts, sales, access, lines, organizations } = services;
    verbs = {
      "organizerEvents.list": () => organizerEvents.list(stranger, own, { ...page, query: "" }),
      "organizerEvents.get": () => organizerEvents.get(stranger, eventId),
      "events.create": () => events.create(stranger, own, { ...draft, slug: "strange" }),
      "events.update": () => events.update(stranger, eventId, { version: event.detailsVersion, draft }),
      "events.publishPrices": () =>
        events.publishPrices(stranger, eventId, { version: event.priceVersion, list }),
      "events.move": () => events.move(stranger, { idOrSlug: eventId, to: "paused" }),
      "events.setBlocked": () =>
        events.setBlocked(stranger, { eventId, seatNos: [0], blocked: true, reason: "x" }),
      "venues.list": () => venues.list(stranger, own),
      "venues.create": () =>
        venues.create(stranger, own, { name: "H", city: "B", country: "CH", timeZone: "UTC", address: "" }),
      "layouts.list": () => layouts.list(stranger, { ...page, organization: own }),
      "layouts.list of all": () => layouts.list(stranger, page),
      "layouts.require": () => layouts.require(stranger, layoutId),
      "layouts.save": () => layouts.save(stranger, gridLayout({ rows: 1, seats: 1, standing: 0 }), saved),
      "layouts.savePrepared": () =>
        layouts.savePrepared(
          stranger,
          { name: "x", hash: "a".repeat(64), text: "{}", seatCount: 0, gaCapacity: 0 },
          saved,
        ),
      "sales.of": () => sales.of(stranger, eventId),
      "access.createCodes": () => access.createCodes(stranger, eventId, batch),
      "access.revoke": () => access.revoke(stranger, eventId, { batchId: randomUUID() }),
      "access.addEmails": () => access.addEmails(stranger, eventId, emails),
      "access.removeEmails": () => access.removeEmails(stranger, eventId, emails),
      "access.overview": () => access.overview(stranger, eventId),
      "lines.create": () => lines.create(stranger, { eventId, settings }),
      "lines.configure": () => lines.configure(stranger, { lineId, version: 1, settings }),
      "lines.pullLevers": () => lines.pullLevers(stranger, { lineId, version: 1, levers: { cap: 5 } }),
      "lines.move": () => lines.move(stranger, { lineId, version: 1, to: "lobby" }),
      "lines.setPublicValue": () => lines.setPublicValue(stranger, { lineId, publicValue: "1" }),
      "lines.remove": () => lines.remove(stranger, lineId),
      "lines.linesOf": () => lines.linesOf(stranger, eventId),
      "lines.live": () => lines.live(stranger, lineId),
      "lines.waves": () => lines.waves(stranger, { lineId, limit: 1 }),
      "eventImports.run": () =>
        services.eventImports.run(stranger, { events: [], currency: "EUR", organization: own }),
      "organizations.save": () => organizations.save(stranger, own, { version, draft: organization }),
      "organizations.members": () => organizations.members(stranger, own),
      "organizations.setRole": () => organizations.setRole(stranger, own, { account, role: "scanner" }),
      "organizations.remove": () => organizations.remove(stranger, own, account),
      "organizations.leave": () =>
        organizations.leave({ ...stranger, account: { ...stranger.account, id: account } }, own),
      "organizations.invite": () =>
        organizations.invite(stranger, own, { email: "x@fans.example", role: "scanner" }),
      "organizations.invitations": () => organizations.invitations(stranger, own),
      "organizations.revoke": () => organizations.revoke(stranger, own, InvitationId.parse(anybody)),
      "waitlist.list": () => services.waitlist.list(stranger, eventId),
    };
  });

  test("is told by every verb that there is no such thing, and changes nothing", async () => {
    const rows = () => app().owner`
      select (select count(*) from audit) as audit, (select jsonb_agg(to_jsonb(e)) from event e) as events,
        (select jsonb_agg(to_jsonb(l)) from line l) as lines, (select count(*) from layout) as layouts,
        (select jsonb_agg(to_jsonb(m)) from organization_member m) as members`;
    const before = await rows();
    const answers: Record<string, string> = {};
    for (const [name, ask] of Object.entries(verbs))
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      answers[name] = await ask().then(
        () => "done",
        (error: { code?: string; message: string }) => error.code ?? error.message,
      );
    const letIn = Object.entries(answers).filter(([, answer]) => !/^[a-z]+\.not_found$/.test(answer));
    expect(letIn).toEqual([]);
    expect(await rows()).toEqual(before);
  });

  test("stands before every verb of a service that is not everybody's or the installation's", () => {
    const services: Record<string, object> = { ...app().container.services };
    for (const [service, others] of Object.entries(NOT_A_MEMBERS)) {
      const asked = Object.keys(verbs).flatMap((name) =>
        name.startsWith(`${service}.`) ? (/\.(\w+)/.exec(name)?.[1] ?? []) : [],
      );
      expect([service, [...new Set(asked), ...others].toSorted()]).toEqual([
        service,
        Object.keys(must(services[service], service)).toSorted(),
      ]);
    }
  });

  test("who chooses the address of another's draft hears what one hears of the address of any event", async () => {
    const { services } = app().container;
    const like = await services.events.require(await app().openEvent());
    const draft = EventDraft.parse({ ...draftOf(like), layoutId: null });
    const { id } = await services.organizations.create(
      TESTER,
      OrganizationDraft.parse({
        slug: `o-${randomUUID()}`,
        name: "Elsewhere",
        currency: "EUR",
        timeZone: "UTC",
        contactEmail: "t@fans.example",
      }),
      null,
    );
    const hall = { name: "Hall", city: "Basel", country: "CH", timeZone: "UTC", address: "" };
    const venue = await services.venues.create(TESTER, id, hall);
    await services.events.create(TESTER, id, { ...draft, slug: "theirs", venueId: VenueId.parse(venue.id) });
    const said = (slug: string) =>
      services.events
        .create(memberOf(app().organization), app().organization, { ...draft, slug })
        .catch((error: { code?: string; details?: unknown }) => ({
          code: error.code,
          details: error.details,
        }));
    expect(await said("theirs")).toEqual({ code: "event.slug_taken", details: {} });
    expect(await said(like.slug)).toEqual(await said("theirs"));
  });
});
