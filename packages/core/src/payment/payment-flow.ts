import type { HoldStore } from "../hold/hold-store.ts";
import type { Order } from "../order/order.ts";
import type { OrderStore, OrderWithPayment } from "../order/order-store.ts";
import { must } from "../shared/assert.ts";
import { derivedId } from "../shared/derived-id.ts";
import { AppError } from "../shared/errors.ts";
import { EventId, HoldId } from "../shared/ids.ts";
import { type PaymentProvider, type ProviderPayment, ProviderUnavailable } from "./payment-provider.ts";

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

export type PaymentFlowDeps = {
  readonly orders: OrderStore;
  readonly holds: Pick<HoldStore, "settleSold" | "settleFreed">;
  readonly provider: PaymentProvider;
  readonly returnUrl: (orderId: string) => string;
  /** Something after the money went wrong in a way that a retry will mend; logged by the composition root. */
  readonly onShardError: (error: unknown) => void;
};

/**
 * Moves one order as far as it will go, from whatever state it is in. Every step may be repeated: the provider sees the
 * same idempotency keys, Postgres the same conditional statements. So checkout, webhook and worker all call `advance`,
 * at any time and at the same time, and a process may die after any line.
 */
export function makePaymentFlow(deps: PaymentFlowDeps) {
  const { orders, provider } = deps;

  async function advance(orderId: string, method: string | null): Promise<PaymentProgress> {
    const found = await orders.find(orderId);
    if (!found) throw new AppError("order.not_found", "There is no such order.");
    switch (found.order.state) {
      case "awaiting_payment":
        return authorise(found, method);
      case "committed":
        return capture(found);
      case "paid":
      case "refunded":
        return { kind: "paid" };
      case "failed":
      case "cancelled":
        return over(found);
    }
  }

  async function authorise(found: OrderWithPayment, method: string | null): Promise<PaymentProgress> {
    const answer = await ask(() => askProvider(found, method));
    if (answer === "unknown") return { kind: "pending" };
    if (!answer) return { kind: "pending" };
    const payment = await record(found.order, answer);
    switch (payment.state) {
      case "requires_action":
        return { kind: "requires_action", actionUrl: must(payment.actionUrl, "an action has a URL") };
      case "declined":
        await end(found.order, { to: "failed", reason: "declined" });
        return { kind: "declined", reason: payment.declineReason ?? "declined" };
      case "authorised":
      case "captured":
        return commit(found.order, answer);
      case "voided":
        await end(found.order, { to: "cancelled", reason: "voided" });
        return { kind: "over", reason: "voided" };
      case "created":
      case "refunded":
        return { kind: "pending" };
    }
  }

  function askProvider(found: OrderWithPayment, method: string | null): Promise<ProviderPayment | null> {
    const { order, payment } = found;
    if (payment?.providerRef) return provider.find(payment.providerRef);
    // Without a method nobody asks for money: the worker only looks for a payment whose answer was lost.
    if (method === null) return provider.findByOrder(order.id);
    return provider.authorise({
      idempotencyKey: derivedId("authorise", order.id),
      orderId: order.id,
      amountMinor: order.totalMinor,
      currency: order.currency,
      method,
      returnUrl: deps.returnUrl(order.id),
    });
  }

  async function commit(order: Order, authorised: ProviderPayment): Promise<PaymentProgress> {
    const outcome = must((await orders.commitSeats([order.id]))[0], "one order, one outcome");
    if (outcome.kind === "seats_lost") {
      const voided = await ask(() =>
        provider.voidPayment({
          idempotencyKey: derivedId("void", order.id),
          providerRef: authorised.providerRef,
        }),
      );
      if (voided !== "unknown" && voided) await record(order, voided);
      await end(order, { to: "failed", reason: "seats_lost" });
      return { kind: "over", reason: "seats_lost" };
    }
    await tellShard(() => deps.holds.settleSold([settled(order)]));
    return capture({ order, payment: await record(order, authorised) });
  }

  async function capture({ order, payment }: OrderWithPayment): Promise<PaymentProgress> {
    const providerRef = must(payment?.providerRef, "a committed order has a payment");
    const captured = await ask(() =>
      provider.capture({
        idempotencyKey: derivedId("capture", order.id),
        providerRef,
        amountMinor: order.totalMinor,
      }),
    );
    if (captured === "unknown" || captured?.state !== "captured") return { kind: "pending" };
    await record(order, captured);
    await orders.confirmPaid([{ orderId: order.id, ticketIds: ticketIds(order) }]);
    return { kind: "paid" };
  }

  async function over(found: OrderWithPayment): Promise<PaymentProgress> {
    const { order, payment } = found;
    // Money authorised for an order that is over goes back at once, however late it arrives.
    if (payment?.providerRef && payment.state === "authorised") {
      const { providerRef } = payment;
      const voided = await ask(() =>
        provider.voidPayment({ idempotencyKey: derivedId("void", order.id), providerRef }),
      );
      if (voided !== "unknown" && voided) await record(order, voided);
    }
    if (payment?.state === "declined")
      return { kind: "declined", reason: payment.declineReason ?? "declined" };
    return { kind: "over", reason: order.reason ?? order.state };
  }

  const record = (order: Order, answer: ProviderPayment) =>
    orders.recordPayment({ orderId: order.id, provider: provider.name, answer });

  async function end(order: Order, how: { to: "cancelled" | "failed"; reason: string }): Promise<boolean> {
    const ended = await orders.endOrders({ orderIds: [order.id], ...how });
    if (ended.length > 0) {
      await tellShard(() =>
        deps.holds.settleFreed(
          ended.map((one) => ({ eventId: one.eventId, holdId: HoldId.parse(one.holdId) })),
        ),
      );
    }
    return ended.length > 0;
  }

  /** The facts are in Postgres; a shard that cannot be told now is mended by reconciliation or rebuilt. */
  async function tellShard(tell: () => Promise<void>): Promise<void> {
    try {
      await tell();
    } catch (error) {
      deps.onShardError(error);
    }
  }

  return {
    advance,

    /** Before an order is given up for want of payment the provider is asked; a paid order is finished instead. */
    async expire(orderId: string): Promise<PaymentProgress> {
      const progress = await advance(orderId, null);
      if (progress.kind !== "pending" && progress.kind !== "requires_action") return progress;
      const found = must(await orders.find(orderId), "it was found a moment ago");
      const known = found.payment?.providerRef;
      if (known) {
        const voided = await ask(() =>
          provider.voidPayment({ idempotencyKey: derivedId("void", orderId), providerRef: known }),
        );
        // The provider did not say: keep the seats and ask again; giving them away could sell them twice for money.
        if (voided === "unknown") return { kind: "pending" };
        if (voided) {
          const payment = await record(found.order, voided);
          if (payment.state === "authorised" || payment.state === "captured")
            return commit(found.order, voided);
        }
      }
      await end(found.order, { to: "cancelled", reason: "expired" });
      return { kind: "over", reason: "expired" };
    },

    /** The fan gives up before paying. */
    async cancel(orderId: string): Promise<PaymentProgress> {
      return this.expire(orderId);
    },
  };
}
export type PaymentFlow = ReturnType<typeof makePaymentFlow>;

const settled = (order: Order) => ({
  eventId: EventId.parse(order.eventId),
  holdId: HoldId.parse(order.holdId),
});

/** Ids are functions of the order, so that a repeated confirmation names the same tickets. */
export function ticketIds(order: Order): string[] {
  return order.items.map((item) => derivedId("ticket", order.id, String(item.index)));
}

async function ask<T>(call: () => Promise<T>): Promise<T | "unknown"> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ProviderUnavailable) return "unknown";
    throw error;
  }
}
