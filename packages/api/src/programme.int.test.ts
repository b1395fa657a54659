import { randomUUID } from "node:crypto";
import { everyPage, PAGE_MAX } from "@onsale/core/shared/page";
import { expect, test } from "vitest";
import { describeApp } from "./testing/test-app.ts";

const MANY = 800;

describeApp("lists of an installation with 800 events", (app) => {
  /** Published as an import would leave them: priced, and of one venue. */
  async function fill(word: string): Promise<void> {
    const eventId = await app().openEvent();
    const { sql } = app().container.database;
    await sql`
      insert into event (organization_id, slug, title, venue_id, layout_id, time_zone, currency, starts_at, hold_ttl_ms, max_per_fan,
        state, price_version, published_at)
      select organization_id, 'many-' || gen_random_uuid(), ${`Zürcher Abend ${word}`}, venue_id, layout_id, time_zone, currency,
        starts_at + n * interval '1 hour', hold_ttl_ms, max_per_fan, 'published', 0, now()
      from event, generate_series(1, ${MANY}) n where id = ${eventId}`;
  }

  test("a fan finds each of them once, page after page, and the count is true from the first page on", async () => {
    const word = randomUUID().slice(0, 8);
    const anyone = app().as(null);
    // Made after the first list was read: what is published appears without a new start.
    await anyone.event.list({});
    await fill(word);
    const query = `zurcher  ${word}`;
    await expect.poll(async () => (await anyone.event.list({ query })).total, { timeout: 5_000 }).toBe(MANY);
    const totals = new Set<number>();
    const all = await everyPage(async (after) => {
      const { events, total, next } = await anyone.event.list({ query, after, limit: 150 });
      totals.add(total);
      return { items: events, total, next };
    });
    expect([...totals]).toEqual([MANY]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(MANY);
    expect(all.map(({ startsAtMs }) => startsAtMs)).toEqual(
      all.map(({ startsAtMs }) => startsAtMs).toSorted((a, b) => a - b),
    );
  });

  test("what is on sale is on the portal's overview, however many events were made after it", async () => {
    const eventId = await app().openEvent();
    await fill(randomUUID());
    const staff = app().as(await app().member());
    const selling = await staff.admin.events.list({
      organizationId: app().organization,
      states: ["on_sale", "paused", "sold_out"],
      limit: PAGE_MAX,
    });
    expect(selling.items.map(({ id }) => id)).toContain(eventId);
    expect(selling.counts.on_sale).toBe(selling.total);
    expect((await staff.admin.events.list({ organizationId: app().organization })).total).toBeGreaterThan(
      MANY,
    );
  });

  test("the portal finds an event by the storefront's rules, in whatever state it is", async () => {
    const word = randomUUID().slice(0, 8);
    await fill(word);
    const staff = app().as(await app().member());
    const { items, total, next } = await staff.admin.events.list({
      organizationId: app().organization,
      query: `${word}  ZURCHER`,
      limit: 10,
    });
    expect([items.length, total, next === null]).toEqual([10, MANY, false]);
    expect(
      (
        await staff.admin.events.list({
          organizationId: app().organization,
          query: `${word} zurcher`,
          states: ["draft"],
        })
      ).total,
    ).toBe(0);
  });
});
