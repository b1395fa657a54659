import { z } from "zod";
import { PriceMinor } from "../shared/money-schema.ts";

/** What a ticket costs before anything is chosen, whole: with the fees of a ticket and the taxes on top. Minor units. */
export const DisplayPrice = z.strictObject({
  category: z.string(),
  ticketType: z.string(),
  ticketTypeLabel: z.string(),
  /** What the organizer set. */
  faceMinor: PriceMinor,
  /** What the fan pays for one. */
  allInMinor: PriceMinor,
});
export type DisplayPrice = z.infer<typeof DisplayPrice>;
