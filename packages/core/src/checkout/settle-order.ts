import type { HoldStore } from "../hold/hold-store.ts";
import type { OpenOrder, OpenPayment } from "../order/open-order.ts";
import type { DeadPayment, OrderStore, Stage } from "../order/order-store.ts";
import type { JobStore } from "../outbox/job-store.ts";
import { ProviderRefusal } from "../payment/provider-refusal.ts";
import {
  type PaymentProvider,
  type ProviderPayment,
  ProviderUnavailable,
} from "../payment/payment-provider.ts";
import { derivedId } from "../shared/derived-id.ts";
import { type OrderStages, StageFailed } from "./order-stages.ts";
import { isDead } from "./payment-progress.ts";

/** The single steps that a payment is made of; each may be repeated. `payment-flow.ts` decides their order. */
export type SettleDeps = {
  readonly orders: Pick<
    OrderStore,
    "openOrders" | "openAttempt" | "endOrders" | "parkOrder" | "settlePayments"
  >;
  readonly stages: OrderStages;
  readonly holds: Pick<HoldStore, "settleSold" | "settleFreed">;
  readonly provider: PaymentProvider;
  readonly jobs: Pick<JobStore, "enqueue">;
  /** A fault on the way to the provider that is none of those it has: its payment is asked about again. */
  readonly onProviderError: (error: unknown) => void;
  /** Something after the money went wrong in a way that a retry will mend; logged by the composition root. */
  readonly onShardError: (error: unknown) => void;
};

/**
 * "silent": the provider did not say, and nothing may be concluded from it, whatever went wrong. null: it knows of no such
 * payment. Throws StageFailed where it refused the call itself: the same call would be refused again.
 */
export async function askProvider(
  { onProviderError }: Pick<SettleDeps, "onProviderError">,
  stage: Stage,
  call: () => Promise<ProviderPayment | null>,
): Promise<ProviderPayment | null | "silent"> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ProviderRefusal) throw new StageFailed(stage, error);
    if (!(error instanceof ProviderUnavailable)) onProviderError(error);
    return "silent";
  }
}

/** How the provider says that the payment stands, also when its first answer never reached us. */
export const findPayment = (deps: SettleDeps, { key, providerRef }: OpenPayment) =>
  askProvider(deps, "authorise", () =>
    providerRef === null ? deps.provider.findByKey(key) : deps.provider.find(providerRef),
  );

/** States in which a provider may still hold money that nobody is going to take. */
const OPEN: readonly ProviderPayment["state"][] = ["requires_action", "authorised"];

/**
 * Sends back what a provider reserved with the latest attempt, also when its answer never reached us, and writes down how the
 * payment is then; "silent" when the provider did not say and has to be asked again.
 */
export async function returnMoney(deps: SettleDeps, order: OpenOrder): Promise<OpenOrder | "silent"> {
  const { payment } = order;
  // One that died without a name at the provider may have been asked for a moment later.
  if (!payment || (isDead(payment) && payment.providerRef !== null)) return order;
  const found = await findPayment(deps, payment);
  if (found === "silent") return "silent";
  const ended =
    found && OPEN.includes(found.state) ? await voidPayment(deps, payment, found.providerRef) : found;
  if (ended === "silent") return "silent";
  const answer = ended ?? neverAsked(order);
  return deps.stages.settle(order.eventId, {
    orderId: order.orderId,
    paid: { attempt: payment.attempt, answer },
  });
}

export async function voidPayment(
  deps: SettleDeps,
  { key }: OpenPayment,
  providerRef: string,
): Promise<ProviderPayment | "silent"> {
  const answer = await askProvider(deps, "end", () =>
    deps.provider.voidPayment({ idempotencyKey: derivedId("void", key), providerRef }),
  );
  return answer ?? "silent";
}

const neverAsked = ({ totalMinor, currency }: OpenOrder): DeadPayment => ({
  providerRef: null,
  state: "voided",
  amountMinor: totalMinor,
  currency,
  actionUrl: null,
  declineReason: null,
});

/** Ends an order whose money was not taken; seats go back at once. false: it has moved on and was left alone. */
export async function endOrder(
  deps: SettleDeps,
  order: OpenOrder,
  how: { to: "cancelled" | "failed"; reason: string },
): Promise<boolean> {
  const ended = await deps.orders.endOrders({ orderIds: [order.orderId], ...how });
  if (ended.length === 0) return false;
  await tellShard(deps, () => deps.holds.settleFreed(ended));
  return true;
}

export async function tellSold(deps: SettleDeps, { eventId, holdId }: OpenOrder): Promise<void> {
  await tellShard(deps, () => deps.holds.settleSold([{ eventId, holdId }]));
}

/** The facts are in Postgres; a shard that cannot be told now is mended by reconciliation or rebuilt. */
async function tellShard({ onShardError }: SettleDeps, tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    onShardError(error);
  }
}
