import { system } from "../actor/actor.ts";
import type { Recounted } from "../inventory/inventory-facts-store.ts";
import type { ClosingEvents } from "../event/closing-events.ts";
import type { EventStore } from "../event/event-store.ts";
import type { OrderQueue } from "../checkout/order-queue.ts";
import type { HoldStore } from "../hold/hold-store.ts";
import type { OrderStore } from "../order/order-store.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId, HoldId } from "../shared/ids.ts";
import type { Away, Drift, DriftKind, FoundDrift, InvariantCheck, InvariantStore } from "./reconcile.ts";
import { BETWEEN_LOOKS_MS, identityOf, LOOKS, makeShardCare, type ShardDeps } from "./shard-care.ts";

export type Reconciliation = {
  readonly invariants: readonly InvariantCheck[];
  readonly drift: readonly Drift[];
  /** Whose shards were looked at. */
  readonly events: number;
  /** Counters of Postgres that were wrong and are right now, by event; without `fix` they are rows of their invariants. */
  readonly recounted: readonly (Recounted & { readonly eventId: EventId })[];
  /** What could not be asked: the rest was looked at, and this was not. */
  readonly away: readonly Away[];
};

export type ReconcileDeps = ShardDeps & {
  readonly events: EventStore;
  readonly closing: Pick<ClosingEvents, "list">;
  readonly invariants: InvariantStore;
  readonly holds: Pick<HoldStore, "claims" | "settleSold" | "settleFreed">;
  readonly orders: Pick<OrderStore, "livingHolds">;
  readonly queue: Pick<OrderQueue, "length" | "newest" | "hasUpTo" | "unreadable" | "withUnreadable">;
};

type EventAsked = { readonly eventId: EventId; readonly isLive: boolean; readonly fix: boolean };

/** A worker answers orders that wait, and a person looks at what no worker could read; nothing here mends them. */
const LEFT_TO_OTHERS: ReadonlySet<DriftKind> = new Set(["orders_stranded", "entries_set_aside"]);

export function makeReconcileService(deps: ReconcileDeps) {
  const { events } = deps;
  const { look, driftOf, mend } = makeShardCare(deps);

  /** Mends what it can of what was found; which of it still differs afterwards. */
  async function fixDrift(eventId: EventId, found: readonly FoundDrift[]): Promise<ReadonlySet<string>> {
    await settleForgotten(deps, eventId);
    await mend(eventId, found);
    return new Set((await look(eventId)).map(identityOf));
  }

  async function reconcileEvent({ eventId, isLive, fix }: EventAsked): Promise<Drift[]> {
    const stranded = isLive ? [] : await strandedOrders(deps, eventId);
    const found = [
      ...(await driftOf(eventId)),
      ...(await forgottenDrift(deps, eventId)),
      ...stranded,
      ...(await setAside(deps, eventId)),
    ].filter(
      // Nobody rebuilds the shard of an event that is over, and nobody misses it.
      ({ kind }) => kind !== "epoch_missing" || isLive,
    );
    const still = found.length > 0 && fix ? await fixDrift(eventId, found) : null;
    const isFixed = (one: FoundDrift) =>
      still !== null && !LEFT_TO_OTHERS.has(one.kind) && !still.has(identityOf(one));
    return found.map((one) => ({ ...one, eventId, fixed: isFixed(one) }));
  }

  return {
    mend: (eventId: EventId) => mend(eventId),
    settleForgotten: (eventId: EventId) => settleForgotten(deps, eventId),

    /** For a worker, again and again: what stays different is mended. True when something was. */
    async heal(eventId: EventId): Promise<boolean> {
      const settled = await settleForgotten(deps, eventId);
      const drift = await driftOf(eventId);
      if (drift.length > 0) {
        // Counters first, so that Redis never learns a wrong one.
        await deps.inventoryFacts.recount(system("worker"), eventId);
        await mend(eventId, drift);
      }
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
      const eventIds = input.eventId ? [input.eventId] : [...new Set([...live, ...closing])];
      // Counters first, so that Redis never learns a wrong one; and without Redis as well.
      const recounted = input.fix ? await recountAll(deps, eventIds) : [];
      const looks = eventIds.map(
        (eventId) => () => reconcileEvent({ eventId, isLive: live.includes(eventId), fix: input.fix }),
      );
      // Nobody looks at the shards of other events; what no worker could read of them waits for a person all the same.
      if (!input.eventId) looks.push(() => setAsideBeyond(deps, eventIds));
      const { drift, looked } = await whileRedisAnswers(looks);
      const away = new Set(invariants.flatMap((check) => check.away ?? []));
      if (looked < looks.length) away.add("redis");
      return { invariants, drift, recounted, events: Math.min(looked, eventIds.length), away: [...away] };
    },
  };
}

