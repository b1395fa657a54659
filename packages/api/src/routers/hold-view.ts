import type { HoldView } from "@onsale/contract/hold";
import type { QuotedHold } from "@onsale/core/hold/acquire-hold";
import { seatTrait } from "@onsale/core/layout/seat-trait";
import type { RequestContext } from "../context.ts";

export async function holdView(
  { services: { catalog }, clock }: Pick<RequestContext, "services" | "clock">,
  { hold, quote }: QuotedHold,
): Promise<HoldView> {
  const { id, eventId, items, expiresAtMs, extensionsLeft, state } = hold;
  const { plan } = await catalog.require(eventId);
  const traits = items.seats.flatMap(({ seatNo }) => {
    const trait = seatTrait(plan, seatNo);
    return trait ? [{ seatNo, trait }] : [];
  });
  const nowMs = clock.nowMs();
  return { hold: { id, eventId, items, expiresAtMs, nowMs, extensionsLeft, state }, quote, traits };
}
