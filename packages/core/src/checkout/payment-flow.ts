import type { EventOwner } from "../order/event-owner.ts";
import type { OpenOrder, OpenPayment } from "../order/open-order.ts";
import { paymentKey } from "../payment/payment-key.ts";
import type { ProviderPayment } from "../payment/payment-provider.ts";
import { must } from "../shared/assert.ts";
import { derivedId } from "../shared/derived-id.ts";
import { type OrderId, TicketId } from "../shared/ids.ts";
import { giveUp, type GiveUpDeps, overOf, park, requireOrder, returnMoneyOf } from "./give-up.ts";
import { makeInHand } from "./one-at-a-time.ts";
import type { PaymentProgress } from "./order-answer.ts";
import { StageFailed } from "./order-stages.ts";
import { isDead, progressOf } from "./payment-progress.ts";
import { askProvider, endOrder, findPayment, returnMoney, tellSold, voidPayment } from "./settle-order.ts";

export type PaymentFlowDeps = GiveUpDeps & {
  readonly owner: Pick<EventOwner, "fencesOf">;
  readonly returnUrl: (orderId: OrderId) => string;
};

/**
 * Moves one order as far as it will go, from whatever state it is in; Postgres is written by stages that many orders share
 * (order-stages.ts). Every step may be repeated: the provider sees the same idempotency keys, Postgres the same conditional
 * statements. A process may die after any line, and whoever goes on reads where the order stands.
 */
export function makePaymentFlow(deps: PaymentFlowDeps) {
  const inHand = makeInHand();
  /** What fails because of the order itself would fail again: it is put aside. */
  const orPark = (orderId: OrderId, work: () => Promise<PaymentProgress>) => () =>
    work().catch((error: unknown) => {
      if (error instanceof StageFailed)
        return park(deps, orderId, { stage: error.stage, error: error.message });
      throw error;
    });
  const withOrder = (orderId: OrderId, work: (order: OpenOrder) => Promise<PaymentProgress>) =>
    inHand.after(
      orderId,
      orPark(orderId, async () => {
        const order = await requireOrder(deps, orderId);
        return order.isParked ? progressOf(order, "bank") : work(order);
      }),
    );

  return {
    /** An order that was written a moment ago and is known as it stands. */
    begin: (order: OpenOrder) =>
      inHand.after(
        order.orderId,
        orPark(order.orderId, () => goOn(deps, order, true)),
      ),
    /** What is known or was lost is finished; nobody is asked for money who was not asked before. */
    goOn: (orderId: OrderId) => inHand.of(orderId) ?? withOrder(orderId, (order) => goOn(deps, order)),
    /** The fan pays with this, as attempt number `attempt`. */
    pay: (orderId: OrderId, how: { method: string; attempt: number }) =>
      withOrder(orderId, (order) => payAgain(deps, order, how)),
    /** Before an order is given up for want of payment the provider is asked; a paid order is finished instead. */
    expire: (orderId: OrderId) => withOrder(orderId, (order) => expire(deps, order, "expired")),
    /** The fan gives the seats back; the same, for another reason. */
    giveBack: (orderId: OrderId) => withOrder(orderId, (order) => expire(deps, order, "released")),
    returnMoney: (orderId: OrderId) => returnMoneyOf(deps, orderId),
  };
}
export type PaymentFlow = ReturnType<typeof makePaymentFlow>;

/** `isNew`: nobody can have asked the provider for its attempt yet. */
async function goOn(deps: PaymentFlowDeps, order: OpenOrder, isNew = false): Promise<PaymentProgress> {
  switch (order.state) {
    case "awaiting_payment": {
      const eventOver = overOf(order);
      // Nothing is sold for an event that is over, so nobody is asked for money any more.
      return eventOver ? endUnpaid(deps, order, eventOver) : awaitMoney(deps, order, isNew);
    }
    case "committed":
      // Who bought before an event ended has bought. A cancelled one takes no more money.
      return order.eventState === "cancelled" ? cancelCommitted(deps, order) : capture(deps, order);
    case "paid":
    case "refunded":
      return { kind: "paid" };
    case "failed":
    case "cancelled":
      return over(deps, order);
  }
}

async function awaitMoney(deps: PaymentFlowDeps, order: OpenOrder, isNew: boolean): Promise<PaymentProgress> {
  const { payment, orderId, eventId } = order;
  // What costs nothing never meets a bank.
  if (order.totalMinor === 0)
    return afterSettling(deps, await deps.stages.settle(eventId, { orderId, paid: null }), null);
  if (!payment || isDead(payment)) return progressOf(order, "bank");
  const answer = await authorise(deps, order, { payment, isNew });
  if (answer === null || answer === "silent") return { kind: "pending", waitsFor: "bank" };
  const paid = { attempt: payment.attempt, answer };
  return afterSettling(deps, await deps.stages.settle(eventId, { orderId, paid }), {
    before: payment,
    answer,
  });
}

