import { HOLD_EXTENSIONS_MAX } from "@onsale/core/event/hold-limits";
import type { HoldPlan } from "@onsale/core/hold/hold";
import type { HoldStore } from "@onsale/core/hold/hold-store";
import type { AccountId, EventId, HoldId } from "@onsale/core/shared/ids";
import { z } from "zod";
import { defineScript } from "../define-script.ts";
import { passesKey, roomHashKey } from "../line/line-keys.ts";
import { type Keyspace, ordersKey, shardKeys } from "../shard.ts";
import { packPlaces, packRest } from "./hold-record.ts";

type In<T> = T & { space: Keyspace };
type OneHold = In<{ eventId: EventId; holdId: HoldId; accountId: AccountId | null }>;
const keysOf = ({ space, eventId }: { space: Keyspace; eventId: EventId }) => shardKeys(space, eventId);

const epochMissing = z.tuple([z.literal("epoch_missing")]);
const notFound = z.tuple([z.literal("not_found")]);
/** Seat or area numbers as Lua lists them: "12,13", or "" for none. */
const numberList = z.string().transform((list) => (list === "" ? [] : list.split(",").map(Number)));
const triples = z.array(z.union([z.string(), z.number()])).transform((flat) => {
  const holds: { id: string; expiresAtMs: number; packed: string }[] = [];
  for (let i = 0; i + 2 < flat.length; i += 3) {
    holds.push({ id: String(flat[i]), expiresAtMs: Number(flat[i + 1]), packed: String(flat[i + 2]) });
  }
  return holds;
});

export const acquireHold = defineScript({
  name: "acquireHold",
  keys: (plan: In<HoldPlan>) => {
    const { space, eventId, passLine } = plan;
    if (!passLine) return keysOf(plan);
    const line = { eventId, lineId: passLine };
    return [...keysOf(plan), passesKey(space, line), roomHashKey(space, line)];
  },
  args: (plan) => {
    const { seats, areas, places } = packPlaces(plan.items);
    return [
      plan.id,
      plan.accountId,
      plan.ttlMs,
      plan.maxPerFan,
      HOLD_EXTENSIONS_MAX,
      places,
      plan.quoteHash,
      seats,
      areas,
      packRest(plan),
      plan.cyclesMax,
      plan.timeMaxMs ?? "",
    ];
  },
  reply: z.union([
    z.tuple([z.literal("acquired"), z.int(), z.string()]),
    z.tuple([z.literal("taken"), numberList, numberList]),
    z.tuple([z.literal("replayed"), z.int(), z.string()]),
    z.tuple([z.literal("replayed"), z.int(), z.string(), z.string()]),
    z.tuple([z.literal("limit"), z.int(), z.int(), z.int()]),
    z.tuple([z.enum(["cycles", "time"]), z.int(), z.int()]),
    z.tuple([z.enum(["no_pass", "line_lost", "ended"])]),
    epochMissing,
  ]),
});

export const releaseHold = defineScript({
  name: "releaseHold",
  keys: (hold: OneHold) => keysOf(hold),
  args: (hold) => [hold.holdId, hold.accountId ?? ""],
  reply: z.union([
    z.tuple([z.literal("released"), z.int()]),
    notFound,
    z.tuple([z.literal("claimed")]),
    epochMissing,
  ]),
});

export const extendHold = defineScript({
  name: "extendHold",
  keys: (hold: In<Parameters<HoldStore["extend"]>[0]>) => keysOf(hold),
  args: (hold) => [hold.holdId, hold.accountId, hold.ttlMs],
  reply: z.union([
    z.tuple([z.literal("extended"), z.int(), z.string()]),
    notFound,
    z.tuple([z.literal("no_extension_left")]),
    epochMissing,
  ]),
});

export const repriceHold = defineScript({
  name: "repriceHold",
  keys: (hold: In<Parameters<HoldStore["reprice"]>[0]>) => keysOf(hold),
  args: (hold) => {
    const { seats, areas } = packPlaces(hold.items);
    return [
      hold.holdId,
      hold.accountId,
      hold.quoteHash,
      seats,
      areas,
      hold.totalMinor,
      JSON.stringify(hold.items),
    ];
  },
  reply: z.union([
    z.tuple([z.literal("repriced"), z.int(), z.string()]),
    z.tuple([z.literal("other_places")]),
    notFound,
    epochMissing,
  ]),
});

export const joinHolds = defineScript({
  name: "joinHolds",
  keys: ({ space, into }: In<Parameters<HoldStore["join"]>[0]>) => keysOf({ space, eventId: into.eventId }),
  args: ({ into, holds }) => {
    const { seats, areas, places } = packPlaces(into.items);
    const asRead = holds.flatMap(({ id, quoteHash }) => [id, quoteHash]);
    return [into.id, into.accountId, places, into.quoteHash, seats, areas, packRest(into), ...asRead];
  },
  reply: z.union([
    z.tuple([z.literal("joined"), z.int(), z.string()]),
    z.tuple([z.literal("changed")]),
    epochMissing,
  ]),
});

export const claimHold = defineScript({
  name: "claimHold",
  keys: (claim: In<Parameters<HoldStore["claim"]>[0]>) => [
    ...keysOf(claim),
    ordersKey(claim.space, claim.eventId),
  ],
  args: (claim) => [
    claim.holdId,
    claim.accountId,
    claim.quoteHash,
    claim.orderId,
    claim.payload,
    claim.queueMax,
  ],
  reply: z.union([
    z.tuple([z.enum(["queued", "replayed", "busy"]), z.int()]),
    z.tuple([z.literal("price_changed"), z.string()]),
    notFound,
    z.tuple([z.literal("claimed_elsewhere")]),
    epochMissing,
  ]),
});

export const settleHolds = defineScript({
  name: "settleHolds",
  keys: (input: In<{ eventId: EventId; after: "sold" | "free"; holdIds: readonly HoldId[] }>) =>
    keysOf(input),
  args: (input) => [input.after, ...input.holdIds],
  reply: z.int().min(-1),
});

export const sweepHolds = defineScript({
  name: "sweepHolds",
  keys: (input: In<{ eventId: EventId; limit: number }>) => keysOf(input),
  args: (input) => [input.limit],
  reply: z.int().min(-1),
});

export const findClaims = defineScript({
  name: "findClaims",
  keys: (input: In<{ eventId: EventId; cursor: string; count: number }>) => keysOf(input),
  args: (input) => [input.cursor, input.count],
  reply: z.array(z.string()).min(1),
});

export const findHold = defineScript({
  name: "findHold",
  keys: (input: In<{ eventId: EventId; holdId: HoldId }>) => keysOf(input),
  args: (input) => [input.holdId],
  reply: triples,
});

export const findHoldsOfFan = defineScript({
  name: "findHoldsOfFan",
  keys: (input: In<{ eventId: EventId; accountId: AccountId }>) => keysOf(input),
  args: (input) => [input.accountId],
  reply: triples,
});

export const listHolds = defineScript({
  name: "listHolds",
  keys: (input: In<{ eventId: EventId; limit: number }>) => keysOf(input),
  args: (input) => [input.limit],
  reply: triples,
});
