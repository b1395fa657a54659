import type { OpenOrder, OpenPayment } from "../order/open-order.ts";
import type { PaymentProgress } from "./order-answer.ts";

/** Nothing more comes of this attempt. */
export function isDead({ state }: Pick<OpenPayment, "state">): boolean {
  return state === "declined" || state === "voided";
}

/** What a fan is told about an order that nobody is moving right now. */
export function progressOf(order: OpenOrder, waitsFor: "bank" | "queue"): PaymentProgress {
  switch (order.state) {
    case "paid":
    case "refunded":
      return { kind: "paid" };
    case "cancelled":
    case "failed":
      return { kind: "over", reason: order.reason ?? order.state };
    case "committed":
      return { kind: "pending", waitsFor };
    case "awaiting_payment":
      return unpaidProgress(order.payment, waitsFor);
  }
}

function unpaidProgress(payment: OpenPayment | null, waitsFor: "bank" | "queue"): PaymentProgress {
  if (!payment) return { kind: "pending", waitsFor };
  const { attempt, actionUrl, declineReason, state } = payment;
  if (isDead(payment)) return { kind: "declined", reason: declineReason ?? state, attempt };
  // A bank without a page for the fan decides by itself, and is waited for.
  return state === "requires_action" && actionUrl !== null
    ? { kind: "requires_action", actionUrl, attempt }
    : { kind: "pending", waitsFor };
}
