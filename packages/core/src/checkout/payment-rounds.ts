import type { EventOwner } from "../order/event-owner.ts";
import { EventLost, type OrderStore } from "../order/order-store.ts";
import type { EventId, OrderId } from "../shared/ids.ts";
import type { PaymentFlow } from "./payment-flow.ts";

const PAYMENTS_MAX = 100;
/** Asked about side by side: a provider that is slow with one must not keep the others waiting. */
const SIDE_BY_SIDE = 20;
/** An order this old without an answer has lost one: a stalled call, a webhook that never came. */
const UNANSWERED_MS = 5_000;
const UNCAPTURED_MS = 3_000;

export type PaymentRoundsDeps = {
  readonly orders: Pick<
    OrderStore,
    "overdue" | "unpaid" | "uncaptured" | "openOfClosedEvents" | "unfinished" | "openOrders"
  >;
  readonly payments: Pick<PaymentFlow, "goOn" | "expire">;
  readonly owner: Pick<EventOwner, "isForeign">;
  readonly onError: (error: unknown, orderId: OrderId) => void;
};
/** Of a process that may have to end between two orders. */
type Stop = { readonly aborted: boolean };

/** Payments that nobody asks about any more are asked about here, some at a time. A round is true when more may wait. */
export function makePaymentRounds({ orders, payments, owner, onError }: PaymentRoundsDeps) {
  /** One order's trouble must not stop the others, and another worker's orders are its own. */
  async function each(
    found: readonly OrderId[],
    work: (orderId: OrderId) => Promise<unknown>,
    stop: Stop,
  ): Promise<boolean> {
    const own = (await orders.openOrders(found)).filter(({ eventId }) => !owner.isForeign(eventId));
    const left = own.values();
    const worker = async () => {
      for (const { orderId } of left) {
        if (stop.aborted) return;
        await work(orderId).catch((error: unknown) => {
          if (!(error instanceof EventLost)) onError(error, orderId);
        });
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
    return found.length >= PAYMENTS_MAX;
  }

  return {
    overdue: async (stop: Stop) => each(await orders.overdue(PAYMENTS_MAX), payments.expire, stop),
    // Their event is over: nothing is sold for it, and what was reserved goes back.
    ofClosedEvents: async (stop: Stop) =>
      each(await orders.openOfClosedEvents(PAYMENTS_MAX), payments.goOn, stop).then(() => false),
    // Asked again a second later at the earliest: a provider that is slow gains nothing from haste.
    unanswered: async (stop: Stop) =>
      each(await orders.unpaid(UNANSWERED_MS, PAYMENTS_MAX), payments.goOn, stop).then(() => false),
    uncaptured: async (stop: Stop) =>
      each(await orders.uncaptured(UNCAPTURED_MS, PAYMENTS_MAX), payments.goOn, stop).then(() => false),
    /** Of events that were another worker's until now. */
    takenOver: async (eventIds: readonly EventId[], stop: Stop) =>
      each(await orders.unfinished(eventIds), payments.goOn, stop),
  };
}
