import type { ClosingEvents } from "../event/closing-events.ts";
import type { EventStore } from "../event/event-store.ts";
import { SEAT_STATE } from "../inventory/inventory.ts";
import type { InventoryFacts, InventorySnapshot } from "../inventory/inventory.ts";
import type { InventoryFactsStore } from "../inventory/inventory-facts-store.ts";
import type { InventoryStore } from "../inventory/inventory-store.ts";
import type { OrderQueue } from "../checkout/order-queue.ts";
import type { HoldStore } from "../hold/hold-store.ts";
import type { OrderStore } from "../order/order-store.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId, HoldId } from "../shared/ids.ts";
import type { Away, Drift, FoundDrift, InvariantCheck, InvariantStore } from "./reconcile.ts";

export type Reconciliation = {
  readonly invariants: readonly InvariantCheck[];
  readonly drift: readonly Drift[];
  /** Whose shards were looked at. */
  readonly events: number;
  /** What could not be asked: the rest was looked at, and this was not. */
  readonly away: readonly Away[];
};

export type ReconcileDeps = {
  readonly events: EventStore;
  readonly closing: Pick<ClosingEvents, "list">;
  readonly inventory: InventoryStore;
  readonly inventoryFacts: Pick<InventoryFactsStore, "read">;
  readonly invariants: InvariantStore;
  readonly holds: Pick<HoldStore, "claims" | "settleSold" | "settleFreed">;
  readonly orders: Pick<OrderStore, "livingHolds">;
  readonly queue: Pick<OrderQueue, "length">;
  readonly rebuild: (eventId: EventId) => Promise<boolean>;
  readonly pause: (ms: number) => Promise<void>;
};

type EventAsked = { readonly eventId: EventId; readonly isLive: boolean; readonly fix: boolean };

/** Redis and Postgres are read one after the other while a sale goes on; only what stays different is drift. */
const LOOKS = 3;
const BETWEEN_LOOKS_MS = 400;

/** Shard against facts. Postgres is right; a claim or hold that only Redis knows is a promise, not drift. */
export function compareShard(facts: InventoryFacts, shard: InventorySnapshot): FoundDrift[] {
  const drift: FoundDrift[] = [];
  const sold = new Set(facts.sold);
  const claimed = new Set(facts.claimed.map((claim) => claim.seatNo));
  const blocked = new Set(facts.blocked);
  for (let seatNo = 0; seatNo < facts.seatCount; seatNo++) {
    const state = shard.seats[seatNo] ?? null;
    const details = { seatNo, shard: state };
    if (sold.has(seatNo) && state !== SEAT_STATE.sold) drift.push({ kind: "sold_but_free", details });
    else if (!sold.has(seatNo) && state === SEAT_STATE.sold)
      drift.push({ kind: "free_but_taken", details: { seatNo } });
    else if (claimed.has(seatNo) && state !== SEAT_STATE.claimed) drift.push({ kind: "claim_lost", details });
    else if (blocked.has(seatNo) && state === SEAT_STATE.free)
      drift.push({ kind: "should_be_blocked", details });
  }
  for (const { areaNo, sold: soldPlaces, claimed: claimedPlaces } of facts.areas) {
    const live = shard.areas.find((one) => one.areaNo === areaNo);
    if (live?.sold === soldPlaces && live.claimed >= claimedPlaces) continue;
    const postgres = { sold: soldPlaces, claimed: claimedPlaces };
    const inShard = live ? { sold: live.sold, claimed: live.claimed } : null;
    drift.push({ kind: "area_counts", details: { areaNo, postgres, shard: inShard } });
  }
  return drift;
}

/** The same difference twice: nothing of it has moved. */
const identityOf = (found: FoundDrift) => JSON.stringify(found);

