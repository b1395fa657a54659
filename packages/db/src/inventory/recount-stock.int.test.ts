import { system } from "@onsale/core/actor/actor";
import type { EventId } from "@onsale/core/shared/ids";
import { beforeEach, expect, it } from "vitest";
import { makePgOrderStore } from "../order/pg-order-store.ts";
import { makePgInvariantStore } from "../reconcile/pg-invariant-store.ts";
import { openPresale } from "../testing/presale-fixture.ts";
import { buy, newAccountId, openSale, orderDraft } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgInventoryFactsStore } from "./pg-inventory-facts-store.ts";

const COUNTED = new Set(["I2", "I10", "I18"]);

describeWithDatabase("counters counted anew", (database) => {
  const accountId = newAccountId();
  let eventId: EventId;
  beforeEach(async () => {
    eventId = await openSale(database(), { seats: 40, standing: 100 });
    await openPresale(database(), eventId);
    const orders = makePgOrderStore(database());
    await buy(orders, orderDraft(eventId, { seats: [0, 1], places: 1 }, { accountId }));
    await orders.commitOrders([orderDraft(eventId, { places: 3 })]);
    await orders.commitOrders([orderDraft(eventId, { seats: [5, 6] }, { windowKey: "fans" })]);
  });
  const recount = () => makePgInventoryFactsStore(database()).recount(system("ticketctl"), eventId);
  const broken = async () => {
    const checks = await makePgInvariantStore(database()).checkInvariants(eventId);
    return checks.filter(({ id, violations }) => COUNTED.has(id) && violations > 0).map(({ id }) => id);
  };
  const wrong = (statement: string) =>
    database().sql.begin(async (tx) => {
      await tx`select guard_tx()`;
      await tx.unsafe(statement, [eventId]);
    });
  const audit = () =>
    database().sql`
      select detail from audit where chain = ${eventId} and action = 'stock.recounted' and actor = 'system:ticketctl'`;

  it.each([
    ["I10", `update fan_quota set taken = 0 where event_id = $1 and taken = 3`, { counter: "fan", after: 3 }],
    ["I10", `update fan_quota set taken = taken + 1 where event_id = $1`, { counter: "fan" }],
    ["I10", `delete from fan_quota where event_id = $1`, { counter: "fan", before: 0 }],
    ["I2", `update ga_pool set sold = 7 where event_id = $1`, { counter: "area_sold", before: 7, after: 1 }],
    ["I2", `update ga_pool set claimed = 0 where event_id = $1`, { counter: "area_claimed", after: 3 }],
    ["I18", `update window_allotment set taken = 9 where event_id = $1`, { counter: "presale", after: 2 }],
    ["I18", `delete from window_allotment where event_id = $1`, { counter: "presale", before: 0, after: 2 }],
  ])("%s: %s", async (id, statement, found) => {
    await wrong(statement);
    expect(await broken()).toEqual([id]);
    const changed = await recount();
    expect(changed).toContainEqual(expect.objectContaining(found));
    expect(await broken()).toEqual([]);
    expect((await audit()).map(({ detail }) => detail)).toEqual([{ changed }]);
  });

  it("changes and writes nothing where every counter is right", async () => {
    expect(await recount()).toEqual([]);
    expect(await audit()).toEqual([]);
  });

  it("leaves a count beyond its bound to a person", async () => {
    await wrong(`update fan_quota set taken = 1, max_per_fan = 1 where event_id = $1 and taken = 3`);
    expect(await recount()).toEqual([]);
    expect(await broken()).toEqual(["I10"]);
  });

  it("a presale's counter that was lost keeps the presale's allotment", async () => {
    await wrong(`delete from window_allotment where event_id = $1`);
    await recount();
    expect(await database().sql`select allotment from window_allotment where event_id = ${eventId}`).toEqual([
      { allotment: 20 },
    ]);
  });

  it("loses no order that is made, paid or ended meanwhile", async () => {
    const orders = makePgOrderStore(database());
    await wrong(`update ga_pool set claimed = 40, sold = 30 where event_id = $1`);
    const fan = newAccountId();
    const lives = Array.from({ length: 24 }, async (_, i) => {
      const draft = orderDraft(
        eventId,
        { places: 1 },
        i % 3 === 0 ? { windowKey: "fans" } : { accountId: fan, maxPerFan: 100 },
      );
      if (i % 2 === 0) return buy(orders, draft);
      await orders.commitOrders([draft]);
      await orders.endOrders({ orderIds: [draft.orderId], to: "cancelled", reason: "given_up" });
    });
    const wrongs = Array.from({ length: 12 }, async () => {
      await wrong(`update fan_quota set taken = 0 where event_id = $1 and account_id = '${fan}'`);
      await wrong(`update ga_pool set claimed = claimed + 1 where event_id = $1`);
      await recount();
    });
    // A counter that is wrong may refuse an order; a recount is never refused.
    await Promise.all([Promise.allSettled(lives), ...wrongs]);
    await recount();
    expect(await broken()).toEqual([]);
  });
});
