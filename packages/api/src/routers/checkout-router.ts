import { BuyerWords } from "@onsale/core/order/order-draft";
import { PaymentMethod } from "@onsale/core/payment/payment";
import type { CheckoutResult } from "@onsale/core/checkout/checkout-service";
import { EventId, HoldId, IdempotencyKey, OrderId } from "@onsale/core/shared/ids";
import { z } from "zod";
import { fanProcedure, router } from "../trpc.ts";

const Progress = z.object({
  orderId: z.string(),
  state: z.enum(["paid", "requires_action", "pending", "declined", "over"]),
  actionUrl: z.string().nullable(),
  reason: z.string().nullable(),
});

export const checkoutRouter = router({
  /** Claims the held seats, writes the order and pays it as far as it goes. Repeat with the same key until it answers. */
  start: fanProcedure
    .meta({ limit: "checkout", guard: "checkout", outcome: "payment" })
    .input(
      z.strictObject({
        eventId: EventId,
        holdId: HoldId,
        quoteHash: z.string().regex(/^[0-9a-f]{64}$/),
        idempotencyKey: IdempotencyKey,
        method: PaymentMethod,
        ...BuyerWords.shape,
      }),
    )
    .output(Progress)
    .mutation(async ({ ctx: { services, actor, call }, input }) =>
      view(await services.checkout.start(actor, call, input)),
    ),

  /** After a confirmation elsewhere, or while waiting: asks the provider how the payment stands and goes on from there. */
  refresh: fanProcedure
    .meta({ limit: "confirm", outcome: "payment" })
    .input(z.strictObject({ orderId: OrderId }))
    .output(Progress)
    .mutation(async ({ ctx: { services, actor }, input }) =>
      view(await services.checkout.refresh(actor, input.orderId)),
    ),

  cancel: fanProcedure
    .meta({ limit: "confirm" })
    .input(z.strictObject({ orderId: OrderId }))
    .output(Progress)
    .mutation(async ({ ctx: { services, actor }, input }) =>
      view(await services.checkout.cancel(actor, input.orderId)),
    ),
});

function view({ orderId, progress }: CheckoutResult): z.infer<typeof Progress> {
  return {
    orderId,
    state: progress.kind,
    actionUrl: progress.kind === "requires_action" ? progress.actionUrl : null,
    reason: progress.kind === "declined" || progress.kind === "over" ? progress.reason : null,
  };
}
