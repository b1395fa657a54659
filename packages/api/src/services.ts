import { randomUUID } from "node:crypto";
import { makeAccessGate } from "@onsale/core/access/access-gate";
import { makeAccessService } from "@onsale/core/access/access-service";
import { makeGrantCatalog } from "@onsale/core/access/grant-catalog";
import { makeAccountService } from "@onsale/core/account/account-service";
import { makeVerifyEmailService } from "@onsale/core/account/verify-email-service";
import { makeCheckoutService } from "@onsale/core/checkout/checkout-service";
import type { EventService } from "@onsale/core/event/event-service";
import type { SaleCatalog } from "@onsale/core/event/sale-catalog";
import { makeHoldService } from "@onsale/core/hold/hold-service";
import { makeLayoutService } from "@onsale/core/layout/layout-service";
import { randomBytes } from "node:crypto";
import { HOLD_EXTENSIONS_MAX } from "@onsale/core/hold/hold";
import type { LineCatalog } from "@onsale/core/line/line-catalog";
import { makeLineGate } from "@onsale/core/line/line-gate";
import { makeLineService } from "@onsale/core/line/line-service";
import { makePlaceService } from "@onsale/core/line/place-service";
import { makeMailService } from "@onsale/core/notification/mail-service";
import { makePaymentFlow } from "@onsale/core/payment/payment-flow";
import { makeReconcileService } from "@onsale/core/reconcile/reconcile-service";
import type { Clock } from "@onsale/core/shared/clock";
import type { EventId } from "@onsale/core/shared/ids";
import { lineKey } from "./keys/line-key.ts";
import { makePasswordHasher } from "./account/password-hasher.ts";
import type { Config } from "./config.ts";
import { accessCodeKey, newAccessCode } from "./keys/access-codes.ts";
import type { InventoryFeed } from "./live/inventory-feed.ts";
import type { Logger } from "./log.ts";
import type { Providers } from "./providers.ts";
import { emailCodeKey } from "./risk/open-risk.ts";
import type { Stores } from "./stores.ts";

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
  const { events, orders, accounts, holds, inventory, invariants, queue } = deps.stores;
  const { provider, mailer } = deps.providers;
  const ordersUrl = `${config.publicUrl}/orders`;
  const onEpochMissing = (eventId: EventId) =>
    void deps
      .rebuildOnce(eventId)
      .catch((error: unknown) => log.error({ err: error, eventId }, "rebuild failed"));
  const { lines: lineStore, lineRoom: room } = deps.stores;
  const { lineCatalog } = deps;
  const key = lineKey(config.authSecret);
  const gate = makeLineGate({ lines: lineCatalog, clock, passKey: key });
  const grants = makeGrantCatalog({ access: deps.stores.access, clock });
  const accessGate = makeAccessGate({ grants, clock });
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
    accounts: makeAccountService({ accounts, hasher: makePasswordHasher() }),
    verifyEmail: makeVerifyEmailService({
      codes: deps.stores.emailCodes,
      accounts,
      mailer,
      key: emailCodeKey(config.authSecret),
      newNonce: randomUUID,
      pageUrl: `${config.publicUrl}/verify-email`,
    }),
    layouts: makeLayoutService({ events }),
    events: eventService,
    lines: makeLineService({
      store: lineStore,
      room,
      catalog: lineCatalog,
      newSeed: () => randomBytes(32).toString("hex"),
    }),
    places: makePlaceService({
      store: lineStore,
      room,
      catalog: lineCatalog,
      clock,
      key,
      payMs: async (eventId) => ((await catalog.event(eventId))?.holdTtlMs ?? 0) * (1 + HOLD_EXTENSIONS_MAX),
      async requireAccess(account, line) {
        const event = await catalog.event(line.eventId);
        if (event) await accessGate.requireGrant(account, event, line.windowKey);
      },
    }),
    gate,
    access: makeAccessService({
      access: deps.stores.access,
      grants,
      events,
      codeKey: accessCodeKey(config.authSecret),
      newCode: newAccessCode,
      newId: randomUUID,
    }),
    accessGate,
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
