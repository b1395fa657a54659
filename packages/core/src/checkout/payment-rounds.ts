import type { OrderId } from "../shared/ids.ts";
import type { OrderStore } from "../order/order-store.ts";
import type { PaymentFlow } from "./payment-flow.ts";

const PAYMENTS_MAX = 100;
/** An order this old without an answer has lost one: a stalled call, a webhook that never came. */
const UNANSWERED_MS = 5_000;
const UNCAPTURED_MS = 3_000;

export type PaymentRoundsDeps = {
  readonly orders: Pick<OrderStore, "overdue" | "unpaid" | "uncaptured" | "openOfClosedEvents">;
  readonly payments: Pick<PaymentFlow, "advance" | "expire">;
  readonly onError: (error: unknown, orderId: OrderId) => void;
};
/** Of a process that may have to end between two orders. */
type Stop = { readonly aborted: boolean };

/** Payments that nobody asks about any more are asked about here, some at a time. A round is true when more may wait. */
export function makePaymentRounds({ orders, payments, onError }: PaymentRoundsDeps) {
  /** One order's trouble must not stop the others. */
  async function each(
    found: readonly { order: { id: OrderId } }[],
    work: (orderId: OrderId) => Promise<unknown>,
    stop: Stop,
  ): Promise<boolean> {
    for (const { order } of found) {
      if (stop.aborted) break;
      await work(order.id).catch((error: unknown) => onError(error, order.id));
    }
    return found.length >= PAYMENTS_MAX;
  }
  const goOn = (orderId: OrderId) => payments.advance(orderId, null);

  return {
    overdue: async (stop: Stop) =>
      each(await orders.overdue(PAYMENTS_MAX), (id) => payments.expire(id), stop),
    // Their event is over: nothing is sold for it, and what was reserved goes back.
    ofClosedEvents: async (stop: Stop) =>
      each(await orders.openOfClosedEvents(PAYMENTS_MAX), goOn, stop).then(() => false),
    // Asked again a second later at the earliest: a provider that is slow gains nothing from haste.
    unanswered: async (stop: Stop) =>
      each(await orders.unpaid(UNANSWERED_MS, PAYMENTS_MAX), goOn, stop).then(() => false),
    uncaptured: async (stop: Stop) =>
      each(await orders.uncaptured(UNCAPTURED_MS, PAYMENTS_MAX), goOn, stop).then(() => false),
  };
}
