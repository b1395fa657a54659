import type { HeldCart } from "@onsale/core/hold/acquire-hold";
import { CartItems } from "@onsale/core/pricing/quote-item";
import { Quote } from "@onsale/core/pricing/quote-schema";
import { z } from "zod";

/** A hold as its owner sees it. Times are the server's; `nowMs` lets a browser with a wrong clock count down rightly. */
export const CartView = z.object({
  hold: z.object({
    id: z.string(),
    eventId: z.string(),
    items: CartItems,
    expiresAtMs: z.number(),
    nowMs: z.number(),
    extensionsLeft: z.number(),
    state: z.enum(["active", "claimed", "ended"]),
  }),
  quote: Quote,
});

export function cartView({ hold, quote }: HeldCart, nowMs: number): z.infer<typeof CartView> {
  const { id, eventId, items, expiresAtMs, extensionsLeft, state } = hold;
  return { hold: { id, eventId, items, expiresAtMs, nowMs, extensionsLeft, state }, quote };
}
