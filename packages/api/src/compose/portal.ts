import { randomUUID } from "node:crypto";
import { makeEventService } from "@onsale/core/event/event-service";
import { makeLayoutService } from "@onsale/core/layout/layout-service";
import { makeSalesService } from "@onsale/core/order/sales-service";
import { makeOrganizerEvents } from "@onsale/core/programme/organizer-events";
import type { OrganizationId } from "@onsale/core/shared/ids";
import { makeVenueService } from "@onsale/core/venue/venue-service";
import { portalStores } from "@onsale/db/organization/portal-stores";
import type { Config } from "../config.ts";
import { composeAccess } from "./access.ts";
import { composeLines } from "./lines.ts";
import { composeOrganizations } from "./organizations.ts";
import { rebuildSoon } from "./services.ts";
import type { ServicesDeps } from "./services-deps.ts";
import { composeWaitlist } from "./waitlist.ts";

/**
 * The services of one organization's portal: whatever they ask, the database shows and changes rows of that organization
 * alone. What processes share stays: seats that are held, and what is remembered of a sale.
 */
export function composePortal(config: Config, deps: ServicesDeps) {
  return (organization: OrganizationId) => {
    const stores = { ...deps.stores, ...portalStores(deps.stores.database, organization) };
    const { catalog, clock, feed } = deps;
    const own = { ...deps, stores };
    const access = composeAccess(config, own);
    return {
      organizations: composeOrganizations(config, own).organizations,
      organizerEvents: makeOrganizerEvents({ ...stores, clock }),
      events: makeEventService({ ...stores, catalog, clock, newId: randomUUID }),
      venues: makeVenueService(stores),
      layouts: makeLayoutService(stores),
      layoutFiles: deps.layoutFiles,
      sales: makeSalesService({ sales: stores.sales, catalog, stock: feed }),
      access: access.access,
      lines: composeLines(config, own, access).lines,
      waitlist: composeWaitlist(config, own, rebuildSoon(deps)).waitlist,
    };
  };
}
export type PortalServices = ReturnType<ReturnType<typeof composePortal>>;
