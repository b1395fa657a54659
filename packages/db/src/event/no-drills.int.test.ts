import { TESTER } from "@onsale/core/actor/testing/staff";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { drillLayout } from "@onsale/core/drill/drill-layout";
import { DRILL_GENRE, DRILL_SLUG_PREFIX, DRILL_VENUE } from "@onsale/core/drill/drill-names";
import { EventDraft } from "@onsale/core/event/event";
import { draftEvent } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgVenueStore } from "../venue/pg-venue-store.ts";
import { makePgLayoutStore } from "../layout/pg-layout-store.ts";
import { makePgEventStore } from "./pg-event-store.ts";

describeWithDatabase("what drills left behind", (database) => {
  const store = () => makePgEventStore(database());
  const venues = () => makePgVenueStore(database());
  const layouts = () => makePgLayoutStore(database());
  const draft = (venueId: string, over: Partial<EventDraft>) =>
    EventDraft.parse({
      slug: `e-${randomUUID()}`,
      title: "A night",
      venueId,
      layoutId: null,
      doorsAtMs: null,
      startsAtMs: Date.UTC(2031, 0, 1),
      endsAtMs: null,
      timeZone: "UTC",
      currency: "EUR",
      ...over,
    });

  it("is not in the lists of those who sell, and its events are when they are asked for", async () => {
    const { layout, venue, organizationId } = await draftEvent(database(), {
      seats: 12,
      standing: 30,
      houseSeats: 2,
    });
    const hall = await venues().create(TESTER, { ...DRILL_VENUE, organizationId });
    const document = drillLayout(60);
    const ofDrill = await layouts().save(TESTER, {
      organizationId,
      venueId: hall.id,
      hash: randomUUID().replaceAll("-", "").repeat(2),
      name: document.name,
      text: JSON.stringify(document),
      seatCount: 60,
      gaCapacity: 0,
    });
    const slug = `${DRILL_SLUG_PREFIX}${randomUUID().slice(0, 8)}`;
    const drill = await store().createEvent(
      TESTER,
      organizationId,
      draft(hall.id, { slug, genre: DRILL_GENRE }),
    );
    // A name alone makes no drill: an evening of power tools is an evening.
    const tools = await store().createEvent(
      TESTER,
      organizationId,
      draft(venue.id, { slug: `${slug}-and-bass`, genre: "Jungle" }),
    );
    const course = await store().createEvent(TESTER, organizationId, draft(venue.id, { genre: DRILL_GENRE }));

    const ids = async (also?: { drills: boolean }) =>
      (await store().listEvents({ after: null, limit: 1_000, ...also })).items.map((event) => event.id);
    expect(await ids()).toEqual(expect.arrayContaining([tools.id, course.id]));
    expect(await ids()).not.toContain(drill.id);
    expect(await ids({ drills: true })).toContain(drill.id);
    // Newest first, so the drill would have taken the only place.
    const late = await store().createEvent(
      TESTER,
      organizationId,
      draft(hall.id, { slug: `${slug}-2`, genre: DRILL_GENRE }),
    );
    const one = { after: null, limit: 1 };
    expect((await store().listEvents(one)).items.map((event) => event.id)).toEqual([course.id]);
    const withDrills = await store().listEvents({ ...one, drills: true });
    expect(withDrills.items.map((event) => event.id)).toEqual([late.id]);

    const shown = (await layouts().list({ after: null, limit: 1_000 })).items.map(({ id }) => id);
    expect(shown).toContain(layout.id);
    expect(shown).not.toContain(ofDrill.id);
    const halls = (await venues().list(organizationId)).map((one) => one.id);
    expect(halls).toContain(venue.id);
    expect(halls).not.toContain(hall.id);
    expect(await venues().find(organizationId, DRILL_VENUE)).toEqual(hall);
    expect((await layouts().find(ofDrill.id))?.id).toBe(ofDrill.id);
  });
});
