import { EventId, HoldId } from "@onsale/core/shared/ids";
import { WaitlistEnd, WaitlistState, WaitlistWishes } from "@onsale/core/waitlist/waitlist";
import { z } from "zod";
import { OneEvent } from "./shared.ts";

/** What a fan says they wait for. */
export const JoinWaitlist = OneEvent.extend({ wishes: WaitlistWishes });
export const MyWaitsAsk = z.strictObject({ eventId: EventId.exactOptional() });

/** A fan's wait. Times are the server's; `nowMs` lets a browser with a wrong clock count down rightly. */
export const WaitView = z.object({
  event: z.object({
    id: EventId,
    slug: z.string(),
    title: z.string(),
    timeZone: z.string(),
    currency: z.string(),
  }),
  state: WaitlistState,
  ended: WaitlistEnd.nullable(),
  wishes: WaitlistWishes,
  lineNumber: z.number().nullable(),
  joinedAtMs: z.number(),
  /** Fans who are asked before this one. */
  ahead: z.number(),
  offer: z
    .object({
      holdId: HoldId,
      places: z.array(z.string()),
      /** How many seats, and how many places in standing areas. */
      seats: z.number(),
      standing: z.number(),
      /** The whole price of all of them; null while the shard cannot say. */
      totalMinor: z.number().nullable(),
      expiresAtMs: z.number(),
      nowMs: z.number(),
    })
    .nullable(),
});
export type WaitView = z.infer<typeof WaitView>;
export const MyWaits = z.array(WaitView);
