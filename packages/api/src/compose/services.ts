import { makeEventImportService } from "@onsale/core/event/import-service";
import { makeLayoutService } from "@onsale/core/layout/layout-service";
import { makeVisitorSale } from "@onsale/core/line/visitor-sale";
import { makeMailService } from "@onsale/core/notification/mail-service";
import { makeJobService } from "@onsale/core/outbox/job-service";
import { makeSalesService } from "@onsale/core/order/sales-service";
import { makeOrganizerEvents } from "@onsale/core/programme/organizer-events";
import type { EventId } from "@onsale/core/shared/ids";
import { makeVenueService } from "@onsale/core/venue/venue-service";
import { transliterate } from "transliteration";
import type { Config } from "../config.ts";
import { makeDrawProofs } from "../live/draw-proofs.ts";
import { composeAccess } from "./access.ts";
import { composeAccounts } from "./accounts.ts";
import { composeLines } from "./lines.ts";
import { composeOrganizations } from "./organizations.ts";
import { composeProgramme } from "./programme.ts";
import { composeSale } from "./sale.ts";
import type { ServicesDeps } from "./services-deps.ts";
import { composeWaitlist } from "./waitlist.ts";

/** Core's decisions over the stores and providers of this process: all that procedures may use. */
export function composeServices(config: Config, deps: ServicesDeps) {
  const { clock, catalog, eventService, feed, stores } = deps;
  const { events } = stores;
  const onEpochMissing = rebuildSoon(deps);
  const access = composeAccess(config, deps);
  const lines = composeLines(config, deps, access);
  const sale = composeSale(config, deps, { access, lines, onEpochMissing });
  return {
    ...composeAccounts(config, deps),
    ...composeOrganizations(config, deps),
    /** What is sold, from memory; `stock` is how it stands right now. */
    catalog,
    stock: feed,
    /** What every visitor reads and searches. */
    programme: composeProgramme({ events, catalog, clock }),
    saleFor: makeVisitorSale({ clock, lines: deps.lineCatalog, access: access.accessGate }),
    organizerEvents: makeOrganizerEvents({ ...stores, clock }),
    sales: makeSalesService({ sales: stores.sales, catalog, stock: feed }),
    layoutFiles: deps.layoutFiles,
    drawProof: makeDrawProofs({ lines: lines.lines }),
    risk: deps.risk,
    layouts: makeLayoutService(stores),
    events: eventService,
    venues: makeVenueService(stores),
    eventImports: makeEventImportService({
      ...stores,
      feeds: stores.eventFeeds,
      update: eventService.update,
      romanize: transliterate,
    }),
    ...access,
    ...lines,
    ...composeWaitlist(config, deps, onEpochMissing),
    ...sale,
    jobs: makeJobService(stores),
    mail: makeMailService({
      orders: stores.letterOrders,
      events,
      catalog,
      givePassBack: (order) => sale.passReturn.ofPaidOrder(order),
      mailer: deps.providers.mailer,
      ordersUrl: `${config.publicUrl}/orders`,
    }),
  };
}
export type Services = ReturnType<typeof composeServices>;

/** Whoever meets a sale without its shard has it made again, and does not wait for it. */
export function rebuildSoon({ rebuildOnce, log }: Pick<ServicesDeps, "rebuildOnce" | "log">) {
  return (eventId: EventId) =>
    void rebuildOnce(eventId).catch((error: unknown) => log.error({ err: error, eventId }, "rebuild failed"));
}
