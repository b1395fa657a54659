import type { OrganizationId } from "@onsale/core/shared/ids";
import { makePgAccessStore } from "../access/pg-access-store.ts";
import type { Database } from "../client.ts";
import { makePgEventStore } from "../event/pg-event-store.ts";
import { makePgInventoryFactsStore } from "../inventory/pg-inventory-facts-store.ts";
import { makePgLayoutStore } from "../layout/pg-layout-store.ts";
import { makePgLineStore } from "../line/pg-line-store.ts";
import { makePgSalesStore } from "../order/pg-sales-store.ts";
import { makePgPriceListStore } from "../pricing/pg-price-list-store.ts";
import { makePgVenueStore } from "../venue/pg-venue-store.ts";
import { makePgWaitlistStore } from "../waitlist/pg-waitlist-store.ts";
import { type PortalStore, storeInOrganization } from "./in-organization.ts";
import { makePgOrganizationStore } from "./pg-organization-store.ts";

/**
 * What members work with. Each verb here answers of their organization alone, by the condition in its own statement
 * (scope.ts, event_in_scope) and by row security; one that is not here is refused, so that a verb for fans or for the worker
 * need not ask.
 */
export const PORTAL_STORES = {
  organizations: portalStore(
    makePgOrganizationStore,
    ...(["find", "save", "membershipFor", "members", "setRole", "remove"] as const),
    ...(["invite", "invitations", "revoke"] as const),
  ),
  venues: portalStore(makePgVenueStore, "create", "setAddress", "list"),
  layouts: portalStore(makePgLayoutStore, "save", "find", "list"),
  priceLists: portalStore(makePgPriceListStore, "publish", "find"),
  inventoryFacts: portalStore(makePgInventoryFactsStore, "read", "setBlocked"),
  events: portalStore(
    makePgEventStore,
    ...(["createEvent", "updateEvent", "moveEvent", "findEvent", "listEvents", "countEvents"] as const),
  ),
  sales: portalStore(makePgSalesStore, "read"),
  access: portalStore(
    makePgAccessStore,
    ...(["createCodes", "revoke", "addEmails", "removeEmails", "batches", "presales"] as const),
  ),
  lines: portalStore(
    makePgLineStore,
    ...(["create", "configure", "remove", "pullLevers", "openLobby", "closeLobby", "move"] as const),
    ...(["setPublicValue", "find", "findByEvent", "waves", "counts"] as const),
  ),
  waitlist: portalStore(makePgWaitlistStore, "list", "counts", "demand"),
};
type All = typeof PORTAL_STORES;
export type PortalStores = { readonly [Name in keyof All]: ReturnType<All[Name]["make"]> };

function portalStore<Store extends object>(
  make: (database: Database) => Store,
  ...verbs: readonly (keyof Store & string)[]
): PortalStore<Store> {
  return { make, verbs };
}

/** Each a store that works for this organization. */
export function portalStores(database: Database, organization: OrganizationId): PortalStores {
  const own = <Store extends object>(store: PortalStore<Store>) =>
    storeInOrganization(store, database, organization);
  return {
    organizations: own(PORTAL_STORES.organizations),
    venues: own(PORTAL_STORES.venues),
    layouts: own(PORTAL_STORES.layouts),
    priceLists: own(PORTAL_STORES.priceLists),
    inventoryFacts: own(PORTAL_STORES.inventoryFacts),
    events: own(PORTAL_STORES.events),
    sales: own(PORTAL_STORES.sales),
    access: own(PORTAL_STORES.access),
    lines: own(PORTAL_STORES.lines),
    waitlist: own(PORTAL_STORES.waitlist),
  };
}