export function makeReconcileService(deps: ReconcileDeps) {
  const { events, inventory, inventoryFacts } = deps;

  async function look(eventId: EventId): Promise<FoundDrift[]> {
    // Redis before Postgres: a sale between the two readings then looks like a promise, never like a lost seat.
    const shard = await inventory.snapshot(eventId);
    if (!shard) return [{ kind: "epoch_missing", details: {} }];
    return compareShard(await inventoryFacts.read(eventId), shard);
  }

  /** Drift that is still there after several looks; in a running sale most differences are on their way. */
  async function driftOf(eventId: EventId): Promise<FoundDrift[]> {
    let steady = await look(eventId);
    for (let i = 1; i < LOOKS && steady.length > 0; i++) {
      await deps.pause(BETWEEN_LOOKS_MS);
      const again = new Set((await look(eventId)).map(identityOf));
      steady = steady.filter((found) => again.has(identityOf(found)));
    }
    return steady;
  }

  async function mend(eventId: EventId): Promise<number> {
    const shard = await inventory.snapshot(eventId);
    if (!shard) return (await deps.rebuild(eventId)) ? 1 : 0;
    const facts = await inventoryFacts.read(eventId);
    const taken = new Set([...facts.sold, ...facts.claimed.map((claim) => claim.seatNo), ...facts.blocked]);
    const free: number[] = [];
    shard.seats.forEach((state, seatNo) => {
      if (state === SEAT_STATE.sold && !taken.has(seatNo)) free.push(seatNo);
    });
    return inventory.repair({
      eventId,
      sold: facts.sold,
      free,
      areas: facts.areas.map(({ areaNo, claimed, sold }) => ({ areaNo, claimed, sold })),
      bought: facts.bought,
    });
  }

  async function reconcileEvent({ eventId, isLive, fix }: EventAsked): Promise<Drift[]> {
    const stranded = isLive ? [] : await strandedOrders(deps, eventId);
    const found = [...(await driftOf(eventId)), ...(await forgottenDrift(deps, eventId)), ...stranded].filter(
      // Nobody rebuilds the shard of an event that is over, and nobody misses it.
      ({ kind }) => kind !== "epoch_missing" || isLive,
    );
    if (found.length > 0 && fix) {
      await settleForgotten(deps, eventId);
      await mend(eventId);
    }
    // Only a worker can answer orders that wait; nothing here mends them.
    return found.map((one) => ({ ...one, eventId, fixed: fix && one.kind !== "orders_stranded" }));
  }

  return {
    mend,
    settleForgotten: (eventId: EventId) => settleForgotten(deps, eventId),

    /** For a worker, again and again: what stays different is mended. True when something was. */
    async heal(eventId: EventId): Promise<boolean> {
      const settled = await settleForgotten(deps, eventId);
      const drift = await driftOf(eventId);
      if (drift.length > 0) await mend(eventId);
      return settled > 0 || drift.length > 0;
    },

    /**
     * `eventId` null: every invariant over all events, and every live shard. Without Redis, or the provider whose books are
     * compared, what remains is looked at; `away` says what was not.
     */
    async run(input: { eventId: EventId | null; fix: boolean }): Promise<Reconciliation> {
      const invariants = await deps.invariants.checkInvariants(input.eventId);
      const live = await events.listLive();
      const closing = await deps.closing.list();
      const eventIds = input.eventId ? [input.eventId] : [...live, ...closing];
      const { drift, looked } = await whileRedisAnswers(eventIds, (eventId) =>
        reconcileEvent({ eventId, isLive: live.includes(eventId), fix: input.fix }),
      );
      const away = new Set(invariants.flatMap((check) => check.away ?? []));
      if (looked < eventIds.length) away.add("redis");
      return { invariants, drift, events: looked, away: [...away] };
    },
  };
}

async function whileRedisAnswers(
  eventIds: readonly EventId[],
  look: (eventId: EventId) => Promise<readonly Drift[]>,
): Promise<{ drift: Drift[]; looked: number }> {
  const drift: Drift[] = [];
  let looked = 0;
  try {
    for (const eventId of eventIds) {
      drift.push(...(await look(eventId)));
      looked += 1;
    }
  } catch (error) {
    if (!isRedisAway(error)) throw error;
  }
  return { drift, looked };
}

/** Every store of Redis answers so where no answer comes; those of Postgres leave the driver's error as it is. */
const isRedisAway = (error: unknown) => error instanceof AppError && error.code === "service.unavailable";

/** Orders in the stream of an event that is over. A worker answers them within seconds; these are still there after a while. */
async function strandedOrders(deps: ReconcileDeps, eventId: EventId): Promise<FoundDrift[]> {
  for (let i = 0; i < LOOKS; i++) {
    if ((await deps.queue.length(eventId)) === 0) return [];
    await deps.pause(BETWEEN_LOOKS_MS);
  }
  const waiting = await deps.queue.length(eventId);
  return waiting === 0 ? [] : [{ kind: "orders_stranded", details: { waiting } }];
}

type Forgotten = { readonly eventId: EventId; readonly holdId: HoldId; readonly sold: boolean };

/**
 * Claims of the shard that Postgres has decided about: whoever decided died, or Redis was away, before the shard was
 * told. The order of the questions matters. A claim is made together with its entry in the stream, and the entry goes
 * only after Postgres knows; so a claim that was there before the stream was empty is one that Postgres knows now.
 */
async function forgottenClaims(
  { holds, orders, queue }: ReconcileDeps,
  eventId: EventId,
): Promise<Forgotten[]> {
  const claims = await holds.claims(eventId);
  if (claims.length === 0 || (await queue.length(eventId)) > 0) return [];
  const living = new Map((await orders.livingHolds(claims)).map(({ holdId, sold }) => [holdId, sold]));
  return claims
    .filter((holdId) => living.get(holdId) !== false)
    .map((holdId) => ({ eventId, holdId, sold: living.get(holdId) === true }));
}

/** Tells the shard how those claims ended; safe at any time, since a claim that was settled meanwhile is passed over. */
async function settleForgotten(deps: ReconcileDeps, eventId: EventId): Promise<number> {
  const forgotten = await forgottenClaims(deps, eventId);
  await deps.holds.settleSold(forgotten.filter(({ sold }) => sold));
  await deps.holds.settleFreed(forgotten.filter(({ sold }) => !sold));
  return forgotten.length;
}

/** The same as drift: only what is still forgotten after a while, for the news may be on its way. */
async function forgottenDrift(deps: ReconcileDeps, eventId: EventId): Promise<FoundDrift[]> {
  const first = await forgottenClaims(deps, eventId);
  if (first.length === 0) return [];
  await deps.pause(BETWEEN_LOOKS_MS);
  const still = new Set((await forgottenClaims(deps, eventId)).map(({ holdId }) => holdId));
  return first
    .filter(({ holdId }) => still.has(holdId))
    .map(({ holdId, sold }) => ({ kind: "claim_forgotten", details: { holdId, sold } }));
}
