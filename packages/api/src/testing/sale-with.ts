import { makeOrderStages } from "@onsale/core/checkout/order-stages";
import { makeOrderWriter } from "@onsale/core/checkout/order-writer";
import { makePaymentFlow } from "@onsale/core/checkout/payment-flow";
import { makeEventOwner } from "@onsale/core/order/event-owner";
import type { OrderQueue } from "@onsale/core/checkout/order-queue";
import type { OrderStore } from "@onsale/core/order/order-store";
import type { PaymentProvider } from "@onsale/core/payment/payment-provider";
import { isDataFault } from "@onsale/db/pg-errors";
import type { Container } from "../compose/container.ts";

const raise = (error: unknown) => {
  throw error;
};

/** What a worker of this app has, with a bank or a store that behaves otherwise, or under a name of its own. */
export function saleWith(
  { orders: known, holds, jobs, provider, queue, clock, eventOwners, services }: Container,
  change: {
    provider?: Partial<PaymentProvider>;
    orders?: Partial<OrderStore>;
    queue?: Partial<OrderQueue>;
    worker?: string;
  } = {},
) {
  const orders = { ...known, ...change.orders };
  const owner = makeEventOwner({ store: eventOwners, worker: change.worker ?? "test" });
  const parked: string[] = [];
  const payments = makePaymentFlow({
    orders,
    stages: makeOrderStages({ orders, owner, isOneToBlame: isDataFault }),
    owner,
    holds,
    provider: { ...provider, ...change.provider },
    jobs,
    returnUrl: (orderId) => `https://tickets.example/orders/${orderId}`,
    onProviderError: raise,
    onShardError: raise,
    onParked: (orderId, stage) => parked.push(`${stage} ${orderId}`),
  });
  const errors: unknown[] = [];
  const writer = makeOrderWriter({
    queue: { ...queue, ...change.queue },
    orders,
    holds,
    payments,
    owner,
    clock,
    isOneToBlame: isDataFault,
    mend: services.reconcile.mend,
    onError: (error) => errors.push(error),
  });
  return { owner, payments, writer, parked, errors };
}
