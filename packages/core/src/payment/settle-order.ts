import type { HoldStore } from "../hold/hold-store.ts";
import type { Order } from "../order/order.ts";
import type { OrderStore } from "../order/order-store.ts";
import { must } from "../shared/assert.ts";
import { derivedId } from "../shared/derived-id.ts";
import { EventId, HoldId } from "../shared/ids.ts";
import type { Payment } from "./payment.ts";
import { type PaymentProvider, type ProviderPayment, ProviderUnavailable } from "./payment-provider.ts";

/** The single steps that a payment is made of; each may be repeated. `payment-flow.ts` decides their order. */
export type SettleDeps = {
  readonly orders: OrderStore;
  readonly holds: Pick<HoldStore, "settleSold" | "settleFreed">;
  readonly provider: PaymentProvider;
  /** Something after the money went wrong in a way that a retry will mend; logged by the composition root. */
  readonly onShardError: (error: unknown) => void;
};

/** null: the provider did not say, or knows of no such payment. Either way nothing may be concluded from it. */
export async function askProvider(
  call: () => Promise<ProviderPayment | null>,
): Promise<ProviderPayment | null> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ProviderUnavailable) return null;
    throw error;
  }
}

export function recordPayment(
  { orders, provider }: SettleDeps,
  order: Order,
  answer: ProviderPayment,
): Promise<Payment> {
  return orders.recordPayment({ orderId: order.id, provider: provider.name, answer });
}

/** Gives authorised money back. The payment as it then is, which may be captured; null: the provider did not say. */
export async function voidPayment(deps: SettleDeps, order: Order, payment: Payment): Promise<Payment | null> {
  const providerRef = must(payment.providerRef, "money was authorised under a reference");
  const answer = await askProvider(() =>
    deps.provider.voidPayment({ idempotencyKey: derivedId("void", order.id), providerRef }),
  );
  return answer && recordPayment(deps, order, answer);
}

/** Ends an order that still awaits its payment; seats go back at once. One that has moved on is left alone. */
export async function endOrder(
  deps: SettleDeps,
  order: Order,
  how: { to: "cancelled" | "failed"; reason: string },
): Promise<void> {
  const ended = await deps.orders.endOrders({ orderIds: [order.id], ...how });
  if (ended.length === 0) return;
  const freed = ended.map(({ eventId, holdId }) => ({ eventId, holdId: HoldId.parse(holdId) }));
  await tellShard(deps, () => deps.holds.settleFreed(freed));
}

export async function tellSold(deps: SettleDeps, order: Order): Promise<void> {
  const sold = { eventId: EventId.parse(order.eventId), holdId: HoldId.parse(order.holdId) };
  await tellShard(deps, () => deps.holds.settleSold([sold]));
}

/** The facts are in Postgres; a shard that cannot be told now is mended by reconciliation or rebuilt. */
async function tellShard({ onShardError }: SettleDeps, tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    onShardError(error);
  }
}
