import { randomUUID } from "node:crypto";
import { makeAccountService } from "@onsale/core/account/account-service";
import { makeCheckoutService } from "@onsale/core/checkout/checkout-service";
import { makeEventService } from "@onsale/core/event/event-service";
import { makeSaleCatalog } from "@onsale/core/event/sale-catalog";
import { makeHoldService } from "@onsale/core/hold/hold-service";
import { makeLayoutService } from "@onsale/core/layout/layout-service";
import { makeMailService } from "@onsale/core/notification/mail-service";
import { makePaymentFlow } from "@onsale/core/payment/payment-flow";
import { makeReconcileService } from "@onsale/core/reconcile/reconcile-service";
import type { EventId } from "@onsale/core/shared/ids";
import { makePasswordHasher } from "./account/password-hasher.ts";
import { makeSessionReader, sessionCookieName } from "./account/session.ts";
import type { Config } from "./config.ts";
import { makeTicketCodes } from "./keys/ticket-codes.ts";
import { makeTicketSigner } from "./keys/ticket-signer.ts";
import { makeInventoryFeed } from "./live/inventory-feed.ts";
import { makeLogger } from "./log.ts";
import { makeRateLimits } from "./rate-limits.ts";
import { openProviders } from "./providers.ts";
import { openStores } from "./stores.ts";

/**
 * The composition root: the only place that knows which adapter stands behind which port. One per process; opening it
 * connects lazily, closing it ends every connection.
 */
export function makeContainer(config: Config, { name = "web" }: { name?: string } = {}) {
  const log = makeLogger(config.logLevel, name);
  const clock = { nowMs: () => Date.now() };
  const stores = openStores(config, { log, name });
  const { events, orders, accounts, holds, inventory, invariants, queue } = stores;
  const { provider, mailer } = openProviders(config, { log, clock, sandboxBook: stores.sandboxBook });
  const catalog = makeSaleCatalog({ events, clock });
  const eventService = makeEventService({ events, inventory, catalog, clock, newId: randomUUID });

  const rebuilds = new Map<EventId, Promise<void>>();
  /** One rebuild per event at a time in this process; Redis lets only one process win. */
  function rebuildOnce(eventId: EventId): Promise<void> {
    const running = rebuilds.get(eventId);
    if (running) return running;
    const rebuild = eventService
      .rebuild(eventId, null)
      .then((won) => void log.info({ eventId, won }, "shard rebuilt from Postgres"))
      .finally(() => rebuilds.delete(eventId));
    rebuilds.set(eventId, rebuild);
    return rebuild;
  }
  const onEpochMissing = (eventId: EventId) =>
    void rebuildOnce(eventId).catch((error: unknown) => log.error({ err: error, eventId }, "rebuild failed"));

  const feed = makeInventoryFeed({ inventory, rebuild: rebuildOnce });
  const holdService = makeHoldService({ holds, catalog, stock: feed, clock, onEpochMissing });
  const payments = makePaymentFlow({
    orders,
    holds,
    provider,
    returnUrl: (orderId) => `${config.publicUrl}/orders/${orderId}`,
    onShardError: (error) =>
      log.warn({ err: error }, "the shard could not be told; reconciliation will mend it"),
  });
  const signer = makeTicketSigner(config.ticketSigningKey);
  const sessions = makeSessionReader({
    accounts,
    clock,
    secret: config.authSecret,
    cookieName: sessionCookieName(config.publicUrl),
  });

  return {
    config,
    log,
    clock,
    ...stores,
    provider,
    catalog,
    feed,
    sessions,
    rateLimits: makeRateLimits({ redis: stores.redis.commands, prefix: config.redisKeyPrefix }),
    ticketPublicKey: signer.publicKey,
    ticketCode: makeTicketCodes(signer),
    services: {
      accounts: makeAccountService({ accounts, hasher: makePasswordHasher() }),
      layouts: makeLayoutService({ events }),
      events: eventService,
      holds: holdService,
      payments,
      checkout: makeCheckoutService({ holds, holdService, queue, orders, payments, catalog, onEpochMissing }),
      mail: makeMailService({ orders, events, mailer, ordersUrl: `${config.publicUrl}/orders` }),
      reconcile: makeReconcileService({
        events,
        inventory,
        invariants,
        rebuild: (eventId) => eventService.rebuild(eventId, null),
        pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      }),
    },
    async layoutByHash(hash: string) {
      return (await events.findLayoutByHash(hash))?.document ?? null;
    },
    /** Tickets in baskets right now, which only the shard knows. */
    async heldCount(eventId: EventId): Promise<number> {
      const { seats, areas } = await feed.stockOf(eventId);
      return (
        seats.reduce((sum, state) => sum + (state === 1 ? 1 : 0), 0) +
        areas.reduce((sum, area) => sum + area.held, 0)
      );
    },
    async close(): Promise<void> {
      await feed.close();
      await stores.close();
    },
  };
}
export type Container = ReturnType<typeof makeContainer>;
