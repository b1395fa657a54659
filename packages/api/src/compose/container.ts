import { randomUUID } from "node:crypto";
import { makeEventService } from "@onsale/core/event/event-service";
import { makeSaleCatalog } from "@onsale/core/event/sale-catalog";
import { makeLineCatalog, makePublicLines } from "@onsale/core/line/line-catalog";
import { composeSignIn } from "./sign-in.ts";
import { composeSessions } from "./sessions.ts";
import type { Config } from "../config.ts";
import { makeTicketCodes } from "../keys/ticket-codes.ts";
import { makeTicketSigner } from "../keys/ticket-signer.ts";
import { makeImportProcess } from "../layout-import/import-process.ts";
import { makeInventoryFeed } from "../live/inventory-feed.ts";
import { makeLineStock } from "../live/line-stock.ts";
import { makeRebuildOnce } from "../live/rebuild-once.ts";
import { makeLogger, noteUnsafeNode } from "../log.ts";
import { composeProviders } from "./providers.ts";
import { composeAdmission } from "./admission.ts";
import { composePortal } from "./portal.ts";
import { makeBell } from "../worker/bell.ts";
import { composeServices } from "./services.ts";
import type { ServicesDeps } from "./services-deps.ts";
import { composeStores } from "./stores.ts";

/**
 * The composition root: the only place that knows which adapter stands behind which port. One per process; opening it
 * connects lazily, closing it ends every connection.
 */
export function composeContainer(config: Config, { name = "web" }: { name?: string } = {}) {
  const log = makeLogger(config.logLevel, name);
  noteUnsafeNode(log);
  const clock = { nowMs: () => Date.now() };
  const stores = composeStores(config, { log, name });
  const { inventory } = stores;
  const providers = composeProviders(config, { log, clock, stores });
  const catalog = makeSaleCatalog({ ...stores, clock });
  const lineCatalog = makeLineCatalog({ lines: stores.lines, clock });
  const publicLines = makePublicLines(lineCatalog, catalog);
  const eventService = makeEventService({ ...stores, catalog, clock, newId: randomUUID });
  const rebuildOnce = makeRebuildOnce({ rebuild: (eventId) => eventService.rebuild(eventId, null), log });
  const feed = makeInventoryFeed({ inventory, rebuild: rebuildOnce, clock });
  const door = composeAdmission(config, { log, clock, stores });
  const imports = makeImportProcess();
  const signer = makeTicketSigner(config.ticketSigningKey);
  const ordersPaid = makeBell();
  const deps: ServicesDeps = {
    log,
    clock,
    stores,
    providers,
    catalog,
    lineCatalog,
    publicLines,
    eventService,
    feed,
    rebuildOnce,
    ordersPaid,
    layoutFiles: imports,
    risk: door.riskService,
    codeOf: makeTicketCodes(signer),
  };
  const services = composeServices(config, deps);

  return {
    config,
    log,
    clock,
    ...stores,
    provider: providers.provider,
    mailbox: providers.mailbox,
    sandboxConfirm: providers.sandboxConfirm,
    confirmPage: providers.confirmPage,
    catalog,
    lineCatalog,
    publicLines,
    lineStock: makeLineStock({ catalog, feed, clock, access: stores.access }),
    providerPulse: providers.providerPulse,
    feed,
    ...composeSessions(config, { stores, clock }),
    ...door,
    signIn: composeSignIn(config, { services, door, stores, clock }),
    ticketPublicKey: signer.publicKey,
    services,
    ordersPaid,
    portal: composePortal(config, deps),
    async close(): Promise<void> {
      imports.close();
      providers.close();
      await feed.close();
      await stores.close();
    },
  };
}
export type Container = ReturnType<typeof composeContainer>;
