import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import type { Bank } from "./bank.ts";

export type SaleDeps = { readonly sql: postgres.Sql; readonly bank: Bank; readonly eventId: string };
export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

const CURRENCY = "EUR";
const gone: Answer = { status: 409, body: { error: "gone" } };

/** BEGIN, lock, take, COMMIT. In the order of their numbers, so that two fans never wait for each other. */
export function hold({ sql, eventId }: SaleDeps, fanId: string, seats: readonly number[]): Promise<Answer> {
  const seatNos = [...seats].sort((a, b) => a - b);
  return sql.begin(async (tx): Promise<Answer> => {
    const rows = await tx<{ is_free: boolean }[]>`
      SELECT state = 'free' OR (state = 'held' AND held_until < now()) AS is_free FROM seat
      WHERE event_id = ${eventId} AND seat_no = ANY (${seatNos}::int[]) ORDER BY seat_no FOR UPDATE`;
    if (rows.length !== seatNos.length || rows.some((row) => !row.is_free)) return gone;
    const holdId = randomUUID();
    await tx`
      UPDATE seat SET state = 'held', hold_id = ${holdId}, fan_id = ${fanId}, held_until = now() + interval '5 minutes'
      WHERE event_id = ${eventId} AND seat_no = ANY (${seatNos}::int[])`;
    return { status: 200, body: { holdId } };
  });
}

export type Checkout = { readonly holdId: string; readonly key: string; readonly method: string };

/** Charged, then written in one transaction; what cannot be written is given back. */
export async function checkout(deps: SaleDeps, fanId: string, asked: Checkout): Promise<Answer> {
  const { sql, bank } = deps;
  const [held] = await sql<{ seats: number; total: string | null }[]>`
    SELECT count(*)::int AS seats, sum(price_minor) AS total FROM seat
    WHERE hold_id = ${asked.holdId} AND fan_id = ${fanId} AND state = 'held' AND held_until > now()`;
  if (!held || held.total === null) return gone;
  const orderId = randomUUID();
  const total = Number(held.total);
  const providerRef = await bank.charge({
    orderId,
    amountMinor: total,
    currency: CURRENCY,
    method: asked.method,
  });
  if (providerRef === null) return { status: 402, body: { error: "declined" } };
  try {
    await write(deps, { ...asked, fanId, orderId, providerRef, total, seats: held.seats });
  } catch (error) {
    await bank.refund(providerRef, total);
    throw error;
  }
  return { status: 200, body: { orderId, state: "paid" } };
}

type Charged = Checkout & {
  readonly fanId: string;
  readonly orderId: string;
  readonly providerRef: string;
  readonly total: number;
  readonly seats: number;
};

/** BEGIN, seats, then order, payment, ledger and tickets on their way at once, COMMIT. */
async function write({ sql, eventId }: SaleDeps, charged: Charged): Promise<void> {
  const { holdId, key, fanId, orderId, providerRef, total, seats } = charged;
  await sql.begin(async (tx) => {
    const sold = await tx<{ seat_no: number }[]>`
      UPDATE seat SET state = 'sold', held_until = NULL WHERE hold_id = ${holdId} AND state = 'held' RETURNING seat_no`;
    if (sold.length !== seats) throw new Error("a seat was lost");
    await Promise.all([
      tx`INSERT INTO orders (id, event_id, fan_id, key, state, currency, total_minor)
        VALUES (${orderId}, ${eventId}, ${fanId}, ${key}, 'paid', ${CURRENCY}, ${total})`,
      tx`INSERT INTO payment (provider_ref, order_id, state, amount_minor)
        VALUES (${providerRef}, ${orderId}, 'captured', ${total})`,
      tx`INSERT INTO ledger (order_id, line, account, amount_minor)
        VALUES (${orderId}, 1, 'provider', ${total}), (${orderId}, 2, 'face', ${-total})`,
      tx`INSERT INTO ticket (order_id, event_id, seat_no, fan_id)
        SELECT ${orderId}, ${eventId}, unnest(${sold.map((row) => row.seat_no)}::int[]), ${fanId}`,
    ]);
  });
}
