import { randomUUID } from "node:crypto";
import { makeRedisClients, type RedisClients } from "../client.ts";

/** A Redis 7 or Valkey server that tests may write to. Suites without one are skipped: describe.skipIf(NO_REDIS). */
const TEST_REDIS_URL = process.env["TEST_REDIS_URL"] ?? "";
export const NO_REDIS = TEST_REDIS_URL === "";

/** Files run in parallel against one server: each has its own keys, and nobody ever flushes. */
export const newPrefix = () => `test:${randomUUID()}:`;

/** Two cores shared by a thousand racers answer late; a test of time-outs passes its own. */
export function openTestClients(
  commandTimeoutMs = 20_000,
  { url = TEST_REDIS_URL, name = "" }: { url?: string; name?: string } = {},
): RedisClients {
  return makeRedisClients(url, { commandTimeoutMs, name });
}

/** Removes what a file wrote, by its prefix. */
export async function dropKeys(clients: RedisClients, prefix: string): Promise<void> {
  let cursor = "0";
  do {
    const [next, keys] = await clients.commands.scan(cursor, "MATCH", `${prefix}*`, "COUNT", 1_000);
    if (keys.length > 0) await clients.commands.unlink(...keys);
    cursor = next;
  } while (cursor !== "0");
}

/** Where the test server listens, for a proxy in front of it. */
export function redisAddress(): { host: string; port: number } {
  const { hostname, port } = new URL(TEST_REDIS_URL);
  return { host: hostname, port: port === "" ? 6_379 : Number(port) };
}
