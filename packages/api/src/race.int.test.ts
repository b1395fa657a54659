import { HoldId } from "@onsale/core/shared/ids";
import { expect, inject, test } from "vitest";
import { describeApp, key, seatItems } from "./testing/test-app.ts";

/** How often each race is run: a rare interleaving deserves more than one chance, where nobody waits for it. */
const REPETITIONS = inject("isLong") ? 20 : 1;
const times = inject("isLong") ? `, ${REPETITIONS} times` : "";

describeApp("a crowd for a few seats, from hold to ticket", (app) => {
  test("the worker writes orders while the tests run", () => {
    app().work();
    expect(app().container.log.level).toBe("silent");
  });

  /** Everybody wants one of the same seats; whoever holds one pays. Returns the orders that exist afterwards. */
  async function race(
    buyers: number,
    seats: number,
  ): Promise<{ orders: number; tickets: number; told: Record<string, number> }> {
    // A seat per row: no choice leaves a single seat behind, so nobody is refused for that.
    const eventId = await app().openEvent({ rows: seats, seats: 1, standing: 0 });
    const accounts = await app().container.accounts.createMany(
      Array.from({ length: buyers }, () => `${key()}@crowd.example`.toLowerCase()),
    );
    const told: Record<string, number> = {};
    await Promise.all(
      accounts.map(async (account, index) => {
        const caller = app().as(account);
        try {
          const held = await caller.hold.create({
            eventId,
            operationId: key(),
            items: seatItems(index % seats),
          });
          const { state } = await caller.checkout.start({
            eventId,
            holdId: HoldId.parse(held.hold.id),
            quoteHash: held.quote.hash,
            idempotencyKey: key(),
            method: "card_ok",
          });
          told[state] = (told[state] ?? 0) + 1;
        } catch (error) {
          const code = (error as { cause?: { code?: string } }).cause?.code ?? "unexpected";
          told[code] = (told[code] ?? 0) + 1;
        }
      }),
    );
    const { sql } = app().container.database;
    const [orders] = await sql<{ count: number }[]>`
      select count(*)::int as count from orders where event_id = ${eventId} and state = 'paid'`;
    const [tickets] = await sql<{ count: number }[]>`
      select count(*)::int as count from ticket where event_id = ${eventId} and status = 'issued'`;
    return { orders: orders?.count ?? -1, tickets: tickets?.count ?? -1, told };
  }

  test(`1,000 buyers for one seat: one order${times}`, async () => {
    for (let i = 0; i < REPETITIONS; i++) {
      const { orders, tickets, told } = await race(1_000, 1);
      expect({ orders, tickets, paid: told["paid"], unexpected: told["unexpected"] }).toEqual({
        orders: 1,
        tickets: 1,
        paid: 1,
      });
    }
  });

  test(`500 buyers for five seats: five orders${times}`, async () => {
    for (let i = 0; i < REPETITIONS; i++) {
      const { orders, tickets, told } = await race(500, 5);
      expect({ orders, tickets, paid: told["paid"], unexpected: told["unexpected"] }).toEqual({
        orders: 5,
        tickets: 5,
        paid: 5,
      });
    }
  });

  test("afterwards every invariant holds and both stores agree", async () => {
    const { invariants, drift } = await app().container.services.reconcile.run({
      eventId: null,
      fix: false,
    });
    expect(invariants.filter((check) => check.violations > 0)).toEqual([]);
    expect(drift).toEqual([]);
  });
});
