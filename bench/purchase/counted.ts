import { randomUUID } from "node:crypto";
import { bucketOf, scaledBucket } from "@onsale/core/risk/limits";
import { COUNTED } from "@onsale/core/risk/risk-score";
import type { RedisClients } from "@onsale/redis/client";
import type { Buyer } from "./crowd.ts";

/** Counters of an account in Redis: of its calls, for a minute; of what came of its holds, for an hour. */
const CALLS_KEY = /{account:[^}]*}:calls$/;
const FACTS_KEY = /{account:[^}]*}:facts$/;

type Counters = { readonly commands: RedisClients["commands"]; readonly prefix: string };

/** Accounts whose calls limits have counted since `forgetCalls`, and whose holds the guard knows. Each buyer is one. */
export async function countedAccounts(counters: Counters): Promise<{ limits: number; guard: number }> {
  const keys = await keysOf(counters);
  const matching = (pattern: RegExp) => keys.filter((key) => pattern.test(key)).length;
  return { limits: matching(CALLS_KEY), guard: matching(FACTS_KEY) };
}

export async function forgetCalls(counters: Counters): Promise<void> {
  const keys = (await keysOf(counters)).filter((key) => CALLS_KEY.test(key));
  if (keys.length > 0) await counters.commands.unlink(...keys);
}

async function keysOf({ commands, prefix }: Counters): Promise<string[]> {
  const found = new Set<string>();
  let cursor = "0";
  do {
    const [next, keys] = await commands.scan(cursor, "MATCH", `${prefix}*`, "COUNT", 5_000);
    for (const key of keys) found.add(key);
    cursor = next;
  } while (cursor !== "0");
  return [...found];
}

type Asked = { readonly url: string; readonly eventId: string };

/**
 * Asks for the seats that this buyer has bought a minute ago at most, until the limit refuses: their purchase must have
 * taken exactly one call of its purses. Answers by how much it differs.
 */
export async function offByLimit(asked: Asked, { headers, seats }: Buyer, scale: number): Promise<number> {
  const bucket = bucketOf("hold", "account");
  if (!bucket) throw new Error("no limit counts holds by account");
  const { points, burst } = scaledBucket(bucket, scale);
  const room = points + (burst?.points ?? 0);
  for (let n = 1; n <= room + 1; n++)
    if ((await holdAgain(asked, { headers, seats })) === 429) return room - n;
  return room;
}

/**
 * The same without a browser's signs, until the guard asks for a challenge: hold and checkout of the purchase must have
 * counted among the calls of this minute.
 */
export async function offByGuard(asked: Asked, { headers, seats }: Buyer): Promise<number> {
  const { cookie = "", "x-forwarded-for": address = "" } = headers;
  const [[challengedAt]] = COUNTED.velocity;
  const bare = { cookie, "x-forwarded-for": address, "user-agent": "curl/8" };
  for (let n = 3; n <= challengedAt; n++)
    if ((await holdAgain(asked, { headers: bare, seats })) === 403) return challengedAt - n;
  return challengedAt;
}

async function holdAgain({ url, eventId }: Asked, { headers, seats }: Buyer): Promise<number> {
  const items = { seats: seats.map((seatNo) => ({ seatNo, ticketType: "adult" })), areas: [] };
  const answer = await fetch(`${url}/api/trpc/hold.create`, {
    method: "POST",
    headers: { ...headers, origin: url, "content-type": "application/json" },
    body: JSON.stringify({ eventId, operationId: randomUUID(), items }),
  });
  await answer.body?.cancel();
  return answer.status;
}
