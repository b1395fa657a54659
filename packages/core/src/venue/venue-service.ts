import type { Staff } from "../actor/actor.ts";
import { refuseElsewhere } from "../actor/own-organization.ts";
import { AppError } from "../shared/errors.ts";
import type { OrganizationId } from "../shared/ids.ts";
import type { Venue, VenueDraft } from "./venue.ts";
import type { VenueAddressChange, VenueStore } from "./venue-store.ts";

/** The halls that events are in. */
export function makeVenueService({ venues }: { venues: Pick<VenueStore, "list" | "create" | "setAddress"> }) {
  const inOwn = (actor: Staff, organization: OrganizationId) =>
    refuseElsewhere(actor, organization, () => new AppError("organization.not_found", {}));
  return {
    async list(actor: Staff, organization: OrganizationId): Promise<Venue[]> {
      inOwn(actor, organization);
      return venues.list(organization);
    },
    async create(actor: Staff, organizationId: OrganizationId, venue: VenueDraft): Promise<Venue> {
      inOwn(actor, organizationId);
      return venues.create(actor, { ...venue, organizationId });
    },
    /** Tickets, mails after this and the event's page show the new one a moment later. */
    async setAddress(actor: Staff, change: VenueAddressChange): Promise<void> {
      const result = await venues.setAddress(actor, change);
      if (result.kind === "not_found") throw new AppError("venue.not_found");
      if (result.kind === "changed") {
        throw new AppError("change.stale", { thing: "venue", address: result.address });
      }
    },
  };
}
