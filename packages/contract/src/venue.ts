import { OrganizationId, VenueId } from "@onsale/core/shared/ids";
import { VenueAddress, VenueDraft } from "@onsale/core/venue/venue";
import { z } from "zod";

export const AdminVenue = z.object({
  id: VenueId,
  organizationId: OrganizationId,
  name: z.string(),
  address: z.string(),
  city: z.string(),
  country: z.string(),
  timeZone: z.string(),
});
export type AdminVenue = z.infer<typeof AdminVenue>;

export const AdminVenuesAsk = z.strictObject({ organizationId: OrganizationId });
export const AdminVenues = z.array(AdminVenue);
export const CreateVenue = z.strictObject({ organizationId: OrganizationId, draft: VenueDraft });
/** `before`: the address that this one is written over. */
export const SetVenueAddress = z.strictObject({
  venueId: VenueId,
  before: VenueAddress,
  address: VenueAddress,
});
export const VenueAddressNow = z.object({ address: z.string() });
