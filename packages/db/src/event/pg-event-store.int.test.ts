import { must } from "@onsale/core/shared/assert";
import { TESTER } from "@onsale/core/actor/testing/staff";
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { EventDraft } from "@onsale/core/event/event";
import { EVENT_SORTS, type EventOrder } from "@onsale/core/event/event-store";
import { everyPage } from "@onsale/core/shared/page";
import { EventId } from "@onsale/core/shared/ids";
import { makePgOrderStore } from "../order/pg-order-store.ts";
import { buy, draftEvent, testOrganization, openSale, orderDraft, PRICES } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgVenueStore } from "../venue/pg-venue-store.ts";
import { makePgLayoutStore } from "../layout/pg-layout-store.ts";
import { makePgPriceListStore } from "../pricing/pg-price-list-store.ts";
import { makePgInventoryFactsStore } from "../inventory/pg-inventory-facts-store.ts";
import { makePgSalesStore } from "../order/pg-sales-store.ts";
import { makePgEventStore } from "./pg-event-store.ts";

describeWithDatabase("events", (database) => {
  const store = () => makePgEventStore(database());
  const venues = () => makePgVenueStore(database());
  const layouts = () => makePgLayoutStore(database());
  const priceLists = () => makePgPriceListStore(database());
  const inventoryFacts = () => makePgInventoryFactsStore(database());
  const sales = () => makePgSalesStore(database());
  const shape = { seats: 12, standing: 30, houseSeats: 2 };

  describe("venues and layouts", () => {
    it("the same venue is met again, whatever its case, by imports at once too", async () => {
      const organizationId = await testOrganization(database());
      const hall = {
        organizationId,
        name: "Stadthalle",
        city: "Wien",
        country: "AT",
        timeZone: "Europe/Vienna",
      };
      const made = await Promise.all(Array.from({ length: 8 }, () => venues().create(TESTER, hall)));
      expect(new Set(made.map((venue) => venue.id)).size).toBe(1);
      expect(await venues().find(organizationId, { name: "STADTHALLE", city: "wien" })).toEqual(made[0]);
      expect(await venues().find(organizationId, { name: "Stadthalle", city: "Graz" })).toBeNull();
      expect(await venues().list(organizationId)).toContainEqual(made[0]);
    });

    it("a layout version is saved once, found by id and hash, and never changes", async () => {
      const { layout, venue } = await draftEvent(database(), shape);
      const { document, ...summary } = layout;
      const text = JSON.stringify(document);
      const again = await layouts().save(TESTER, { ...summary, text, venueId: null });
      expect(again).toEqual(summary);
      expect(again.venueId).toBe(venue.id);
      expect(await layouts().find(layout.id)).toEqual(layout);
      expect(await layouts().findByHash(layout.hash)).toEqual(layout);
      expect(
        (await layouts().list({ after: null, limit: 100 })).items.map((summary) => summary.id),
      ).toContain(layout.id);
      await expect(database().sql`update layout set seat_count = 1 where id = ${layout.id}`).rejects.toThrow(
        "never changes",
      );
    });
  });

  describe("a draft", () => {
    it("comes back as it was written, by id and slug, and can be changed", async () => {
      const { draft, eventId, venue } = await draftEvent(database(), shape);
      const full = EventDraft.parse({
        ...draft,
        doorsAtMs: draft.startsAtMs - 3_600_000,
        saleWindows: [
          {
            kind: "public",
            label: "General sale",
            opensAtMs: 1_900_000_000_000,
            closesAtMs: 1_900_000_000_001,
          },
        ],
      });
      const by = { version: 1 };
      const saved = await store().updateEvent(TESTER, eventId, { ...by, draft: full });
      if (saved.kind !== "saved") throw new Error("nobody else is at it");
      expect(saved.event).toMatchObject({ ...full, state: "draft", priceVersion: 0, detailsVersion: 2 });
      const organizer = { slug: "test-org", name: expect.any(String) };
      expect(await store().findEvent(eventId)).toEqual({ ...saved.event, venue, organizer });
      expect(await store().findEvent(draft.slug)).toEqual({ ...saved.event, venue, organizer });
      expect(await store().updateEvent(TESTER, EventId.parse(randomUUID()), { ...by, draft: full })).toEqual({
        kind: "not_found",
      });
      expect(await store().findEvent("no-such-event")).toBeNull();
    });

    it("is found among hundreds of names of one moment, which are a few statements together", async () => {
      const { draft, eventId } = await draftEvent(database(), shape);
      const strangers = Array.from({ length: 300 }, () => randomUUID());
      const { db } = database();
      let statements = 0;
      const counted = makePgEventStore({
        ...database(),
        db: new Proxy(db, {
          get(target, name) {
            if (name === "select") statements += 1;
            return Reflect.get(target, name);
          },
        }),
      });
      const names = [...strangers, eventId, draft.slug, eventId.toUpperCase(), draft.slug.toUpperCase()];
      const found = await Promise.all(names.map((name) => counted.findEvent(name)));
      expect(found.map((event) => event?.id ?? null)).toEqual([
        ...strangers.map(() => null),
        eventId,
        eventId,
        eventId,
        null,
      ]);
      expect(statements).toBeLessThanOrEqual(3);
    });

    it("with another event's slug, or a venue nobody knows, is refused in words", async () => {
      const { draft, organizationId } = await draftEvent(database(), shape);
      await expect(store().createEvent(TESTER, organizationId, draft)).rejects.toMatchObject({
        code: "event.slug_taken",
      });
      const lost = EventDraft.parse({ ...draft, slug: `s-${randomUUID()}`, venueId: randomUUID() });
      await expect(store().createEvent(TESTER, organizationId, lost)).rejects.toMatchObject({
        code: "venue.not_found",
      });
    });
  });

  describe("moving", () => {
    it("opens pools and blocks house seats when it is published, and only goes where it may", async () => {
      const { eventId, events } = await draftEvent(database(), shape);
      expect(await events.moveEvent(TESTER, { id: eventId, to: "on_sale" })).toEqual({
        kind: "refused",
        from: "draft",
      });
      await priceLists().publish(TESTER, eventId, { version: 0, list: PRICES });
      expect(await events.moveEvent(TESTER, { id: eventId, to: "published" })).toMatchObject({
        kind: "moved",
        event: { state: "published", priceVersion: 1 },
      });
      expect(await inventoryFacts().read(eventId)).toEqual({
        seatCount: 12,
        sold: [],
        claimed: [],
        claimedAreas: [],
        blocked: [10, 11],
        areas: [{ areaNo: 0, capacity: 30, claimed: 0, sold: 0 }],
        bought: [],
      });
      expect(await events.moveEvent(TESTER, { id: EventId.parse(randomUUID()), to: "published" })).toEqual({
        kind: "not_found",
      });
      const moves = await Promise.all(
        Array.from({ length: 5 }, () => events.moveEvent(TESTER, { id: eventId, to: "on_sale" })),
      );
      expect(moves.filter((move) => move.kind === "moved")).toHaveLength(1);
      expect(await events.listLive()).toContain(eventId);
    });

    it("fixes the layout and the currency of an event that left its draft", async () => {
      const { draft, layout } = await draftEvent(database(), shape);
      const eventId = await openSale(database());
      const other = EventDraft.parse({ ...draft, slug: `s-${randomUUID()}`, layoutId: layout.id });
      await expect(store().updateEvent(TESTER, eventId, { version: 1, draft: other })).rejects.toMatchObject({
        code: "event.bad_transition",
      });
    });

    it("leaves an audit entry each time", async () => {
      const eventId = await openSale(database());
      const entries = await database()
        .sql`select action, actor from audit where chain = ${eventId} order by seq`;
      expect([...entries]).toEqual([
        { action: "event.created", actor: "test" },
        { action: "prices.published", actor: "test" },
        { action: "event.moved", actor: "test" },
        { action: "event.moved", actor: "test" },
      ]);
    });
  });

  it("price lists get the next version each, one of those that were made from the same one, and stay as they are", async () => {
    const { eventId } = await draftEvent(database(), shape);
    for (const version of [0, 1, 2]) {
      // oxlint-disable-next-line no-await-in-loop -- each list is made from the one before
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => priceLists().publish(TESTER, eventId, { version, list: PRICES })),
      );
      expect(answers.filter(({ kind }) => kind === "published")).toEqual([
        { kind: "published", version: version + 1 },
      ]);
      expect(answers.filter(({ kind }) => kind === "stale")).toHaveLength(4);
    }
    expect(await priceLists().find(eventId, 3)).toEqual(PRICES);
    expect(await priceLists().find(eventId, 4)).toBeNull();
    const { sql, owner } = database();
    await expect(owner.sql`delete from event_price_list where event_id = ${eventId}`).rejects.toThrow(
      "append-only",
    );
    await expect(sql`delete from event_price_list where event_id = ${eventId}`).rejects.toThrow(
      "permission denied",
    );
  });

  it("the programme is what was published and has not ended, and any change of it is another mark", async () => {
    const { venue, draft, organizationId } = await draftEvent(database(), shape);
    const make = async (over: Partial<EventDraft>, published = true) => {
      const { id } = await store().createEvent(
        TESTER,
        organizationId,
        EventDraft.parse({ ...draft, slug: `s-${randomUUID()}`, endsAtMs: null, ...over }),
      );
      if (published) await store().moveEvent(TESTER, { id: EventId.parse(id), to: "published" });
      return id;
    };
    const startsAtMs = Date.UTC(2031, 0, 1);
    const goesOn = await make({ startsAtMs, endsAtMs: Date.UTC(2031, 0, 3) });
    const over = await make({ startsAtMs });
    const hidden = await make({ startsAtMs: Date.UTC(2031, 0, 9) }, false);
    const marks = async () =>
      new Map(
        (await store().programmeMarks(Date.UTC(2031, 0, 2))).map(({ id, mark }) => [id, mark] as const),
      );
    const before = await marks();
    expect([goesOn, over, hidden].map((id) => before.has(id))).toEqual([true, false, false]);
    expect((await marks()).get(goesOn)).toBe(before.get(goesOn));
    await store().moveEvent(TESTER, { id: EventId.parse(goesOn), to: "cancelled" });
    const moved = (await marks()).get(goesOn);
    expect(moved).not.toBe(before.get(goesOn));
    await database().sql`update venue set name = ${`Other ${randomUUID()}`} where id = ${venue.id}`;
    const renamed = (await marks()).get(goesOn);
    expect(renamed).not.toBe(moved);
    const name = `Other ${randomUUID()}`;
    await database().sql`update organization set name = ${name} where id = ${organizationId}`;
    expect((await marks()).get(goesOn)).not.toBe(renamed);
    expect((await store().findEvent(goesOn))?.organizer.name).toBe(name);
    expect(
      (await store().findMany([EventId.parse(goesOn), EventId.parse(randomUUID())])).map(({ id }) => id),
    ).toEqual([goesOn]);
  });

  it("pages of the events are all of them once, newest first, with the true count and those of each state", async () => {
    const { draft } = await draftEvent(database(), shape);
    const before = await store().listEvents({ after: null, limit: 1 });
    const counts = await store().countEvents(null);
    // One statement, so one moment of creation: the id alone tells them apart.
    await database().sql`
      insert into event (organization_id, slug, title, venue_id, time_zone, currency, starts_at, hold_ttl_ms, max_per_fan)
      select organization_id, 'many-' || gen_random_uuid(), 'Many', ${draft.venueId}, 'UTC', 'EUR', now(), 300000, 6
      from generate_series(1, 800), venue where venue.id = ${draft.venueId}`;
    const read = (limit: number) =>
      everyPage(async (after) => {
        const page = await store().listEvents({ after, limit, states: ["draft"] });
        expect(page.total).toBe((counts.draft ?? 0) + 800);
        return page;
      });
    const all = await read(97);
    expect(new Set(all.map(({ id }) => id)).size).toBe((counts.draft ?? 0) + 800);
    expect(all.map(({ id }) => id)).toEqual((await read(5_000)).map(({ id }) => id));
    expect((await store().listEvents({ after: null, limit: 1 })).total).toBe(before.total + 800);
    expect((await store().countEvents(null)).draft).toBe((counts.draft ?? 0) + 800);
    const [first, second] = all.map(({ id }) => id);
    const some = await store().listEvents({
      after: null,
      limit: 10,
      ids: [must(first, "800 were made"), EventId.parse(randomUUID())],
    });
    expect([some.total, some.items.map(({ id }) => id)]).toEqual([1, [first]]);
    expect(second).not.toBe(first);
    expect((await store().listEvents({ after: "nonsense", limit: 1 })).items).toHaveLength(1);
  });

  it("pages of the events are all of them once in every order, and titles stand as in a dictionary", async () => {
    const { draft } = await draftEvent(database(), shape);
    const titles = ["Zebra", "apple", "Élan", "Apple", "elan", "Ebony", "apple", "zebra", "a~b", "Ömer"];
    const rows = await database().sql<{ id: EventId }[]>`
      insert into event (organization_id, slug, title, venue_id, time_zone, currency, starts_at, hold_ttl_ms, max_per_fan)
      select organization_id, 'sorted-' || gen_random_uuid(), t, ${draft.venueId}, 'UTC', 'EUR',
        now() + length(t) * interval '1 hour', 300000, 6
      from unnest(${titles}::text[]) t, venue where venue.id = ${draft.venueId} returning event.id`;
    const ids = rows.map(({ id }) => id);
    const read = (order: EventOrder) =>
      everyPage((after) => store().listEvents({ after, limit: 3, ids, ...order }));
    const sorted = await read({ sort: "title", dir: "asc" });
    const dictionary = ["a~b", "apple", "apple", "Apple", "Ebony", "elan", "Élan", "Ömer", "zebra", "Zebra"];
    expect(sorted.map(({ title }) => title)).toEqual(dictionary);
    for (const sort of EVENT_SORTS) {
      const up = (await read({ sort, dir: "asc" })).map(({ id }) => id);
      expect(new Set(up)).toEqual(new Set(ids));
      expect((await read({ sort, dir: "desc" })).map(({ id }) => id)).toEqual(up.toReversed());
    }
    const [first] = await read({ sort: "starts", dir: "asc" });
    const { next } = await store().listEvents({ after: null, limit: 3, ids, sort: "title", dir: "asc" });
    const other = await store().listEvents({ after: next, limit: 1, ids, sort: "starts", dir: "asc" });
    expect(other.items.map(({ id }) => id)).toEqual([first?.id]);
    const broken = { after: `title.asc~\0~${ids[0]}`, limit: 1, ids, sort: "title", dir: "asc" } as const;
    expect((await store().listEvents(broken)).items.map(({ title }) => title)).toEqual(["a~b"]);
  });

  it("blocked seats are kept from sale and never taken from a fan", async () => {
    const eventId = await openSale(database(), { seats: 10 });
    const orders = makePgOrderStore(database());
    await orders.commitOrders([orderDraft(eventId, { seats: [1] })]);
    const block = (seatNos: number[], blocked: boolean) =>
      inventoryFacts().setBlocked(TESTER, { eventId, seatNos, blocked, reason: "cameras" });
    await block([1, 2, 3], true);
    expect((await inventoryFacts().read(eventId)).blocked).toEqual([2, 3]);
    expect(await orders.commitOrders([orderDraft(eventId, { seats: [2] })])).toMatchObject([
      { kind: "seats_taken" },
    ]);
    await block([2], false);
    expect(await orders.commitOrders([orderDraft(eventId, { seats: [2] })])).toMatchObject([
      { kind: "committed" },
    ]);
    await expect(block([10], true)).rejects.toThrow("no such seat");
  });

  it("blocking and buying the same seats at once leaves each seat to one of them, 10 times", async () => {
    const eventId = await openSale(database(), { seats: 10 });
    const orders = makePgOrderStore(database());
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, async (_, seat) => {
        const [[outcome]] = await Promise.all([
          orders.commitOrders([orderDraft(eventId, { seats: [seat] })]),
          inventoryFacts().setBlocked(TESTER, { eventId, seatNos: [seat], blocked: true, reason: "cameras" }),
        ]);
        return outcome?.kind;
      }),
    );
    const after = await inventoryFacts().read(eventId);
    expect(after.claimed).toHaveLength(outcomes.filter((kind) => kind === "committed").length);
    expect(after.claimed.length + after.blocked.length).toBe(10);
  });

  it("sales are the sums an organizer expects", async () => {
    const eventId = await openSale(database(), { seats: 12, standing: 30, houseSeats: 2 });
    const orders = makePgOrderStore(database());
    const bought = orderDraft(eventId, { seats: [0, 1], places: 1 });
    await buy(orders, bought);
    await orders.commitOrders([orderDraft(eventId, { seats: [2], places: 2 })]);
    const sums = await sales().read(eventId);
    expect(sums).toMatchObject({
      capacity: 42,
      sold: 3,
      claimed: 3,
      blocked: 2,
      orders: 1,
      grossMinor: bought.totalMinor,
      feeMinor: bought.feeMinor,
      byCategory: [{ category: "all", ticketType: "adult", tickets: 3, faceMinor: bought.faceMinor }],
    });
    expect(sums.byHour).toEqual([{ hourMs: expect.any(Number), tickets: 3, grossMinor: bought.totalMinor }]);
  });
});
