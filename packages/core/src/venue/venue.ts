import { z } from "zod";
import { humanText } from "../shared/human-text.ts";
import type { OrganizationId, VenueId } from "../shared/ids.ts";
import { TimeZone } from "../shared/time-zone.ts";

export const ADDRESS_CHARACTERS_MAX = 160;
/** Street and postcode in one line, as on an envelope; "" where nobody said. The city stands beside it. */
export const VenueAddress = humanText({ min: 0, max: ADDRESS_CHARACTERS_MAX });

/** A venue as people enter it. */
export const VenueDraft = z.strictObject({
  name: humanText({ max: 120 }),
  address: VenueAddress.default(""),
  city: humanText({ min: 0, max: 120 }),
  country: humanText({ min: 0, max: 80 }),
  timeZone: TimeZone,
});
export type VenueDraft = z.infer<typeof VenueDraft>;

export type Venue = {
  readonly id: VenueId;
  readonly organizationId: OrganizationId;
  readonly name: string;
  /** Street and postcode in one line, or "". */
  readonly address: string;
  readonly city: string;
  readonly country: string;
  readonly timeZone: string;
};
