import { BuyerWords } from "@onsale/core/order/order-draft";
import { PaymentMethod } from "@onsale/core/payment/payment";
import { EventId, HoldId, IdempotencyKey, OrderId } from "@onsale/core/shared/ids";
import { z } from "zod";

export const StartCheckout = z.strictObject({
  eventId: EventId,
  holdId: HoldId,
  quoteHash: z.string().regex(/^[0-9a-f]{64}$/),
  idempotencyKey: IdempotencyKey,
  method: PaymentMethod,
  ...BuyerWords.shape,
});
export const PayOrder = z.strictObject({
  orderId: OrderId,
  method: PaymentMethod,
  /** The try to pay that this one follows: two that follow the same one are one. */
  after: z.int().min(0).max(99),
});
export const CheckoutProgress = z.object({
  orderId: OrderId,
  state: z.enum(["paid", "requires_action", "pending", "declined", "over"]),
  actionUrl: z.string().nullable(),
  /** Why it was declined or is over, as a code. */
  reason: z.string().nullable(),
  /**
   * The try to pay that failed or that waits to be confirmed, for PayOrder.after; null of all others. The seats are kept until the
   * order's time is over.
   */
  attempt: z.int().nullable(),
  /** Of a pending one: the bank has not said yet, or nobody has got to the order yet. */
  waitsFor: z.enum(["bank", "queue"]).nullable(),
});
export type CheckoutProgress = z.infer<typeof CheckoutProgress>;
