import type { HoldStore } from "../hold/hold-store.ts";
import type { CommitOutcome, OrderDraft } from "../order/order-draft.ts";
import type { OrderStore } from "../order/order-store.ts";
import type { EventId, HoldId } from "../shared/ids.ts";

export type UndoDeps = {
  readonly orders: Pick<OrderStore, "openOrders">;
  readonly holds: Pick<HoldStore, "settleFreed">;
  /** The shard promised a seat that Postgres has sold: it is told so. */
  readonly mend: (eventId: EventId) => Promise<unknown>;
};
export type Refused = { readonly draft: OrderDraft; readonly outcome: CommitOutcome };

/** A refused order's claim goes back; where Postgres has the seat sold, the shard learns that too. */
export async function undoRefused(
  deps: UndoDeps,
  eventId: EventId,
  refused: readonly Refused[],
): Promise<void> {
  if (refused.length === 0) return;
  const kept = await holdsOfReusedKeys(deps, refused);
  await deps.holds.settleFreed(
    refused.map(({ draft: { holdId } }) => ({ eventId, holdId })).filter(({ holdId }) => !kept.has(holdId)),
  );
  if (refused.some(({ outcome: { kind } }) => kind === "seats_taken" || kind === "area_full"))
    await deps.mend(eventId);
}

/**
 * A key that was sent again with another request names an order already. That order's hold stays; any other is given
 * back.
 */
async function holdsOfReusedKeys({ orders }: UndoDeps, refused: readonly Refused[]): Promise<Set<HoldId>> {
  const reused = refused.filter(({ outcome }) => outcome.kind === "key_reused");
  if (reused.length === 0) return new Set();
  const named = await orders.openOrders(reused.map(({ outcome }) => outcome.orderId));
  return new Set(named.map(({ holdId }) => holdId));
}
