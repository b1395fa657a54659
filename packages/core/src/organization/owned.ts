import { z } from "zod";
import { EventId, LayoutId, OrganizationId, Uuid, VenueId } from "../shared/ids.ts";

/** What belongs to an organization, as a caller names it. */
export type Owned =
  | { readonly organizationId: OrganizationId }
  | { readonly eventId: EventId }
  | { readonly lineId: string }
  | { readonly venueId: VenueId }
  | { readonly layoutId: LayoutId }
  /** An event by its id or its address, one of before too. */
  | { readonly idOrSlug: string };

const NAMES = [
  z.object({ organizationId: OrganizationId }),
  z.object({ eventId: EventId }),
  z.object({ lineId: Uuid }),
  z.object({ venueId: VenueId }),
  z.object({ layoutId: LayoutId }),
  z.object({ idOrSlug: z.string().min(1).max(100) }),
];

/** What an input names as the thing it is about: the organization where it says one, else the one thing. null: nothing. */
export function ownedIn(input: unknown): Owned | null {
  for (const Named of NAMES) {
    const named = Named.safeParse(input);
    if (named.success) return named.data as Owned;
  }
  return null;
}
