import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { makePgOrderStore } from "../order/pg-order-store.ts";
import { buy, openSale, orderDraft } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgDrillStore } from "./pg-drill-store.ts";

describeWithDatabase("what a drill asks afterwards", (database) => {
  it("a ticket that was shown and is not there is missing, however many others are", async () => {
    const drills = makePgDrillStore(database());
    const orders = makePgOrderStore(database());
    const [eventId, other] = [await openSale(database()), await openSale(database())];
    for (const seatNo of [0, 1, 2]) await buy(orders, orderDraft(eventId, { seats: [seatNo] }));
    await buy(orders, orderDraft(other, { seats: [0] }));
    const idsOf = async (event: string) =>
      (await database().sql<{ id: string }[]>`select id from ticket where event_id = ${event}`).map(
        ({ id }) => id,
      );
    const [mine, theirs] = [await idsOf(eventId), await idsOf(other)];
    expect(mine).toHaveLength(3);
    expect(await drills.missingTickets(eventId, mine)).toBe(0);
    expect(await drills.missingTickets(eventId, [...mine.slice(0, 1), randomUUID()])).toBe(1);
    expect(await drills.missingTickets(eventId, theirs)).toBe(1);
    expect(await drills.missingTickets(eventId, [])).toBe(0);
  });
});
