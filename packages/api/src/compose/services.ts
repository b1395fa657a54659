import { makeCheckoutService } from "@onsale/core/checkout/checkout-service";
import { makeVenueService } from "@onsale/core/venue/venue-service";
import { makeEventImportService } from "@onsale/core/event/import-service";
import { makeHoldService } from "@onsale/core/hold/hold-service";
import { makeLayoutService } from "@onsale/core/layout/layout-service";
import { makeMailService } from "@onsale/core/notification/mail-service";
import { makePaymentFlow } from "@onsale/core/checkout/payment-flow";
import { makeReconcileService } from "@onsale/core/reconcile/reconcile-service";
import type { EventId } from "@onsale/core/shared/ids";
import { transliterate } from "transliteration";
import { composeAccess } from "./access.ts";
import { composeAccounts } from "./accounts.ts";
import type { Config } from "../config.ts";
import type { ServicesDeps } from "./services-deps.ts";
import { makePassReturn } from "@onsale/core/checkout/pass-return";
import { makeVisitorSale } from "@onsale/core/line/visitor-sale";
import { makeOrderService } from "@onsale/core/order/order-service";
import { makeSalesService } from "@onsale/core/order/sales-service";
import { makeOrganizerEvents } from "@onsale/core/programme/organizer-events";
import { makeDrawProofs } from "../live/draw-proofs.ts";
import { composeProgramme } from "./programme.ts";
import { composeLines } from "./lines.ts";
import { composeWaitlist } from "./waitlist.ts";

/** Core's decisions over the stores and providers of this process. */
export function composeServices(config: Config, deps: ServicesDeps) {
  const { log, clock, catalog, eventService, feed } = deps;
  const { events, orders, holds, queue } = deps.stores;
  const { provider, mailer } = deps.providers;
  const ordersUrl = `${config.publicUrl}/orders`;
  const onEpochMissing = (eventId: EventId) =>
    void deps
      .rebuildOnce(eventId)
      .catch((error: unknown) => log.error({ err: error, eventId }, "rebuild failed"));
  const access = composeAccess(config, deps);
  const { accessGate } = access;
  const lines = composeLines(config, deps, access);
  const { gate } = lines;
  const holdService = makeHoldService({
    holds,
    catalog,
    stock: feed,
    clock,
    gate,
    access: accessGate,
    orderOf: async (holdId, accountId) => (await orders.findByHold(holdId, accountId))?.order ?? null,
    onEpochMissing,
  });
  const passReturn = makePassReturn({
    orders,
    places: lines.places,
    onKept: (error, orderId) => log.warn({ err: error, orderId }, "a pass could not be given back"),
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
    ...composeAccounts(config, deps),
    /** What is sold, from memory; `stock` is how it stands right now. */
    catalog,
    stock: feed,
    /** What every visitor reads and searches. */
    programme: composeProgramme({ events, catalog, clock }),
    saleFor: makeVisitorSale({ clock, lines: deps.lineCatalog, access: accessGate }),
    organizerEvents: makeOrganizerEvents({ ...deps.stores, clock }),
    sales: makeSalesService({ sales: deps.stores.sales, catalog, stock: feed }),
    layoutFiles: deps.layoutFiles,
    drawProof: makeDrawProofs({ lines: lines.lines }),
    risk: deps.risk,
    layouts: makeLayoutService(deps.stores),
    events: eventService,
    venues: makeVenueService(deps.stores),
    eventImports: makeEventImportService({
      ...deps.stores,
      feeds: deps.stores.eventFeeds,
      update: eventService.update,
      romanize: transliterate,
    }),
    ...access,
    ...lines,
    ...composeWaitlist(config, deps, onEpochMissing),
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
      clock,
      access: accessGate,
      passReturn,
      onEpochMissing,
    }),
    passReturn,
    orders: makeOrderService({ orders, catalog, codeOf: deps.codeOf }),
    mail: makeMailService({
      orders,
      events,
      mailer,
      ordersUrl,
      ticketTypeLabel: (eventId, key) => catalog.ticketTypeLabel(eventId, key),
    }),
    reconcile: composeReconcile(deps),
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
export type Services = ReturnType<typeof composeServices>;
