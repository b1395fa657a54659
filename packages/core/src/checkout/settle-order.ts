import type { HoldStore } from "../hold/hold-store.ts";
import type { Order } from "../order/order.ts";
import type { JobStore } from "../outbox/job-store.ts";
import type { OrderStore } from "../order/order-store.ts";
import { derivedId } from "../shared/derived-id.ts";
import type { Payment } from "../payment/payment.ts";
import {
  type PaymentProvider,
  type ProviderPayment,
  ProviderUnavailable,
} from "../payment/payment-provider.ts";

/** The single steps that a payment is made of; each may be repeated. `payment-flow.ts` decides their order. */
export type SettleDeps = {
  readonly orders: OrderStore;
  readonly holds: Pick<HoldStore, "settleSold" | "settleFreed">;
  readonly provider: PaymentProvider;
  readonly jobs: Pick<JobStore, "enqueue">;
  /** Something after the money went wrong in a way that a retry will mend; logged by the composition root. */
  readonly onShardError: (error: unknown) => void;
};

/** "silent": the provider did not say, and nothing may be concluded from it. null: it knows of no such payment. */
export async function askProvider(
  call: () => Promise<ProviderPayment | null>,
): Promise<ProviderPayment | null | "silent"> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ProviderUnavailable) return "silent";
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

/** States in which a provider may still hold money that nobody is going to take. */
const OPEN: readonly ProviderPayment["state"][] = ["requires_action", "authorised"];

/**
 * Sends back what a provider reserved for an order that is over, also when its answer never reached us. The payment as
 * it then is, null when there was none; "silent" when the provider did not say and has to be asked again.
 */
export async function returnMoney(deps: SettleDeps, order: Order): Promise<Payment | null | "silent"> {
  const found = await askProvider(() => deps.provider.findByOrder(order.id));
  if (found === "silent" || found === null) return found;
  if (!OPEN.includes(found.state)) return recordPayment(deps, order, found);
  const { providerRef } = found;
  const answer = await askProvider(() =>
    deps.provider.voidPayment({ idempotencyKey: derivedId("void", order.id), providerRef }),
  );
  return answer === "silent" || answer === null ? "silent" : recordPayment(deps, order, answer);
}

/** Ends an order whose money was not taken; seats go back at once. false: it has moved on and was left alone. */
export async function endOrder(
  deps: SettleDeps,
  order: Order,
  how: { to: "cancelled" | "failed"; reason: string },
): Promise<boolean> {
  const ended = await deps.orders.endOrders({ orderIds: [order.id], ...how });
  if (ended.length === 0) return false;
  await tellShard(deps, () => deps.holds.settleFreed(ended));
  return true;
}

export async function tellSold(deps: SettleDeps, order: Order): Promise<void> {
  const sold = { eventId: order.eventId, holdId: order.holdId };
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
