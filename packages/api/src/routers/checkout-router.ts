import { CheckoutProgress, PayOrder, StartCheckout } from "@onsale/contract/checkout";
import { OneOrder } from "@onsale/contract/order";
import type { CheckoutResult } from "@onsale/core/checkout/checkout-service";
import { fanProcedure, router } from "../trpc.ts";

export const checkoutRouter = router({
  /** Claims the held seats, writes the order and pays it as far as it goes. Repeat with the same key until it answers. */
  start: fanProcedure
    .meta({ limit: "checkout", guard: "checkout", outcome: "payment" })
    .input(StartCheckout)
    .output(CheckoutProgress)
    .mutation(async ({ ctx: { services, actor, call }, input }) =>
      view(await services.checkout.start(actor, call, input)),
    ),

  /** Another way to pay an order that waits: after a card was declined, or a confirmation was left. */
  pay: fanProcedure
    .meta({ limit: "checkout", guard: "checkout", outcome: "payment" })
    .input(PayOrder)
    .output(CheckoutProgress)
    .mutation(async ({ ctx: { services, actor }, input }) => view(await services.checkout.pay(actor, input))),

  /** After a confirmation elsewhere, or while waiting: asks the provider how the payment stands and goes on from there. */
  refresh: fanProcedure
    .meta({ limit: "confirm", outcome: "payment" })
    .input(OneOrder)
    .output(CheckoutProgress)
    .mutation(async ({ ctx: { services, actor }, input }) =>
      view(await services.checkout.refresh(actor, input.orderId)),
    ),

  cancel: fanProcedure
    .meta({ limit: "confirm" })
    .input(OneOrder)
    .output(CheckoutProgress)
    .mutation(async ({ ctx: { services, actor }, input }) =>
      view(await services.checkout.cancel(actor, input.orderId)),
    ),
});

function view({ orderId, progress }: CheckoutResult): CheckoutProgress {
  return {
    orderId,
    state: progress.kind,
    actionUrl: progress.kind === "requires_action" ? progress.actionUrl : null,
    reason: progress.kind === "declined" || progress.kind === "over" ? progress.reason : null,
    attempt: progress.kind === "declined" || progress.kind === "requires_action" ? progress.attempt : null,
    waitsFor: progress.kind === "pending" ? progress.waitsFor : null,
  };
}
