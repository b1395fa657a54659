import type { Actor } from "../actor/actor.ts";
import type { OrganizationId, VenueId } from "../shared/ids.ts";
import type { Venue } from "./venue.ts";

/** Written over the address that its writer saw, and over no other. */
export type VenueAddressChange = {
  readonly venueId: VenueId;
  readonly before: string;
  readonly address: string;
};
export type VenueAddressResult =
  | { readonly kind: "saved" | "not_found" }
  | { readonly kind: "changed"; readonly address: string };

export type NewVenue = Omit<Venue, "id" | "address"> & { readonly address?: string };

export interface VenueStore {
  /** One that is there already is answered as it stands. */
  create(actor: Actor, venue: NewVenue): Promise<Venue>;
  setAddress(actor: Actor, change: VenueAddressChange): Promise<VenueAddressResult>;
  /** Without the hall of drills; null: of every organization. */
  list(organization: OrganizationId | null): Promise<Venue[]>;
  /** By name and city, case-insensitive: imports meet the same venue again. */
  find(organization: OrganizationId, place: { name: string; city: string }): Promise<Venue | null>;
}
