import { TESTER } from "@onsale/core/actor/testing/staff";
import type { Account } from "@onsale/core/actor/account";
import { draftOf, EventDraft } from "@onsale/core/event/event";
import { OrganizationDraft } from "@onsale/core/organization/organization";
import { EventId, type OrganizationId } from "@onsale/core/shared/ids";
import { beforeAll, expect, test } from "vitest";
import { describeApp } from "./testing/test-app.ts";

const settings = (slug: string) => ({
  slug,
  name: "Elsewhere",
  currency: "EUR",
  timeZone: "UTC",
  contactEmail: "tickets@elsewhere.example",
});

describeApp("a slug that is the id of another's thing", (app) => {
  let victim: EventId;
  /** Another organization with an owner and a draft of its own. */
  let elsewhere: { readonly id: OrganizationId; readonly owner: Account; readonly event: EventId };
  beforeAll(async () => {
    victim = await app().openEvent();
    const { services } = app().container;
    const { id } = await services.organizations.create(
      TESTER,
      OrganizationDraft.parse(settings("elsewhere")),
      null,
    );
    const hall = { name: "Hall", city: "Basel", country: "CH", timeZone: "Europe/Zurich", address: "" };
    const venue = await services.venues.create(TESTER, id, hall);
    const { layoutId: _theirs, ...like } = draftOf(await services.events.require(victim));
    const draft = EventDraft.parse({ ...like, slug: "mine", venueId: venue.id, layoutId: null });
    const event = EventId.parse((await services.events.create(TESTER, id, draft)).id);
    elsewhere = { id, owner: await app().member("owner", id), event };
  });

  test("is refused for events and for organizations", async () => {
    const caller = app().as(elsewhere.owner);
    const event = await app().container.services.events.require(elsewhere.event);
    const [version, draft] = [event.detailsVersion, { ...draftOf(event), slug: victim }];
    await expect(
      caller.admin.events.update({ eventId: elsewhere.event, version, draft }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(
      caller.organization.update({
        organizationId: elsewhere.id,
        version: 1,
        draft: { ...settings(app().organization), legalName: "", address: "" },
      }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("stands in nobody's place, and opens nothing, where a database has it already", async () => {
    const { services, catalog, organizations } = app().container;
    await app().owner`update event set slug = ${victim} where id = ${elsewhere.event}`;
    await app().owner`update organization set slug = ${app().organization} where id = ${elsewhere.id}`;
    for (const id of [victim, elsewhere.event]) {
      // oxlint-disable-next-line no-await-in-loop -- one question after the other
      expect((await services.events.require(id)).id).toBe(id);
      catalog.forget({ id, slug: id });
      // oxlint-disable-next-line no-await-in-loop -- one question after the other
      expect((await catalog.event(id))?.id).toBe(id);
    }
    for (const id of [app().organization, elsewhere.id]) {
      // oxlint-disable-next-line no-await-in-loop -- one question after the other
      expect((await organizations.find(id))?.id).toBe(id);
    }
    expect(await organizations.ownerOf({ idOrSlug: victim })).toBe(app().organization);
    await expect(app().as(elsewhere.owner).admin.events.get({ idOrSlug: victim })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
