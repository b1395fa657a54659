import type { InventoryStore } from "@onsale/core/inventory/inventory-store";
import { makeDatabase } from "@onsale/db/client";
import { makePgAccessStore } from "@onsale/db/access/pg-access-store";
import { makePgAccountAdminStore } from "@onsale/db/account/pg-account-admin-store";
import { makePgAccountStore } from "@onsale/db/account/pg-account-store";
import { makePgPasswordResetStore } from "@onsale/db/account/pg-password-reset-store";
import { makePgSessionStore } from "@onsale/db/account/pg-session-store";
import { makePgAuditStore } from "@onsale/db/audit/pg-audit-store";
import { makePgInventoryFactsStore } from "@onsale/db/inventory/pg-inventory-facts-store";
import { makePgLayoutStore } from "@onsale/db/layout/pg-layout-store";
import { makePgPriceListStore } from "@onsale/db/pricing/pg-price-list-store";
import { makePgSalesStore } from "@onsale/db/order/pg-sales-store";
import { makePgOrganizationStore } from "@onsale/db/organization/pg-organization-store";
import { makePgVenueStore } from "@onsale/db/venue/pg-venue-store";
import { makePgOrderSearchStore } from "@onsale/db/order/pg-order-search-store";
import { makePgSignUpStore } from "@onsale/db/account/pg-sign-up-store";
import { makePgDrillStore } from "@onsale/db/drill/pg-drill-store";
import { makePgClosingEvents } from "@onsale/db/event/pg-closing-events";
import { makePgEventFeedStore } from "@onsale/db/event/pg-event-feed-store";
import { makePgEventStore } from "@onsale/db/event/pg-event-store";
import { makePgLineStore } from "@onsale/db/line/pg-line-store";
import { makePgJobStore } from "@onsale/db/outbox/pg-job-store";
import { roleOf } from "@onsale/db/application-role";
import { type Applied, migrate } from "@onsale/db/migrate";
import { makePgEventOwnerStore } from "@onsale/db/order/pg-event-owner-store";
import { makePgLetterOrders } from "@onsale/db/order/pg-letter-orders";
import { makePgOrderStore } from "@onsale/db/order/pg-order-store";
import { makePgOldWebhooks } from "@onsale/db/payment/pg-old-webhooks";
import { makePgSandboxBook } from "@onsale/db/payment/pg-sandbox-book";
import { makePgRiskMarkStore } from "@onsale/db/risk/pg-risk-mark-store";
import { makePgVerifyEmailStore } from "@onsale/db/account/pg-verify-email-store";
import { makeBacklogReader } from "./backlog.ts";
import { makeHealth } from "./health.ts";
import { readSandboxBooks } from "@onsale/providers/sandbox/sandbox-http-provider";
import { makePgInvariantStore, type ReadSandboxBooks } from "@onsale/db/reconcile/pg-invariant-store";
import { makePgWaitlistStore } from "@onsale/db/waitlist/pg-waitlist-store";
import { makeRedisWorkerPulse } from "@onsale/redis/worker/redis-worker-pulse";
import { makeRedisOrderQueue } from "@onsale/redis/checkout/redis-order-queue";
import { makeRedisClients } from "@onsale/redis/client";
import { makeRedisHoldStore } from "@onsale/redis/hold/redis-hold-store";
import { makeRedisLineRoom } from "@onsale/redis/line/redis-line-room";
import { makeRedisInventoryStore } from "@onsale/redis/inventory/redis-inventory-store";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";

/** An invariant of a line of a million takes longer than any statement of a sale may. */
const INVARIANT_TIMEOUT_MS = 120_000;

/** Facts in Postgres, promises in Redis, each behind core's ports. */
export function composeStores(config: Config, { log, name }: { log: Logger; name: string }) {
  const database = makeDatabase(config.databaseUrl, {
    poolMax: config.databasePoolMax,
    applicationName: `onsale-${name}`,
  });
  const patient = makeDatabase(config.databaseUrl, {
    poolMax: 1,
    applicationName: `onsale-${name}-checks`,
    statementTimeoutMs: INVARIANT_TIMEOUT_MS,
  });
  const redis = makeRedisClients(config.redisUrl, {
    onError: (error) => log.warn({ err: error }, "redis connection"),
  });
  const space = { prefix: config.redisKeyPrefix };
  const inventory: InventoryStore = makeRedisInventoryStore(redis, space);
  const workerPulse = makeRedisWorkerPulse(redis.commands, space);
  const readBacklog = makeBacklogReader({ database, redis, space });
  return {
    database,
    redis,
    organizations: makePgOrganizationStore(database),
    venues: makePgVenueStore(database),
    layouts: makePgLayoutStore(database),
    priceLists: makePgPriceListStore(database),
    inventoryFacts: makePgInventoryFactsStore(database),
    events: makePgEventStore(database),
    eventFeeds: makePgEventFeedStore(database),
    closingEvents: makePgClosingEvents(database),
    orders: makePgOrderStore(database),
    eventOwners: makePgEventOwnerStore(database),
    letterOrders: makePgLetterOrders(database),
    webhooks: makePgOldWebhooks(database),
    sales: makePgSalesStore(database),
    accounts: makePgAccountStore(database),
    accountAdmin: makePgAccountAdminStore(database),
    orderSearch: makePgOrderSearchStore(database),
    audit: makePgAuditStore(patient),
    sessionRows: makePgSessionStore(database),
    passwordResets: makePgPasswordResetStore(database),
    signUps: makePgSignUpStore(database),
    access: makePgAccessStore(database),
    jobs: makePgJobStore(database),
    riskMarks: makePgRiskMarkStore(database),
    emailCodes: makePgVerifyEmailStore(database),
    waitlist: makePgWaitlistStore(database),
    invariants: makePgInvariantStore(patient, { readBooks: booksOf(config) }),
    drills: makePgDrillStore(database),
    sandboxBook: makePgSandboxBook(database),
    holds: makeRedisHoldStore(redis.commands, space),
    inventory,
    lines: makePgLineStore(database),
    lineRoom: makeRedisLineRoom(redis.commands, space),
    queue: makeRedisOrderQueue(redis, space),
    workerPulse,
    migrate: () => migrateAs(config),
    readBacklog,
    health: makeHealth({ database, redis, workerPulse, readBacklog }),
    async close(): Promise<void> {
      await redis.close();
      await Promise.all([database.close(), patient.close()]);
    },
  };
}

/** null: the sandbox's books stand beside ours. */
function booksOf({ sandbox }: Config): ReadSandboxBooks | null {
  return sandbox && (() => readSandboxBooks(sandbox));
}

/** As the owner of the tables, who gives the application's role what it needs; as the application where there is one role. */
function migrateAs({ databaseUrl, migrationDatabaseUrl }: Config): Promise<Applied> {
  const application = roleOf(databaseUrl);
  if (migrationDatabaseUrl === null || roleOf(migrationDatabaseUrl).name === application.name)
    return migrate(migrationDatabaseUrl ?? databaseUrl);
  return migrate(migrationDatabaseUrl, { application });
}
export type Stores = ReturnType<typeof composeStores>;
