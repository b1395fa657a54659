import { PaymentMethod } from "@onsale/core/payment/payment";
import type { PaymentProgress } from "@onsale/core/payment/payment-flow";
import { AppError } from "@onsale/core/shared/errors";
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
    .meta({ limit: "checkout" })
    .input(
      z.strictObject({
        eventId: EventId,
        holdId: HoldId,
        quoteHash: z.string().regex(/^[0-9a-f]{64}$/),
        idempotencyKey: IdempotencyKey,
        method: PaymentMethod,
      }),
    )
    .output(Progress)
    .mutation(async ({ ctx: { container, account, pass }, input }) => {
      const { orderId, progress } = await container.services.checkout.start({ account, pass }, input);
      return view(orderId, progress);
    }),

  /** After a confirmation elsewhere, or while waiting: asks the provider how the payment stands and goes on from there. */
  refresh: fanProcedure
    .meta({ limit: "read" })
    .input(z.strictObject({ orderId: OrderId }))
    .output(Progress)
    .mutation(async ({ ctx: { container, account }, input }) => {
      const own = await container.orders.findOwn(input.orderId, account.id);
      if (!own) throw new AppError("order.not_found", "There is no such order.");
      return view(input.orderId, await container.services.payments.advance(input.orderId, null));
    }),

  cancel: fanProcedure
    .meta({ limit: "checkout" })
    .input(z.strictObject({ orderId: OrderId }))
    .output(Progress)
    .mutation(async ({ ctx: { container, account }, input }) => {
      const own = await container.orders.findOwn(input.orderId, account.id);
      if (!own) throw new AppError("order.not_found", "There is no such order.");
      return view(input.orderId, await container.services.payments.expire(input.orderId));
    }),
});

function view(orderId: string, progress: PaymentProgress): z.infer<typeof Progress> {
  return {
    orderId,
    state: progress.kind,
    actionUrl: progress.kind === "requires_action" ? progress.actionUrl : null,
    reason: progress.kind === "declined" || progress.kind === "over" ? progress.reason : null,
  };
}
