import { AppError } from "../shared/errors.ts";
import type { OrganizationId } from "../shared/ids.ts";
import type { VenueDraft } from "./venue.ts";
import type { VenueAddressChange, VenueStore } from "./venue-store.ts";

/** The halls that events are in. */
export function makeVenueService({ venues }: { venues: Pick<VenueStore, "list" | "create" | "setAddress"> }) {
  return {
    list: (organization: OrganizationId) => venues.list(organization),
    create: (venue: VenueDraft & { organizationId: OrganizationId }, actor: string) =>
      venues.create(venue, actor),
    /** Tickets, mails after this and the event's page show the new one a moment later. */
    async setAddress(change: VenueAddressChange): Promise<void> {
      const result = await venues.setAddress(change);
      if (result.kind === "not_found") throw new AppError("venue.not_found");
      if (result.kind === "changed") {
        throw new AppError("change.stale", { thing: "venue", address: result.address });
      }
    },
  };
}
