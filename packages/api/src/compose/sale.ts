import { makeCheckoutService } from "@onsale/core/checkout/checkout-service";
import { makeOrderWriter } from "@onsale/core/checkout/order-writer";
import { makePassReturn } from "@onsale/core/checkout/pass-return";
import { makePaymentFlow } from "@onsale/core/checkout/payment-flow";
import { makeHoldService } from "@onsale/core/hold/hold-service";
import { makeOrderService } from "@onsale/core/order/order-service";
import { makeReconcileService } from "@onsale/core/reconcile/reconcile-service";
import type { EventId } from "@onsale/core/shared/ids";
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
  const payments = makePaymentFlow({
    orders,
    holds,
    provider: deps.providers.provider,
    jobs: deps.stores.jobs,
    returnUrl: (orderId) => `${config.publicUrl}/orders/${orderId}`,
    onShardError: (error) =>
      log.warn({ err: error }, "the shard could not be told; reconciliation will mend it"),
  });
  const reconcile = composeReconcile(deps);
  return {
    holds: holdService,
    payments,
    checkout: makeCheckoutService({ ...sale, queue, payments, passReturn }),
    passReturn,
    orders: makeOrderService({ orders, catalog, codeOf: deps.codeOf }),
    reconcile,
    writeOrders: makeOrderWriter({
      queue,
      orders,
      holds,
      async mend(eventId) {
        log.warn({ eventId }, "the shard promised seats that Postgres has sold; mending it");
        await reconcile.mend(eventId);
      },
    }),
  };
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
