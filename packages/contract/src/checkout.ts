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
export const CheckoutProgress = z.object({
  orderId: OrderId,
  state: z.enum(["paid", "requires_action", "pending", "declined", "over"]),
  actionUrl: z.string().nullable(),
  reason: z.string().nullable(),
});
export type CheckoutProgress = z.infer<typeof CheckoutProgress>;
