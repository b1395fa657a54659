import type { QuotedHold } from "@onsale/core/hold/acquire-hold";
import { SEAT_TRAITS, seatTrait } from "@onsale/core/layout/seat-trait";
import { TicketItems } from "@onsale/core/pricing/ticket-items";
import { Quote } from "@onsale/core/pricing/quote-schema";
import { z } from "zod";
import type { RequestContext } from "../context.ts";

/** A hold as its owner sees it. Times are the server's; `nowMs` lets a browser with a wrong clock count down rightly. */
export const HoldView = z.object({
  hold: z.object({
    id: z.string(),
    eventId: z.string(),
    items: TicketItems,
    expiresAtMs: z.number(),
    nowMs: z.number(),
    extensionsLeft: z.number(),
    state: z.enum(["active", "claimed", "ended"]),
  }),
  quote: Quote,
  /** Seats that are not like any other. */
  traits: z.array(z.object({ seatNo: z.number(), trait: z.enum(SEAT_TRAITS) })),
});

export async function holdView(
  { services: { catalog }, clock }: Pick<RequestContext, "services" | "clock">,
  { hold, quote }: QuotedHold,
): Promise<z.infer<typeof HoldView>> {
  const { id, eventId, items, expiresAtMs, extensionsLeft, state } = hold;
  const { plan } = await catalog.require(eventId);
  const traits = items.seats.flatMap(({ seatNo }) => {
    const trait = seatTrait(plan, seatNo);
    return trait ? [{ seatNo, trait }] : [];
  });
  const nowMs = clock.nowMs();
  return { hold: { id, eventId, items, expiresAtMs, nowMs, extensionsLeft, state }, quote, traits };
}
