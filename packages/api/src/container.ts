import { randomUUID } from "node:crypto";
import { makeEventService } from "@onsale/core/event/event-service";
import { makeSaleCatalog } from "@onsale/core/event/sale-catalog";
import { makeLineCatalog } from "@onsale/core/line/line-catalog";
import { makeGuessBudget } from "./access/guess-budget.ts";
import { openSignIn } from "./account/open-sign-in.ts";
import { openSessions } from "./account/open-sessions.ts";
import type { Config } from "./config.ts";
import { makeTicketCodes } from "./keys/ticket-codes.ts";
import { makeTicketSigner } from "./keys/ticket-signer.ts";
import { makeImportProcess } from "./layout-import/import-process.ts";
import { makeDrawProofs } from "./live/draw-proofs.ts";
import { makeHeldCount } from "./live/held-count.ts";
import { makeInventoryFeed } from "./live/inventory-feed.ts";
import { makeLineStock } from "./live/line-stock.ts";
import { makeRebuildOnce } from "./live/rebuild-once.ts";
import { makeLogger, noteUnsafeNode } from "./log.ts";
import { openProgramme } from "./open-programme.ts";
import { openProviders } from "./providers.ts";
import { openRisk } from "./risk/open-risk.ts";
import { openServices } from "./services.ts";
import { openStores } from "./stores.ts";

/**
 * The composition root: the only place that knows which adapter stands behind which port. One per process; opening it
 * connects lazily, closing it ends every connection.
 */
export function makeContainer(config: Config, { name = "web" }: { name?: string } = {}) {
  const log = makeLogger(config.logLevel, name);
  noteUnsafeNode(log);
  const clock = { nowMs: () => Date.now() };
  const stores = openStores(config, { log, name });
  const { events, accounts, inventory } = stores;
  const providers = openProviders(config, { log, clock, stores });
  const catalog = makeSaleCatalog({ events, clock });
  const lineCatalog = makeLineCatalog({ lines: stores.lines, clock });
  const eventService = makeEventService({ events, inventory, catalog, clock, newId: randomUUID });
  const rebuildOnce = makeRebuildOnce({ rebuild: (eventId) => eventService.rebuild(eventId, null), log });
  const feed = makeInventoryFeed({ inventory, rebuild: rebuildOnce, clock });
  const services = openServices(config, {
    log,
    clock,
    stores,
    providers,
    catalog,
    lineCatalog,
    eventService,
    feed,
    rebuildOnce,
  });
  const risk = openRisk(config, {
    log,
    clock,
    accounts,
    riskMarks: stores.riskMarks,
    redis: stores.redis.commands,
  });
  const imports = makeImportProcess();
  const signer = makeTicketSigner(config.ticketSigningKey);

  return {
    config,
    log,
    clock,
    ...stores,
    provider: providers.provider,
    mailbox: providers.mailbox,
    catalog,
    /** What every visitor reads and searches. */
    programme: openProgramme({ events, catalog, clock }),
    lineCatalog,
    lineStock: makeLineStock({ catalog, feed, clock, access: stores.access }),
    drawProof: makeDrawProofs({ lines: services.lines }),
    providerPulse: providers.providerPulse,
    feed,
    ...openSessions(config, { stores, clock }),
    /** For codes of presales. */
    guesses: makeGuessBudget({ redis: stores.redis.commands, prefix: config.redisKeyPrefix }),
    ...risk,
    signIn: openSignIn(config, { services, risk, redis: stores.redis.commands, clock }),
    ticketPublicKey: signer.publicKey,
    ticketCode: makeTicketCodes(signer),
    services,
    async layoutByHash(hash: string) {
      return (await events.findLayoutByHash(hash))?.document ?? null;
    },
    heldCount: makeHeldCount({ catalog, feed }),
    imports,
    async close(): Promise<void> {
      imports.close();
      await feed.close();
      await stores.close();
    },
  };
}
export type Container = ReturnType<typeof makeContainer>;