async function recountAll({ inventoryFacts }: ReconcileDeps, eventIds: readonly EventId[]) {
  const recounted: Reconciliation["recounted"][number][] = [];
  for (const eventId of eventIds) {
    // A fix is asked for at the terminal.
    const changed = await inventoryFacts.recount(system("ticketctl"), eventId);
    recounted.push(...changed.map((one) => ({ ...one, eventId })));
  }
  return recounted;
}

async function whileRedisAnswers(
  looks: readonly (() => Promise<readonly Drift[]>)[],
): Promise<{ drift: Drift[]; looked: number }> {
  const drift: Drift[] = [];
  let looked = 0;
  try {
    for (const look of looks) {
      drift.push(...(await look()));
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

async function setAside({ queue }: ReconcileDeps, eventId: EventId): Promise<FoundDrift[]> {
  const entries = await queue.unreadable(eventId);
  return entries === 0 ? [] : [{ kind: "entries_set_aside", details: { entries } }];
}

/** Those of all events but these. */
async function setAsideBeyond(deps: ReconcileDeps, known: readonly EventId[]): Promise<Drift[]> {
  const eventIds = (await deps.queue.withUnreadable()).filter((eventId) => !known.includes(eventId));
  const drift = await Promise.all(
    eventIds.map(async (eventId) =>
      (await setAside(deps, eventId)).map((one) => ({ ...one, eventId, fixed: false })),
    ),
  );
  return drift.flat();
}

type Forgotten = { readonly eventId: EventId; readonly holdId: HoldId; readonly sold: boolean };

/**
 * Claims of the shard that Postgres has decided about: whoever decided died, or Redis was away, before the shard was
 * told. The order of the questions matters. A claim is made together with its entry in the stream, and the entry goes
 * only after Postgres knows; so once all entries are gone that were there when the claims had been read, Postgres knows each
 * of those claims. Newer entries are none of theirs: the stream of a busy sale is never empty.
 */
async function forgottenClaims(deps: ReconcileDeps, eventId: EventId): Promise<Forgotten[]> {
  const { holds, orders } = deps;
  const claims = await holds.claims(eventId);
  if (claims.length === 0 || !(await isWorkedOff(deps, eventId))) return [];
  const living = new Map((await orders.livingHolds(claims)).map(({ holdId, sold }) => [holdId, sold]));
  return claims
    .filter((holdId) => living.get(holdId) !== false)
    .map((holdId) => ({ eventId, holdId, sold: living.get(holdId) === true }));
}

/** Whether every entry that is in the stream now has been acknowledged within a moment. */
async function isWorkedOff({ queue, pause }: ReconcileDeps, eventId: EventId): Promise<boolean> {
  const newest = await queue.newest(eventId);
  if (newest === null) return true;
  for (let i = 1; i < LOOKS; i++) {
    await pause(BETWEEN_LOOKS_MS);
    if (!(await queue.hasUpTo(eventId, newest))) return true;
  }
  return false;
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
