import { type OrderId, TicketId } from "../shared/ids.ts";
import type { EventState } from "../event/event.ts";
import type { Order } from "../order/order.ts";
import type { OrderWithPayment } from "../order/order-store.ts";
import { must } from "../shared/assert.ts";
import { derivedId } from "../shared/derived-id.ts";
import { AppError } from "../shared/errors.ts";
import type { Payment } from "../payment/payment.ts";
import type { ProviderPayment } from "../payment/payment-provider.ts";
import {
  askProvider,
  endOrder,
  recordPayment,
  returnMoney,
  type SettleDeps,
  tellSold,
} from "./settle-order.ts";

/** Where an order's money stands after everything that could be done now was done. */
export type PaymentProgress =
  | { readonly kind: "paid" }
  /** The fan has to confirm with their bank. */
  | { readonly kind: "requires_action"; readonly actionUrl: string }
  /** The provider has not answered; the worker asks again. Nothing is lost and nothing is charged twice. */
  | { readonly kind: "pending" }
  | { readonly kind: "declined"; readonly reason: string }
  /** Cancelled or failed before the money was taken. */
  | { readonly kind: "over"; readonly reason: string };

/** The job that sends back what was reserved for an order that is over. */
export const RETURN_MONEY = "payment.return";
const RETURN_MONEY_AFTER_MS = 5_000;

export type PaymentFlowDeps = SettleDeps & { readonly returnUrl: (orderId: OrderId) => string };

/**
 * Moves one order as far as it will go, from whatever state it is in. Every step may be repeated: the provider sees the
 * same idempotency keys, Postgres the same conditional statements. So checkout, webhook and worker all call `advance`,
 * at any time and at the same time, and a process may die after any line.
 */
export function makePaymentFlow(deps: PaymentFlowDeps) {
  return {
    /** `method` null: nobody asks for money; what is known or was lost is finished. */
    advance: (orderId: OrderId, method: string | null) => advance(deps, orderId, method),
    /** Before an order is given up for want of payment the provider is asked; a paid order is finished instead. */
    expire: (orderId: OrderId) => expire(deps, orderId),
    returnMoney: (orderId: OrderId) => returnMoneyOf(deps, orderId),
  };
}
export type PaymentFlow = ReturnType<typeof makePaymentFlow>;

async function advance(
  deps: PaymentFlowDeps,
  orderId: OrderId,
  method: string | null,
): Promise<PaymentProgress> {
  const found = await deps.orders.find(orderId);
  if (!found) throw new AppError("order.not_found");
  const eventOver = overOf(found.eventState);
  switch (found.order.state) {
    case "awaiting_payment":
      // Nothing is sold for an event that is over, so nobody is asked for money any more.
      return eventOver ? giveUp(deps, found.order, eventOver) : authorise(deps, found, method);
    case "committed":
      // Who bought before an event ended has bought. A cancelled one takes no more money.
      return found.eventState === "cancelled"
        ? cancelCommitted(deps, found.order, found.payment)
        : capture(deps, found.order, found.payment);
    case "paid":
    case "refunded":
      return { kind: "paid" };
    case "failed":
    case "cancelled":
      return over(deps, found);
  }
}

/** How the open orders of an event in this state end; null while it may be sold. */
function overOf(state: EventState): { to: "cancelled"; reason: string } | null {
  if (state === "cancelled") return { to: "cancelled", reason: "event_cancelled" };
  return state === "ended" ? { to: "cancelled", reason: "event_ended" } : null;
}

async function authorise(
  deps: PaymentFlowDeps,
  found: OrderWithPayment,
  method: string | null,
): Promise<PaymentProgress> {
  const { order } = found;
  const answer = await askProvider(() => findOrAuthorise(deps, found, method));
  if (answer === null || answer === "silent") return { kind: "pending" };
  const payment = await recordPayment(deps, order, answer);
  switch (payment.state) {
    case "requires_action":
      return askForAction(deps, payment);
    case "declined":
      await endOrder(deps, order, { to: "failed", reason: "declined" });
      return { kind: "declined", reason: payment.declineReason ?? "declined" };
    case "authorised":
    case "captured":
      return commit(deps, order, payment);
    case "voided":
      await endOrder(deps, order, { to: "cancelled", reason: "voided" });
      return { kind: "over", reason: "voided" };
    case "created":
    case "refunded":
      return { kind: "pending" };
  }
}

/**
 * A slow bank may answer after the order was given up; its fan must not be sent there. A bank without a page for the fan
 * decides by itself, and is waited for.
 */
async function askForAction(deps: PaymentFlowDeps, payment: Payment): Promise<PaymentProgress> {
  const found = must(await deps.orders.find(payment.orderId), "orders are never deleted");
  if (found.order.state === "cancelled" || found.order.state === "failed") return over(deps, found);
  const { actionUrl } = payment;
  return actionUrl === null ? { kind: "pending" } : { kind: "requires_action", actionUrl };
}

async function findOrAuthorise(
  { provider, returnUrl }: PaymentFlowDeps,
  { order, payment }: OrderWithPayment,
  method: string | null,
): Promise<ProviderPayment | null> {
  if (payment?.providerRef) return provider.find(payment.providerRef);
  // Without a method nobody asks for money: the worker only looks for a payment whose answer was lost.
  if (method === null) return provider.findByOrder(order.id);
  return provider.authorise({
    idempotencyKey: derivedId("authorise", order.id),
    orderId: order.id,
    amountMinor: order.totalMinor,
    currency: order.currency,
    method,
    returnUrl: returnUrl(order.id),
  });
}

