import type { HoldStore } from "../hold/hold-store.ts";
import type { CommitOutcome } from "../order/order-draft.ts";
import type { OrderStore } from "../order/order-store.ts";
import { must } from "../shared/assert.ts";
import type { EventId } from "../shared/ids.ts";
import type { OrderQueue, QueuedOrder } from "./order-queue.ts";

/** Orders in one transaction: past this the gain per order is gone and the wait of the first one grows. */
const BATCH_MAX = 200;
const BLOCK_MS = 500;

export type OrderWriterDeps = {
  readonly queue: Pick<OrderQueue, "read" | "answer" | "acknowledge">;
  readonly orders: Pick<OrderStore, "commitOrders" | "find">;
  readonly holds: Pick<HoldStore, "settleFreed">;
  /** The shard promised a seat that Postgres has sold: it is told so. */
  readonly mend: (eventId: EventId) => Promise<unknown>;
};

/**
 * Takes orders from the shards' streams and commits many in one transaction. An order is acknowledged only after
 * Postgres has it, so a writer that dies in between does the batch again, and the commit is idempotent.
 */
export function makeOrderWriter(deps: OrderWriterDeps) {
  const { queue, orders } = deps;

  /** One round, which waits for `blockMs` where there is nothing yet: true when there was something to do. */
  return async function writeOrders(eventIds: readonly EventId[], blockMs = BLOCK_MS): Promise<boolean> {
    const batches = await queue.read({ eventIds, limit: BATCH_MAX, blockMs });
    const queued = batches.flatMap((batch) => batch.orders);
    if (queued.length === 0) return false;
    const outcomes = await orders.commitOrders(queued.map(({ draft }) => draft));
    const results = queued.map((entry, index) => ({
      entry,
      outcome: must(outcomes[index], "one outcome per draft"),
    }));
    await undoRefused(deps, results);
    await queue.answer(results.map(({ entry, outcome }) => ({ replyTo: entry.draft.replyTo, outcome })));
    await Promise.all(
      batches.map((batch) =>
        queue.acknowledge(
          batch.eventId,
          batch.orders.map(({ entryId }) => entryId),
        ),
      ),
    );
    return true;
  };
}

type Written = { readonly entry: QueuedOrder; readonly outcome: CommitOutcome };

/**
 * A key that was sent again with another request names an order already. That order's hold stays; any other is given
 * back.
 */
async function keepsClaim({ orders }: OrderWriterDeps, { entry, outcome }: Written): Promise<boolean> {
  if (outcome.kind !== "key_reused") return outcome.kind === "committed";
  return (await orders.find(outcome.orderId))?.order.holdId === entry.draft.holdId;
}

/** A refused order's claim goes back; where Postgres has the seat sold, the shard learns that too. */
async function undoRefused(deps: OrderWriterDeps, results: readonly Written[]): Promise<void> {
  const refused: Written[] = [];
  for (const result of results) if (!(await keepsClaim(deps, result))) refused.push(result);
  if (refused.length === 0) return;
  await deps.holds.settleFreed(
    refused.map(({ entry: { draft } }) => ({ eventId: draft.eventId, holdId: draft.holdId })),
  );
  const drifted = new Set(
    refused
      .filter(({ outcome }) => outcome.kind === "seats_taken" || outcome.kind === "area_full")
      .map(({ entry }) => entry.draft.eventId),
  );
  for (const eventId of drifted) await deps.mend(eventId);
}