/**
 * An attempt that may have been asked for is looked for first: its answer was lost, or whoever asked died. Where the provider
 * knows nothing of it, it is made within its time, under the same key.
 */
async function authorise(
  deps: PaymentFlowDeps,
  order: OpenOrder,
  { payment, isNew }: { payment: OpenPayment; isNew: boolean },
): Promise<ProviderPayment | null | "silent"> {
  if (!isNew) {
    const found = await findPayment(deps, payment);
    if (found !== null || payment.providerRef !== null || order.isLate) return found;
  }
  const { orderId, totalMinor, currency } = order;
  const { attempt, key, method } = payment;
  return askProvider(deps, "authorise", () =>
    deps.provider.authorise({
      idempotencyKey: key,
      orderId,
      attempt,
      amountMinor: totalMinor,
      currency,
      method,
      returnUrl: deps.returnUrl(orderId),
    }),
  );
}

type Asked = { readonly before: OpenPayment; readonly answer: ProviderPayment };

async function afterSettling(
  deps: PaymentFlowDeps,
  order: OpenOrder,
  asked: Asked | null,
): Promise<PaymentProgress> {
  if (order.state !== "awaiting_payment") {
    if (order.state === "committed") return sold(deps, order);
    if (asked) await sendBackLate(deps, order, asked);
    return goOn(deps, order);
  }
  const eventOver = overOf(order);
  if (eventOver) return endUnpaid(deps, order, eventOver);
  const { payment } = order;
  if (!payment || !asked) return endUnpaid(deps, order, { to: "failed", reason: "seats_lost" });
  if (isDead(payment)) {
    await sendBackLate(deps, order, asked);
    return progressOf(order, "bank");
  }
  if (payment.state === "authorised" || payment.state === "captured")
    return endUnpaid(deps, order, { to: "failed", reason: "seats_lost" });
  if (asked.answer.state !== payment.state && asked.answer.state !== "requires_action")
    return park(deps, order.orderId, { stage: "settle", error: wrongAnswer(asked) });
  return progressOf(order, "bank");
}

const wrongAnswer = ({ before, answer }: Asked) =>
  `the provider says ${answer.state} over ${answer.amountMinor} ${answer.currency} of attempt ${before.attempt}`;

/** The seats are the order's for good, and only then is the money taken. */
async function sold(deps: PaymentFlowDeps, order: OpenOrder): Promise<PaymentProgress> {
  const [progress] = await Promise.all([goOn(deps, order), tellSold(deps, order)]);
  return progress;
}

async function capture(deps: PaymentFlowDeps, order: OpenOrder): Promise<PaymentProgress> {
  const { orderId, totalMinor, payment } = order;
  if (totalMinor === 0) return confirm(deps, order, null);
  const { key, attempt, providerRef } = must(payment, "a committed order has a payment");
  const ref = must(providerRef, "an authorised payment has its name at the provider");
  const answer = await askProvider(deps, "capture", () =>
    deps.provider.capture({
      idempotencyKey: derivedId("capture", key),
      providerRef: ref,
      amountMinor: totalMinor,
    }),
  );
  if (answer === null || answer === "silent") return { kind: "pending", waitsFor: "bank" };
  if (answer.state === "captured") return confirm(deps, order, { attempt, answer });
  // The authorisation lapsed: there is no money behind these seats any more.
  if (answer.state === "voided" || answer.state === "declined") {
    const now = await deps.stages.settle(order.eventId, { orderId, paid: { attempt, answer } });
    await endOrder(deps, now, { to: "failed", reason: "voided" });
    return { kind: "over", reason: "voided" };
  }
  return { kind: "pending", waitsFor: "bank" };
}

async function confirm(
  deps: PaymentFlowDeps,
  order: OpenOrder,
  paid: { attempt: number; answer: ProviderPayment } | null,
): Promise<PaymentProgress> {
  const { orderId, eventId, itemCount } = order;
  const now = await deps.stages.confirm(eventId, { orderId, paid, ticketIds: ticketIds(orderId, itemCount) });
  if (now.state === "paid" || now.state === "refunded") return { kind: "paid" };
  return park(deps, now.orderId, {
    stage: "confirm",
    error: paid
      ? wrongAnswer({ before: must(now.payment, "it was captured"), answer: paid.answer })
      : now.state,
  });
}

