import { randomBytes, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import postgres from "postgres";
import { anyFreePort } from "../../scripts/services/free-port.ts";
import { headersOf } from "../fans.ts";
import { fanCookie } from "../reference-shop/fan-cookie.ts";
import type { Buyer } from "./crowd.ts";
import { type Shop, type ShopPlan, startProgram, untilHealthy } from "./shop.ts";

const FOLDER = path.join(import.meta.dirname, "..", "reference-shop");

/** The shop that ours is compared with; it has no queue, no limits and sends no mail. */
export async function openReference(plan: ShopPlan): Promise<Shop> {
  const port = await anyFreePort();
  const url = `http://127.0.0.1:${port}`;
  const eventId = randomUUID();
  const key = randomBytes(32).toString("base64url");
  const sql = postgres(plan.databaseUrl, { max: 1, onnotice: () => undefined });
  await sql.unsafe(await readFile(path.join(FOLDER, "schema.sql"), "utf8"));
  await sql`
    INSERT INTO seat (event_id, seat_no, price_minor)
    SELECT ${eventId}, n, 5000 FROM generate_series(0, ${plan.seats} - 1) n`;
  await sql`VACUUM ANALYZE`;
  const buyers = Array.from({ length: plan.buyers }, (_, n): Buyer => {
    const cookie = fanCookie(randomUUID(), key);
    return { headers: headersOf(n, cookie), seats: [2 * n, 2 * n + 1] };
  });
  const app = startProgram({
    args: [path.join(FOLDER, "server.ts")],
    env: {
      ...plan.env,
      DATABASE_URL: plan.databaseUrl,
      PORT: String(port),
      SHOP_KEY: key,
      EVENT_ID: eventId,
    },
    nodeArgs: plan.nodeArgs?.("app") ?? [],
  });
  const stop = async () => {
    await app.stop();
    await sql.end();
  };
  try {
    await untilHealthy(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    dialect: "reference",
    url,
    eventId,
    buyers,
    pids: { app: [app.pid] },
    queue: null,
    openWork: () => Promise.resolve({ mailMs: 0, captureMs: 0 }),
    counting: null,
    check: (purchases) => faultsOf(sql, purchases),
    stop,
  };
}

async function faultsOf(sql: postgres.Sql, purchases: number): Promise<string[]> {
  const [is] = await sql<Record<string, number>[]>`
    SELECT
      (SELECT count(*)::int FROM orders WHERE state = 'paid') AS "orders paid",
      (SELECT count(*)::int FROM payment JOIN orders o ON o.id = order_id WHERE amount_minor = total_minor) AS "payments",
      (SELECT count(*)::int FROM (SELECT FROM ledger GROUP BY order_id HAVING sum(amount_minor) = 0) l) AS "orders in the ledger",
      (SELECT count(*)::int / 2 FROM ticket) AS "pairs of tickets",
      (SELECT count(*)::int / 2 FROM seat WHERE state = 'sold') AS "pairs of seats sold"`;
  return Object.entries(is ?? {}).flatMap(([what, count]) =>
    count === purchases ? [] : [`reference: ${what}: ${count} after ${purchases} purchases`],
  );
}
