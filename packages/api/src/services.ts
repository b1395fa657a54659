import { makeCheckoutService } from "@onsale/core/checkout/checkout-service";
import type { EventService } from "@onsale/core/event/event-service";
import type { SaleCatalog } from "@onsale/core/event/sale-catalog";
import { makeHoldService } from "@onsale/core/hold/hold-service";
import { makeLayoutService } from "@onsale/core/layout/layout-service";
import type { LineCatalog } from "@onsale/core/line/line-catalog";
import { makeMailService } from "@onsale/core/notification/mail-service";
import { makePaymentFlow } from "@onsale/core/payment/payment-flow";
import { makeReconcileService } from "@onsale/core/reconcile/reconcile-service";
import type { Clock } from "@onsale/core/shared/clock";
import type { EventId } from "@onsale/core/shared/ids";
import { openAccess } from "./access/open-access.ts";
import { openAccounts } from "./account/open-accounts.ts";
import type { Config } from "./config.ts";
import type { InventoryFeed } from "./live/inventory-feed.ts";
import { openLines } from "./line-services.ts";
import type { Logger } from "./log.ts";
import type { Providers } from "./providers.ts";
import type { Stores } from "./stores.ts";
import { openWaitlist } from "./waitlist-services.ts";

export type ServicesDeps = {
  readonly log: Logger;
  readonly clock: Clock;
  readonly stores: Stores;
  readonly providers: Providers;
  readonly catalog: SaleCatalog;
  readonly lineCatalog: LineCatalog;
  readonly eventService: EventService;
  readonly feed: InventoryFeed;
  /** Resolves when a rebuild of the shard was tried. */
  readonly rebuildOnce: (eventId: EventId) => Promise<void>;
};

/** Core's decisions over the stores and providers of this process. */
export function openServices(config: Config, deps: ServicesDeps) {
  const { log, clock, catalog, eventService, feed } = deps;
  const { events, orders, holds, inventory, invariants, queue } = deps.stores;
  const { provider, mailer } = deps.providers;
  const ordersUrl = `${config.publicUrl}/orders`;
  const onEpochMissing = (eventId: EventId) =>
    void deps
      .rebuildOnce(eventId)
      .catch((error: unknown) => log.error({ err: error, eventId }, "rebuild failed"));
  const access = openAccess(config, deps);
  const { accessGate } = access;
  const lines = openLines(config, deps, access);
  const { gate } = lines;
  const holdService = makeHoldService({
    holds,
    catalog,
    stock: feed,
    clock,
    gate,
    access: accessGate,
    onEpochMissing,
  });
  const payments = makePaymentFlow({
    orders,
    holds,
    provider,
    jobs: deps.stores.jobs,
    returnUrl: (orderId) => `${ordersUrl}/${orderId}`,
    onShardError: (error) =>
      log.warn({ err: error }, "the shard could not be told; reconciliation will mend it"),
  });
  return {
    ...openAccounts(config, deps),
    layouts: makeLayoutService({ events }),
    events: eventService,
    ...access,
    ...lines,
    ...openWaitlist(config, deps, onEpochMissing),
    holds: holdService,
    payments,
    checkout: makeCheckoutService({
      holds,
      holdService,
      queue,
      orders,
      payments,
      catalog,
      gate,
      access: accessGate,
      onEpochMissing,
    }),
    mail: makeMailService({
      orders,
      events,
      mailer,
      ordersUrl,
      ticketTypeLabel: (eventId, key) => catalog.ticketTypeLabel(eventId, key),
    }),
    reconcile: makeReconcileService({
      events,
      holds,
      orders,
      queue,
      inventory,
      invariants,
      rebuild: (eventId) => eventService.rebuild(eventId, null),
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    }),
  };
}
export type Services = ReturnType<typeof openServices>;