/**
 * Seats were sold and the event was cancelled before the money was taken. The provider decides which came first. A
 * payment that it voids ends the order and frees its seats. One that it had captured becomes tickets, which are
 * refunded like all others of that event.
 */
async function cancelCommitted(deps: PaymentFlowDeps, order: OpenOrder): Promise<PaymentProgress> {
  const reason = "event_cancelled";
  if (order.totalMinor > 0) {
    const payment = must(order.payment, "a committed order has a payment");
    const ref = must(payment.providerRef, "an authorised payment has its name at the provider");
    const answer = await voidPayment(deps, payment, ref);
    if (answer === "silent") return { kind: "pending", waitsFor: "bank" };
    const paid = { attempt: payment.attempt, answer };
    if (answer.state === "captured") return confirm(deps, order, paid);
    await deps.stages.settle(order.eventId, { orderId: order.orderId, paid });
  }
  return (await endOrder(deps, order, { to: "failed", reason }))
    ? { kind: "over", reason }
    : { kind: "pending", waitsFor: "bank" };
}

/** Money authorised for an order that is over goes back at once, however late it arrives. */
async function over(deps: PaymentFlowDeps, order: OpenOrder): Promise<PaymentProgress> {
  if (order.payment && !isDead(order.payment)) await returnMoney(deps, order);
  return progressOf(order, "bank");
}

/** The provider reserved money for an attempt that had been given up by then. */
async function sendBackLate(
  deps: PaymentFlowDeps,
  { payment }: OpenOrder,
  { before, answer }: Asked,
): Promise<void> {
  const isOpen = answer.state === "requires_action" || answer.state === "authorised";
  if (isOpen && payment && isDead(payment)) await voidPayment(deps, before, answer.providerRef);
}

/** The attempt before is voided or found dead first: no fan is charged twice. */
async function payAgain(
  deps: PaymentFlowDeps,
  order: OpenOrder,
  { method, attempt }: { method: string; attempt: number },
): Promise<PaymentProgress> {
  const last = order.payment;
  if (order.state !== "awaiting_payment" || order.totalMinor === 0 || attempt <= (last?.attempt ?? 0))
    return goOn(deps, order);
  if (order.isLate) return expire(deps, order, "expired");
  const ended = await returnMoney(deps, order);
  if (ended === "silent") return { kind: "pending", waitsFor: "bank" };
  if (ended.payment && !isDead(ended.payment)) return goOn(deps, ended);
  const { orderId, eventId } = order;
  const key = paymentKey(orderId, attempt);
  const next = { orderId, attempt, method, key, provider: deps.provider.name };
  await deps.orders.openAttempt(next, deps.owner.fencesOf(eventId));
  return goOn(deps, await requireOrder(deps, orderId));
}

async function expire(
  deps: PaymentFlowDeps,
  order: OpenOrder,
  reason: "expired" | "released",
): Promise<PaymentProgress> {
  if (order.state !== "awaiting_payment" || overOf(order)) return goOn(deps, order);
  const { payment, orderId } = order;
  if (payment && !isDead(payment)) {
    // The provider may know of money that we do not: keep the seats and ask again until it has said.
    const answer = await findPayment(deps, payment);
    if (answer === "silent") return { kind: "pending", waitsFor: "bank" };
    if (answer?.state === "authorised" || answer?.state === "captured") {
      const paid = { attempt: payment.attempt, answer };
      const now = await deps.stages.settle(order.eventId, { orderId, paid });
      return afterSettling(deps, now, { before: payment, answer });
    }
  }
  // Who tried and was declined did not give up: the waitlist keeps their place (docs/waitlist.md).
  return payment?.state === "declined"
    ? endUnpaid(deps, order, { to: "failed", reason: "declined" })
    : endUnpaid(deps, order, { to: "cancelled", reason });
}

/** Whoever was faster decided: an order that ended gives its money back here, one that was sold goes on. */
async function endUnpaid(
  deps: PaymentFlowDeps,
  order: OpenOrder,
  how: { to: "cancelled" | "failed"; reason: string },
): Promise<PaymentProgress> {
  const now = await giveUp(deps, order, how);
  return now.isParked ? progressOf(now, "bank") : goOn(deps, now);
}

/** Ids are functions of the order, so that a repeated confirmation names the same tickets. */
export function ticketIds(orderId: OrderId, count: number): TicketId[] {
  return Array.from({ length: count }, (_, index) =>
    TicketId.parse(derivedId("ticket", orderId, String(index))),
  );
}
