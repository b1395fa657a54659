import path from "node:path";
import { loadConfig } from "@onsale/api/config";
import { composeContainer, type Container } from "@onsale/api/compose/container";
import type { EventId } from "@onsale/core/shared/ids";
import { makeRedisClients, type RedisClients } from "@onsale/redis/client";
import { ordersKey } from "@onsale/redis/shard";
import postgres from "postgres";
import { anyFreePort } from "../../scripts/services/free-port.ts";
import { openBenchEvent, pairsOf } from "../bench-event.ts";
import { makeFans } from "../fans.ts";
import { countedAccounts, forgetCalls, offByGuard, offByLimit } from "./counted.ts";
import type { Buyer } from "./crowd.ts";
import {
  type OpenWork,
  type QueueLook,
  type Shop,
  type ShopPlan,
  startProgram,
  untilHealthy,
} from "./shop.ts";

export const CLI = path.join(import.meta.dirname, "..", "..", "apps", "cli", "src", "main.ts");

/** The product as it is run: the API's server and one worker, each a process, on an event of its own without a line. */
export async function openOnsale({
  env: given,
  databaseUrl,
  seats,
  buyers,
  nodeArgs = () => [],
}: ShopPlan): Promise<Shop> {
  const port = await anyFreePort();
  const url = `http://127.0.0.1:${port}`;
  const prefix = `bench:${port}:`;
  const env: NodeJS.ProcessEnv = {
    ...given,
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    PUBLIC_URL: url,
    KEY_PREFIX: prefix,
    TRUSTED_PROXY_HOPS: "1",
  };
  const { eventId, crowd } = await prepare(env, { seats, buyers });
  const worker = startProgram({ args: [CLI, "worker"], env, nodeArgs: nodeArgs("worker") });
  const app = startProgram({ args: [CLI, "serve-api"], env, nodeArgs: nodeArgs("app") });
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const redis = makeRedisClients(given["REDIS_URL"] ?? "", { commandTimeoutMs: 10_000, name: "bench" });
  const stop = async () => {
    // The server before the worker: checkouts that are under way wait for it to write their orders.
    await app.stop();
    await worker.stop();
    await Promise.all([sql.end(), redis.close()]);
  };
  try {
    await untilHealthy(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    dialect: "onsale",
    url,
    eventId,
    buyers: crowd,
    pids: { app: [app.pid], worker: [worker.pid] },
    queue: () => lookAtQueue(redis, ordersKey({ prefix }, eventId)),
    openWork: () => openWorkOf(sql),
    counting: {
      forget: () => forgetCalls({ commands: redis.commands, prefix }),
      accounts: () => countedAccounts({ commands: redis.commands, prefix }),
      offByLimit: (buyer) => offByLimit({ url, eventId }, buyer, Number(given["LIMITS_SCALE"] ?? 1)),
      offByGuard: (buyer) => offByGuard({ url, eventId }, buyer),
    },
    check: (purchases) => faultsOf(sql, { eventId, purchases }),
    stop,
  };
}

async function prepare(
  env: NodeJS.ProcessEnv,
  shape: { seats: number; buyers: number },
): Promise<{ eventId: EventId; crowd: Buyer[] }> {
  const container = composeContainer(loadConfig(env), { name: "bench" });
  try {
    await container.migrate();
    return await openEventFor(container, shape);
  } finally {
    await container.close();
  }
}

/** An event on sale, and a crowd in which each wants two seats of its own. */
export async function openEventFor(
  container: Container,
  { seats, buyers }: { seats: number; buyers: number },
): Promise<{ eventId: EventId; crowd: Buyer[] }> {
  const { eventId } = await openBenchEvent(container, { seats });
  const pairs = await pairsOf(container, eventId);
  if (pairs.length < buyers)
    throw new Error(`${seats} seats are ${pairs.length} pairs, too few for ${buyers} purchases: --seats=N`);
  const fans = await makeFans(container, buyers);
  return { eventId, crowd: fans.map((headers, n) => ({ headers, seats: pairs[n] ?? [0, 0] })) };
}

/** The stream's ids begin with the time at which Redis took the entry. */
async function lookAtQueue({ commands }: RedisClients, key: string): Promise<QueueLook> {
  const [length, oldest, [seconds, micros]] = await Promise.all([
    commands.xlen(key),
    commands.xrange(key, "-", "+", "COUNT", 1),
    commands.time(),
  ]);
  const nowMs = Number(seconds) * 1_000 + Number(micros) / 1_000;
  const atMs = Number(oldest[0]?.[0].split("-")[0] ?? nowMs);
  return { length, oldestMs: Math.max(0, nowMs - atMs) };
}

async function openWorkOf(sql: postgres.Sql): Promise<OpenWork> {
  const [open] = await sql<{ mail: number; capture: number }[]>`
    SELECT
      (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at)) * 1000, 0)::float8 FROM job
        WHERE kind = 'mail.order_paid' AND done_at IS NULL) AS mail,
      (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(committed_at)) * 1000, 0)::float8 FROM orders
        WHERE state = 'committed') AS capture`;
  return { mailMs: open?.mail ?? 0, captureMs: open?.capture ?? 0 };
}

async function faultsOf(
  sql: postgres.Sql,
  { eventId, purchases }: { eventId: string; purchases: number },
): Promise<string[]> {
  const [is] = await sql<Record<string, number>[]>`
    SELECT
      count(*) FILTER (WHERE state = 'paid')::int AS "orders paid",
      sum((SELECT count(*) FROM ticket t WHERE t.order_id = o.id AND t.status = 'issued'))::int / 2 AS "pairs of tickets",
      count(*) FILTER (WHERE EXISTS (SELECT FROM payment p
        WHERE p.order_id = o.id AND p.state = 'captured' AND p.amount_minor = o.total_minor))::int AS "payments captured",
      count(*) FILTER (WHERE (SELECT sum(p.amount_minor) FILTER (WHERE p.amount_minor > 0) = o.total_minor
          AND sum(p.amount_minor) = 0
        FROM ledger_entry e JOIN ledger_posting p ON p.entry_id = e.id WHERE e.order_id = o.id))::int AS "orders in the ledger",
      (SELECT count(*)::int / 2 FROM seat_claim WHERE event_id = ${eventId} AND state = 'sold') AS "pairs of seats sold"
    FROM orders o WHERE event_id = ${eventId}`;
  return Object.entries(is ?? {}).flatMap(([what, count]) =>
    count === purchases ? [] : [`${what}: ${count} after ${purchases} purchases`],
  );
}
