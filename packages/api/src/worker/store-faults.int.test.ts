import { HoldId, type OrderId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeApp, key, seatItems } from "../testing/test-app.ts";

const FANS = 30;

/** A worker runs here as it does in production, and what it works with is taken from under it. */
describeApp("a sale whose stores fail in the middle", (app) => {
  async function press(eventId: Awaited<ReturnType<ReturnType<typeof app>["openEvent"]>>, seatNo: number) {
    const caller = app().as(await app().account());
    const held = await caller.hold.create({
      eventId,
      operationId: key(),
      items: seatItems(seatNo, seatNo + 1),
    });
    const input = {
      eventId,
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_ok",
    };
    return { caller, input };
  }
  const findings = async (eventId: Parameters<typeof press>[0]) =>
    (await app().container.invariants.checkInvariants(eventId)).filter(({ violations }) => violations > 0);

  test("every backend of Postgres killed again and again: each order ends paid, once, with its tickets", async () => {
    app().work();
    const eventId = await app().openEvent({ rows: 6, seats: 2 * FANS });
    const fans: Awaited<ReturnType<typeof press>>[] = [];
    for (let n = 0; n < FANS; n++)
      fans.push(await press(eventId, Math.floor(n / 15) * 2 * FANS + 4 * (n % 15)));
    const paid = new Set<OrderId>();
    // As a page does: the same key again, until the order is known, and then the order.
    const buy = async ({ caller, input }: (typeof fans)[number]) => {
      await expect
        .poll(
          async () => {
            const answer = await caller.checkout.start(input).catch(() => null);
            if (answer?.state === "paid") paid.add(answer.orderId);
            return answer?.state;
          },
          { timeout: 60_000, interval: 300 },
        )
        .toBe("paid");
    };
    let isOver = false;
    const killer = (async () => {
      let killed = 0;
      for (let n = 0; n < 12 && !isOver; n++) {
        const gone = await app().owner`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and application_name like 'onsale-%'`;
        killed += gone.length;
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
      return killed;
    })();
    await Promise.all(fans.map(buy));
    isOver = true;
    expect(await killer).toBeGreaterThan(0);
    expect(paid.size).toBe(FANS);
    const [books] = await app().owner`
      select (select count(*)::int from ticket where event_id = ${eventId}) as tickets,
        (select count(*)::int from ledger_entry where event_id = ${eventId}) as entries,
        (select count(*)::int from payment p join orders o on o.id = p.order_id where o.event_id = ${eventId}) as payments`;
    expect({ ...books }).toEqual({ tickets: 2 * FANS, entries: FANS, payments: FANS });
    expect(await findings(eventId)).toEqual([]);
  }, 90_000);
});