/** The seats become the order's for good, and only then is the money taken. */
async function commit(deps: PaymentFlowDeps, order: Order, payment: Payment): Promise<PaymentProgress> {
  const outcome = must((await deps.orders.commitSeats([order.id]))[0], "one order, one outcome");
  if (outcome.kind === "seats_lost") return giveUp(deps, order, { to: "failed", reason: "seats_lost" });
  // The event was over in that moment; read again, the order says how it ends.
  if (outcome.kind === "event_over") return advance(deps, order.id, null);
  await tellSold(deps, order);
  return capture(deps, order, payment);
}

async function capture(
  deps: PaymentFlowDeps,
  order: Order,
  payment: Payment | null,
): Promise<PaymentProgress> {
  const providerRef = must(payment?.providerRef, "a committed order has a payment");
  const captured = await askProvider(() =>
    deps.provider.capture({
      idempotencyKey: derivedId("capture", order.id),
      providerRef,
      amountMinor: order.totalMinor,
    }),
  );
  if (captured === null || captured === "silent" || captured.state !== "captured") return { kind: "pending" };
  await recordPayment(deps, order, captured);
  return confirm(deps, order);
}

async function confirm(deps: PaymentFlowDeps, order: Order): Promise<PaymentProgress> {
  await deps.orders.confirmPaid([{ orderId: order.id, ticketIds: ticketIds(order) }]);
  return { kind: "paid" };
}

/**
 * Seats were sold and the event was cancelled before the money was taken. The provider decides which came first. A
 * payment that it voids ends the order and frees its seats. One that it had captured becomes tickets, which are
 * refunded like all others of that event.
 */
async function cancelCommitted(
  deps: PaymentFlowDeps,
  order: Order,
  payment: Payment | null,
): Promise<PaymentProgress> {
  const providerRef = must(payment?.providerRef, "a committed order has a payment");
  const answer = await askProvider(() =>
    deps.provider.voidPayment({ idempotencyKey: derivedId("void", order.id), providerRef }),
  );
  if (answer === null || answer === "silent") return { kind: "pending" };
  const { state } = await recordPayment(deps, order, answer);
  if (state === "captured") return confirm(deps, order);
  const reason = "event_cancelled";
  return (await endOrder(deps, order, { to: "failed", reason }))
    ? { kind: "over", reason }
    : { kind: "pending" };
}

async function over(deps: PaymentFlowDeps, { order, payment }: OrderWithPayment): Promise<PaymentProgress> {
  if (payment?.state === "declined") return { kind: "declined", reason: payment.declineReason ?? "declined" };
  // Money authorised for an order that is over goes back at once, however late it arrives.
  if (payment?.state !== "voided") await returnMoney(deps, order);
  return { kind: "over", reason: order.reason ?? order.state };
}

async function expire(deps: PaymentFlowDeps, orderId: OrderId): Promise<PaymentProgress> {
  const progress = await advance(deps, orderId, null);
  if (progress.kind !== "pending" && progress.kind !== "requires_action") return progress;
  const found = must(await deps.orders.find(orderId), "it was found a moment ago");
  // Its seats were sold to it while we asked; now only the capture is open, and that money must not be given back.
  if (found.order.state !== "awaiting_payment") return progress;
  // The provider may know of money that we do not: keep the seats and ask again until it has said.
  if ((await askProvider(() => findOrAuthorise(deps, found, null))) === "silent") return { kind: "pending" };
  return giveUp(deps, found.order, { to: "cancelled", reason: "expired" });
}

/**
 * First the order ends in Postgres, by the one statement that cannot happen together with selling its seats; only then
 * is reserved money sent back. The job stands before either, so that a death in between forgets no money.
 */
async function giveUp(
  deps: PaymentFlowDeps,
  order: Order,
  how: { to: "cancelled" | "failed"; reason: string },
): Promise<PaymentProgress> {
  await deps.jobs.enqueue({
    kind: RETURN_MONEY,
    payload: { orderId: order.id },
    effectKey: `${RETURN_MONEY}:${order.id}`,
    runInMs: RETURN_MONEY_AFTER_MS,
  });
  const ended = await endOrder(deps, order, how);
  const { order: now } = must(await deps.orders.find(order.id), "orders are never deleted");
  // Neither ended nor moved on: its money was taken without its seats. A person decides; invariant I4 names it.
  if (!ended && now.state === "awaiting_payment") return { kind: "pending" };
  // Whoever was faster decided: an order that ended gives its money back here, one that was sold goes on.
  return advance(deps, order.id, null);
}

/** The job of that kind: throws while the provider is silent, so that it is tried again. */
async function returnMoneyOf(deps: PaymentFlowDeps, orderId: OrderId): Promise<void> {
  const found = await deps.orders.find(orderId);
  if (found?.order.state !== "cancelled" && found?.order.state !== "failed") return;
  if ((await returnMoney(deps, found.order)) === "silent") {
    throw new AppError("payment.unavailable");
  }
}

/** Ids are functions of the order, so that a repeated confirmation names the same tickets. */
export function ticketIds(order: Order): TicketId[] {
  return order.items.map((item) => TicketId.parse(derivedId("ticket", order.id, String(item.index))));
}
