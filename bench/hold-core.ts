/**
 * What a hold costs at the core: two seats through the hold store and its one script, against a script of the same keys
 * and arguments that does nothing, on the same connection with auto-pipelining, in the same run.
 *
 *   node bench/hold-core.ts [--redis redis://127.0.0.1:6379] [--rounds 5] [--tiny] [--json]
 */
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { HOLD_TIME_MAX_MS } from "@onsale/core/event/hold-limits";
import type { HoldPlan } from "@onsale/core/hold/hold";
import { assert } from "@onsale/core/shared/assert";
import { AccountId, EventId, HoldId } from "@onsale/core/shared/ids";
import { makeRedisClients, type RedisClients } from "@onsale/redis/client";
import { makeRedisHoldStore } from "@onsale/redis/hold/redis-hold-store";
import { packPlaces, packRest } from "@onsale/redis/hold/hold-record";
import { makeRedisInventoryStore } from "@onsale/redis/inventory/redis-inventory-store";
import { shardKeys } from "@onsale/redis/shard";

/** Calls that are on their way at once, as from as many fans. */
const IN_FLIGHT = 500;

const { values: options } = parseArgs({
  options: {
    redis: { type: "string", default: "redis://127.0.0.1:6379" },
    rounds: { type: "string", default: "5" },
    tiny: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const HOLDS_PER_ROUND = options.tiny ? 500 : 15_000;
const ROUNDS = options.tiny ? 1 : Number(options.rounds);
/** The first two differ in the size of the plan alone; the third is release day: all fans in one shard. */
const CASES = [
  { seats: 500, holdsPerShard: 250 },
  { seats: 60_000, holdsPerShard: 250 },
  { seats: 60_000, holdsPerShard: HOLDS_PER_ROUND },
];

const prefix = `bench:${randomUUID()}:`;

/** Calls per second of `call` over all inputs, IN_FLIGHT at a time. */
async function perSecond<T>(inputs: readonly T[], call: (input: T) => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  for (let i = 0; i < inputs.length; i += IN_FLIGHT) {
    await Promise.all(inputs.slice(i, i + IN_FLIGHT).map(call));
  }
  return (inputs.length / (performance.now() - startedAtMs)) * 1_000;
}

/** As many free shards as it takes, and pairs of seats in an order that jumps around the plan. */
async function openShards(
  clients: RedisClients,
  { seats: seatCount, holdsPerShard }: (typeof CASES)[number],
): Promise<HoldPlan[]> {
  const inventory = makeRedisInventoryStore(clients, { prefix });
  const pairs = seatCount / 2;
  const plans: HoldPlan[] = [];
  while (plans.length < HOLDS_PER_ROUND) {
    const eventId = EventId.parse(randomUUID());
    const facts = { seatCount, sold: [], claimed: [], blocked: [], areas: [], bought: [] };
    await inventory.rebuild({ eventId, facts, expectedEpoch: null, newEpoch: "bench", maxPerFan: 6 });
    const count = Math.min(holdsPerShard, HOLDS_PER_ROUND - plans.length);
    // 7,919 is a prime that divides neither 250 nor 30,000, so every pair comes once.
    for (let i = 0; i < count; i += 1) plans.push(planOf(eventId, 2 * ((i * 7_919) % pairs)));
  }
  return plans;
}

function planOf(eventId: EventId, seatNo: number): HoldPlan {
  return {
    id: HoldId.parse(randomUUID()),
    eventId,
    accountId: AccountId.parse(randomUUID()),
    items: {
      seats: [
        { seatNo, ticketType: "adult" },
        { seatNo: seatNo + 1, ticketType: "adult" },
      ],
      areas: [],
    },
    priceVersion: 1,
    quoteHash: "a".repeat(64),
    totalMinor: 12_000,
    ttlMs: 300_000,
    maxPerFan: 6,
    passLine: null,
    cyclesMax: 1_000_000,
    timeMaxMs: HOLD_TIME_MAX_MS,
  };
}

/** The same bytes on the wire, packed the same way; the server only parses them and answers. */
function makeEmptyHold(clients: RedisClients) {
  const { commands } = clients;
  // Safe because the script was defined under this name with a reply of one number.
  type Empty = { emptyHold: (numberOfKeys: number, ...rest: (string | number)[]) => Promise<number> };
  commands.defineCommand("emptyHold", { lua: "return 0" });
  const { emptyHold } = commands as unknown as Empty;
  return (plan: HoldPlan) => {
    const keys = shardKeys({ prefix }, plan.eventId);
    const { seats, areas, places } = packPlaces(plan.items);
    const args = [
      plan.id,
      plan.accountId,
      plan.ttlMs,
      plan.maxPerFan,
      2,
      places,
      plan.quoteHash,
      seats,
      areas,
    ];
    return emptyHold.call(commands, keys.length, ...keys, ...args, packRest(plan));
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function dropKeys({ commands }: RedisClients): Promise<void> {
  let cursor = "0";
  do {
    const [next, keys] = await commands.scan(cursor, "MATCH", `${prefix}*`, "COUNT", 1_000);
    if (keys.length > 0) await commands.unlink(...keys);
    cursor = next;
  } while (cursor !== "0");
}

const clients = makeRedisClients(options.redis, { commandTimeoutMs: 10_000, name: "onsale-bench" });
await clients.commands.ping();
const store = makeRedisHoldStore(clients.commands, { prefix });
const empty = makeEmptyHold(clients);
const measured = CASES.map((shape) => ({ shape, empty: [] as number[], hold: [] as number[] }));

// One round more than counted: the first warms up both ends.
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const { shape, empty: emptyRates, hold: holdRates } of measured) {
    const plans = await openShards(clients, shape);
    const emptyRate = await perSecond(plans, empty);
    const holdRate = await perSecond(plans, async (plan) => {
      const { kind } = await store.acquire(plan);
      assert(kind === "acquired", `a free pair was ${kind}`);
    });
    if (round > 0) {
      emptyRates.push(emptyRate);
      holdRates.push(holdRate);
    }
    await dropKeys(clients);
  }
}
await clients.close();

const results = measured.map(({ shape, ...rates }) => ({
  ...shape,
  emptyPerSecond: Math.round(median(rates.empty)),
  holdsPerSecond: Math.round(median(rates.hold)),
  ratio: Number((median(rates.hold) / median(rates.empty)).toFixed(3)),
}));
const [small, large, releaseDay] = results;
const sizeRatio = Number(((large?.holdsPerSecond ?? 0) / (small?.holdsPerSecond ?? 1)).toFixed(3));
const ratio = releaseDay?.ratio ?? 0;

if (options.json) {
  console.log(
    JSON.stringify({ holdsPerRound: HOLDS_PER_ROUND, inFlight: IN_FLIGHT, results, sizeRatio, ratio }),
  );
} else {
  console.table(results);
  console.log(`holds/s at 60,000 seats to holds/s at 500 seats: ${sizeRatio}`);
  console.log(`holds/s in one shard to an empty script of the same keys: ${ratio}`);
}
