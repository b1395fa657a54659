import {
  JoinedHolds,
  ExtendedHold,
  HoldBestAvailable,
  HoldView,
  MyHolds,
  OwnHold,
  ReleasedHold,
  RepriceHold,
} from "@onsale/contract/hold";
import { OneEvent } from "@onsale/contract/shared";
import { HoldRequest } from "@onsale/core/hold/hold";
import { fanProcedure, router } from "../trpc.ts";
import type { QuotedHold } from "@onsale/core/hold/acquire-hold";
import { seatTrait } from "@onsale/core/layout/seat-trait";
import type { RequestContext } from "../context.ts";

export const holdRouter = router({
  create: fanProcedure
    .meta({ limit: "hold", guard: "hold", outcome: "hold" })
    .input(HoldRequest)
    .output(HoldView)
    .mutation(async ({ ctx: { services, clock, actor, call }, input }) =>
      holdView({ services, clock }, await services.holds.create(actor, call, input)),
    ),

  bestAvailable: fanProcedure
    .meta({ limit: "hold", guard: "hold", outcome: "hold" })
    .input(HoldBestAvailable)
    .output(HoldView)
    .mutation(async ({ ctx: { services, clock, actor, call }, input }) =>
      holdView({ services, clock }, await services.holds.bestAvailable(actor, call, input)),
    ),

  mine: fanProcedure
    .meta({ limit: "read" })
    .input(OneEvent)
    .output(MyHolds)
    .query(async ({ ctx: { services, clock, actor }, input }) => {
      const held = await services.holds.mine(actor, input.eventId);
      return Promise.all(held.map((held) => holdView({ services, clock }, held)));
    }),

  /** Joins what the fan holds in an event into one hold with one price and one end, as far as that can be paid for together. */
  join: fanProcedure
    .meta({ limit: "holdChange", guard: "known" })
    .input(OneEvent)
    .output(JoinedHolds)
    .mutation(async ({ ctx: { services, clock, actor, call }, input }) => {
      const { held, priceChanged } = await services.holds.join(actor, call, input.eventId);
      return { held: await Promise.all(held.map((one) => holdView({ services, clock }, one))), priceChanged };
    }),

  reprice: fanProcedure
    .meta({ limit: "holdChange", guard: "known" })
    .input(RepriceHold)
    .output(HoldView)
    .mutation(async ({ ctx: { services, clock, actor, call }, input }) =>
      holdView({ services, clock }, await services.holds.reprice(actor, call, input)),
    ),

  extend: fanProcedure
    .meta({ limit: "holdChange", guard: "known" })
    .input(OwnHold)
    .output(ExtendedHold)
    .mutation(async ({ ctx: { services, clock, actor, call }, input }) => {
      const { expiresAtMs, extensionsLeft } = await services.holds.extend(actor, call, input);
      return { expiresAtMs, extensionsLeft, nowMs: clock.nowMs() };
    }),

  /** Open to blocked accounts too: what goes back is good for everybody. */
  release: fanProcedure
    .meta({ limit: "holdChange" })
    .input(OwnHold)
    .output(ReleasedHold)
    .mutation(({ ctx: { services, actor }, input }) => services.holds.release(actor, input)),
});

async function holdView(
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
