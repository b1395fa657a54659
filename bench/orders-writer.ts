/**
 * Orders per second through the batched writer against one transaction per order, in one run on one server.
 *
 *   node bench/orders-writer.ts --url postgres://... [--orders 10000] [--batch 100] [--writers 1] [--plain-clients 8] [--tiny] [--json]
 *
 * Makes a database on the server and drops it again. Every order has two seats. Both sides write the same orders, claims
 * and quotas, the batch an audit entry besides; the plain side is what a careful application does: BEGIN, order, claims,
 * quota, COMMIT, each statement sent by itself, with several clients at once.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { OrderDraft } from "@onsale/core/order/order-draft";
import { makeDatabase } from "@onsale/db/client";
import { migrate } from "@onsale/db/migrate";
import { draftRows } from "@onsale/db/order/draft-row";
import { makePgOrderStore } from "@onsale/db/order/pg-order-store";
import postgres from "postgres";

const { values: options } = parseArgs({
  options: {
    url: { type: "string" },
    orders: { type: "string", default: "10000" },
    batch: { type: "string", default: "100" },
    writers: { type: "string", default: "1" },
    "plain-clients": { type: "string", default: "8" },
    tiny: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const orderCount = options.tiny ? 200 : Number(options.orders);
const batchSize = Number(options.batch);
const writers = Number(options.writers);
const plainClients = Number(options["plain-clients"]);

if (options.url === undefined) throw new Error("--url: a Postgres server on which a database may be made");
const serverUrl: string = options.url;

function draft(eventId: string, n: number): OrderDraft {
  const hash = "0".repeat(64);
  return OrderDraft.parse({
    orderId: randomUUID(),
    eventId,
    accountId: randomUUID(),
    holdId: randomUUID(),
    idempotencyKey: randomUUID(),
    requestHash: hash,
    ticketItems: { seats: [2 * n, 2 * n + 1].map((seatNo) => ({ seatNo, ticketType: "adult" })), areas: [] },
    items: [0, 1].map((index) => ({
      index,
      seatNo: 2 * n + index,
      areaNo: null,
      place: { section: "104", row: "12", seat: String(index + 1) },
      ticketType: "adult",
      category: "A",
      faceMinor: 5_000,
    })),
    priceVersion: 1,
    quoteHash: hash,
    currency: "EUR",
    faceMinor: 10_000,
    feeMinor: 500,
    taxAddedMinor: 0,
    totalMinor: 10_500,
    email: "fan@example.com",
    maxPerFan: 6,
    payWithinMs: 600_000,
    provider: "bench",
    method: "card",
    askedAtMs: 0,
    replyTo: { channel: "bench", name: "bench" },
  });
}

async function inDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const name = `onsale_bench_${randomBytes(4).toString("hex")}`;
  const admin = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  await admin`create database ${admin(name)}`;
  try {
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    await migrate(url.href);
    return await work(url.href);
  } finally {
    await admin`drop database ${admin(name)} with (force)`;
    await admin.end();
  }
}

async function openEvent(sql: postgres.Sql): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    with o as (insert into organization (slug, name, currency, time_zone, contact_email)
        values ('bench-' || gen_random_uuid(), 'Bench', 'EUR', 'Europe/Zurich', 'bench@onsale.example') returning id),
      v as (insert into venue (organization_id, name, city, country, time_zone)
        select id, 'Bench ' || gen_random_uuid(), 'Basel', 'CH', 'Europe/Zurich' from o returning id),
      l as (insert into layout (organization_id, name, hash, seat_count, ga_capacity, document)
        select id, 'Bench', gen_random_uuid()::text, ${2 * orderCount}, 0, '{}' from o returning id)
    insert into event (organization_id, slug, title, venue_id, layout_id, time_zone, currency, starts_at, hold_ttl_ms,
      max_per_fan, price_version, state)
    select o.id, 'bench-' || gen_random_uuid(), 'Bench', v.id, l.id, 'Europe/Zurich', 'EUR', now(), 300000, 6, 1, 'on_sale'
    from o, v, l returning id`;
  return row?.id ?? "";
}

/** Hands the pieces to `workers` loops that go on until none is left; returns pieces of work per second. */
async function perSecond<T>(
  pieces: readonly T[],
  workers: number,
  work: (piece: T) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let piece = pieces[next++]; piece !== undefined; piece = pieces[next++]) await work(piece);
    }),
  );
  return pieces.length / ((performance.now() - startedAt) / 1_000);
}

