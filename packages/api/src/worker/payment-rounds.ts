import type { Container } from "../compose/container.ts";

const PAYMENTS_MAX = 100;
/** An order this old without an answer has lost one: a stalled call, a webhook that never came. */
const UNANSWERED_MS = 5_000;
const UNCAPTURED_MS = 3_000;

/** Payments that nobody asks about any more are asked about here, some at a time. A round is true when more may wait. */
export function makePaymentRounds({ orders, services, log }: Container, signal: AbortSignal) {
  /** One order's trouble must not stop the others. */
  async function each(
    found: readonly { order: { id: string } }[],
    work: (orderId: string) => Promise<unknown>,
  ): Promise<boolean> {
    for (const { order } of found) {
      if (signal.aborted) break;
      await work(order.id).catch((error: unknown) =>
        log.error({ err: error, orderId: order.id }, "payment step failed"),
      );
    }
    return found.length >= PAYMENTS_MAX;
  }
  const goOn = (orderId: string) => services.payments.advance(orderId, null);

  return {
    overdue: async () => each(await orders.overdue(PAYMENTS_MAX), (id) => services.payments.expire(id)),
    // Their event is over: nothing is sold for it, and what was reserved goes back.
    ofClosedEvents: async () => each(await orders.openOfClosedEvents(PAYMENTS_MAX), goOn).then(() => false),
    // Asked again a second later at the earliest: a provider that is slow gains nothing from haste.
    unanswered: async () => each(await orders.unpaid(UNANSWERED_MS, PAYMENTS_MAX), goOn).then(() => false),
    uncaptured: async () =>
      each(await orders.uncaptured(UNCAPTURED_MS, PAYMENTS_MAX), goOn).then(() => false),
  };
}
