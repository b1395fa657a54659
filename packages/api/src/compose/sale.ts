import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { makeCheckoutService } from "@onsale/core/checkout/checkout-service";
import { makeOrderStages } from "@onsale/core/checkout/order-stages";
import { makeOrderWriter } from "@onsale/core/checkout/order-writer";
import { makePassReturn } from "@onsale/core/checkout/pass-return";
import { makePaymentFlow } from "@onsale/core/checkout/payment-flow";
import { makeHoldService } from "@onsale/core/hold/hold-service";
import { makeEventOwner } from "@onsale/core/order/event-owner";
import { makeOrderService } from "@onsale/core/order/order-service";
import { makeReconcileService } from "@onsale/core/reconcile/reconcile-service";
import type { EventId } from "@onsale/core/shared/ids";
import { isDataFault } from "@onsale/db/pg-errors";
import type { Config } from "../config.ts";
import type { composeAccess } from "./access.ts";
import type { composeLines } from "./lines.ts";
import type { ServicesDeps } from "./services-deps.ts";

export type SaleGates = {
  readonly access: Pick<ReturnType<typeof composeAccess>, "accessGate">;
  readonly lines: Pick<ReturnType<typeof composeLines>, "gate" | "places">;
  readonly onEpochMissing: (eventId: EventId) => void;
};

/** From the hold to the tickets, and what keeps the shard and Postgres together on the way. */
export function composeSale(
  config: Config,
  deps: ServicesDeps,
  { access: { accessGate: access }, lines: { gate, places }, onEpochMissing }: SaleGates,
) {
  const { log, clock, catalog, feed } = deps;
  const { orders, holds, queue } = deps.stores;
  const sale = { holds, orders, catalog, clock, gate, access, onEpochMissing };
  const holdService = makeHoldService({
    ...sale,
    audit: deps.stores.audit,
    stock: feed,
    orderOf: async (holdId, accountId) => (await orders.findByHold(holdId, accountId))?.order ?? null,
  });
  const passReturn = makePassReturn({
    orders,
    places,
    onKept: (error, orderId) => log.warn({ err: error, orderId }, "a pass could not be given back"),
  });
  const reconcile = composeReconcile(deps);
  const { owner, payments } = composePayments(config, deps);
  const { provider } = deps.providers;
  return {
    holds: holdService,
    owner,
    payments,
    checkout: makeCheckoutService({ ...sale, queue, passReturn, provider: provider.name }),
    passReturn,
    orders: makeOrderService({ orders, catalog, codeOf: deps.codeOf }),
    reconcile,
    orderWriter: makeOrderWriter({
      queue,
      orders,
      holds,
      payments,
      owner,
      clock,
      isOneToBlame: isDataFault,
      async mend(eventId) {
        log.warn({ eventId }, "the shard promised seats that Postgres has sold; mending it");
        await reconcile.mend(eventId);
      },
      onError: (error, about) => log.error({ err: error, ...about }, "an order could not go on"),
    }),
  };
}

/** What moves payments: the worker's, and of nobody else while a worker runs. */
function composePayments(config: Config, { log, stores, providers, ordersPaid }: ServicesDeps) {
  const { orders, holds, jobs, eventOwners } = stores;
  const owner = makeEventOwner({
    store: eventOwners,
    worker: `${hostname()}:${process.pid}:${randomUUID()}`,
  });
  const payments = makePaymentFlow({
    orders,
    stages: makeOrderStages({
      orders: {
        ...orders,
        async confirmCaptured(...batch) {
          const confirmed = await orders.confirmCaptured(...batch);
          ordersPaid.ring();
          return confirmed;
        },
      },
      owner,
      isOneToBlame: isDataFault,
    }),
    owner,
    holds,
    provider: providers.provider,
    jobs,
    returnUrl: (orderId) => `${config.publicUrl}/orders/${orderId}`,
    onProviderError: (error) => log.error({ err: error }, "the payment provider could not be asked"),
    onShardError: (error) =>
      log.warn({ err: error }, "the shard could not be told; reconciliation will mend it"),
    onParked: (orderId, stage, error) =>
      log.error({ orderId, stage, error }, "an order was parked: a person has to look at it"),
  });
  return { owner, payments };
}

function composeReconcile({ stores, eventService }: ServicesDeps) {
  const { events, closingEvents, holds, orders, queue, inventory, inventoryFacts, invariants } = stores;
  return makeReconcileService({
    events,
    closing: closingEvents,
    holds,
    orders,
    queue,
    inventory,
    inventoryFacts,
    invariants,
    rebuild: (eventId) => eventService.rebuild(eventId, null),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}
