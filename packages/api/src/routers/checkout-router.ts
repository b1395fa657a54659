import { BuyerWords } from "@onsale/core/order/order-draft";
import { PaymentMethod } from "@onsale/core/payment/payment";
import type { PaymentProgress } from "@onsale/core/checkout/payment-flow";
import { AppError } from "@onsale/core/shared/errors";
import { type AccountId, EventId, HoldId, IdempotencyKey, OrderId } from "@onsale/core/shared/ids";
import { z } from "zod";
import type { Container } from "../compose/container.ts";
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
    .mutation(async ({ ctx: { container, account, pass }, input }) => {
      const { orderId, progress } = await container.services.checkout.start({ account, pass }, input);
      if (progress.kind === "paid")
        await passOn(container, { accountId: account.id, eventId: input.eventId, orderId });
      return view(orderId, progress);
    }),

  /** After a confirmation elsewhere, or while waiting: asks the provider how the payment stands and goes on from there. */
  refresh: fanProcedure
    .meta({ limit: "confirm", outcome: "payment" })
    .input(z.strictObject({ orderId: OrderId }))
    .output(Progress)
    .mutation(async ({ ctx: { container, account }, input }) => {
      const own = await container.orders.findOwn(input.orderId, account.id);
      if (!own) throw new AppError("order.not_found", "There is no such order.");
      const progress = await container.services.payments.advance(input.orderId, null);
      if (progress.kind === "paid")
        await passOn(container, {
          accountId: account.id,
          eventId: EventId.parse(own.order.eventId),
          orderId: input.orderId,
        });
      return view(input.orderId, progress);
    }),

  cancel: fanProcedure
    .meta({ limit: "confirm" })
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

/** The pass goes to the next fan at once; should the room be away, the job that sends the tickets does it. */
async function passOn(
  { services, orders, log }: Container,
  { accountId, eventId, orderId }: { accountId: AccountId; eventId: EventId; orderId: string },
): Promise<void> {
  const orderedAtMs = async () => (await orders.find(OrderId.parse(orderId)))?.order.createdAtMs ?? null;
  await services.places
    .bought({ accountId, eventId, orderedAtMs })
    .catch((error: unknown) => log.warn({ err: error, eventId }, "a pass could not be given back"));
}
