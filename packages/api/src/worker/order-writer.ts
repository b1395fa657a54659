import type { CommitOutcome } from "@onsale/core/order/order-draft";
import type { QueuedOrder } from "@onsale/core/checkout/order-queue";
import { must } from "@onsale/core/shared/assert";
import { type EventId, HoldId } from "@onsale/core/shared/ids";
import type { Container } from "../compose/container.ts";

/** Orders in one transaction: past this the gain per order is gone and the wait of the first one grows. */
const BATCH_MAX = 200;
const BLOCK_MS = 500;

/**
 * Takes orders from the shards' streams and commits many in one transaction. An order is acknowledged only after
 * Postgres has it, so a writer that dies in between does the batch again, and the commit is idempotent.
 */
export function makeOrderWriter(container: Container, { blockMs = BLOCK_MS }: { blockMs?: number } = {}) {
  const { queue, orders, holds, services, log } = container;

  /** One round: true when there was something to do. */
  return async function writeOrders(eventIds: readonly EventId[]): Promise<boolean> {
    const batches = await queue.read({ eventIds, limit: BATCH_MAX, blockMs });
    const queued = batches.flatMap(({ eventId, orders: entries }) =>
      entries.map((entry) => ({ eventId, entry })),
    );
    if (queued.length === 0) return false;
    const outcomes = await orders.commitOrders(queued.map(({ entry }) => entry.draft));
    await undoRefused(
      queued.map(({ entry }, index) => ({ entry, outcome: must(outcomes[index], "one outcome per draft") })),
    );
    await queue.answer(
      queued.map(({ entry }, index) => ({
        replyTo: entry.draft.replyTo,
        outcome: must(outcomes[index], "one outcome per draft"),
      })),
    );
    await Promise.all(
      batches.map(({ eventId, orders: entries }) =>
        queue.acknowledge(
          eventId,
          entries.map((entry) => entry.entryId),
        ),
      ),
    );
    return true;
  };

  /** A key sent again with another request still names an order; its own hold stays that order's, any other goes back. */
  async function keepsClaim({ entry, outcome }: { entry: QueuedOrder; outcome: CommitOutcome }) {
    if (outcome.kind !== "key_reused") return outcome.kind === "committed";
    return (await orders.find(outcome.orderId))?.order.holdId === entry.draft.holdId;
  }

  /** A refused order's claim goes back; where Postgres has the seat sold, the shard learns that too. */
  async function undoRefused(
    results: readonly { entry: QueuedOrder; outcome: CommitOutcome }[],
  ): Promise<void> {
    const refused: (typeof results)[number][] = [];
    for (const result of results) if (!(await keepsClaim(result))) refused.push(result);
    if (refused.length === 0) return;
    await holds.settleFreed(
      refused.map(({ entry: { draft } }) => ({ eventId: draft.eventId, holdId: HoldId.parse(draft.holdId) })),
    );
    const drifted = new Set(
      refused
        .filter(({ outcome }) => outcome.kind === "seats_taken" || outcome.kind === "area_full")
        .map(({ entry }) => entry.draft.eventId),
    );
    for (const eventId of drifted) {
      log.warn({ eventId }, "the shard promised seats that Postgres has sold; mending it");
      await services.reconcile.mend(eventId);
    }
  }
}