async function batched(url: string): Promise<number> {
  const database = makeDatabase(url, { poolMax: writers });
  const orders = makePgOrderStore(database);
  // Warm: connections, plans and code, on an event of their own.
  const warm = await openEvent(database.sql);
  for (let n = 0; n < 10; n++)
    await orders.commitOrders(Array.from({ length: batchSize }, (_, i) => draft(warm, n * batchSize + i)));
  const eventId = await openEvent(database.sql);
  const batches = Array.from({ length: orderCount / batchSize }, (_, b) =>
    Array.from({ length: batchSize }, (__, i) => draft(eventId, b * batchSize + i)),
  );
  let committed = 0;
  const rate = await perSecond(batches, writers, async (batch) => {
    for (const outcome of await orders.commitOrders(batch)) if (outcome.kind === "committed") committed++;
  });
  await database.close();
  if (committed !== orderCount) throw new Error(`${committed} of ${orderCount} committed`);
  return rate * batchSize;
}

/** One transaction of four statements per order: guard, order, claims, quota. It writes no audit entry; the batch does. */
async function plain(url: string): Promise<number> {
  const database = makeDatabase(url, { poolMax: plainClients });
  const { sql } = database;
  const one = (d: OrderDraft) =>
    sql.begin(async (tx) => {
      await tx`select guard_tx()`;
      await tx`
        insert into orders select o.* from jsonb_populate_record(null::orders, ${JSON.stringify(draftRows([{ ord: 0, draft: d }])[0])}::text::jsonb
          || jsonb_build_object('state', 'awaiting_payment', 'created_at', now(), 'pay_by', now() + interval '10 minutes')) o`;
      const claimed = await tx`
        insert into seat_claim (event_id, seat_no, state, order_id, hold_id, expires_at)
        select ${d.eventId}, s, 'claimed', ${d.orderId}, ${d.holdId}, now() + interval '10 minutes'
        from unnest(${d.ticketItems.seats.map((seat) => seat.seatNo)}::int[]) s on conflict do nothing returning seat_no`;
      if (claimed.length !== d.items.length) throw new Error("taken");
      await tx`
        insert into fan_quota as q values (${d.eventId}, ${d.accountId}, ${d.items.length}, ${d.maxPerFan})
        on conflict (event_id, account_id) do update set taken = q.taken + excluded.taken`;
    });
  const warm = await openEvent(sql);
  await perSecond(
    Array.from({ length: 500 }, (_, n) => draft(warm, n)),
    plainClients,
    one,
  );
  const eventId = await openEvent(sql);
  const drafts = Array.from({ length: orderCount }, (_, n) => draft(eventId, n));
  const rate = await perSecond(drafts, plainClients, one);
  await database.close();
  return rate;
}

const result = await inDatabase(async (url) => {
  const plainPerSecond = await plain(url);
  const batchedPerSecond = await batched(url);
  return { plainPerSecond, batchedPerSecond, ratio: batchedPerSecond / plainPerSecond };
});
if (options.json) {
  console.log(JSON.stringify({ orders: orderCount, batch: batchSize, writers, plainClients, ...result }));
} else {
  const row = (name: string, rate: number) =>
    console.log(`${name.padEnd(44)}${Math.round(rate).toString().padStart(8)} orders/s`);
  row(`one transaction per order, ${plainClients} clients`, result.plainPerSecond);
  row(`batches of ${batchSize}, ${writers} writer(s)`, result.batchedPerSecond);
  console.log(`ratio ${result.ratio.toFixed(1)}`);
}
