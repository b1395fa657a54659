import { MyPresales, RedeemCode, RedeemedCode } from "@onsale/contract/access";
import { OneEvent } from "@onsale/contract/shared";
import { requirePublicEvent } from "@onsale/core/event/require-event";
import { fanProcedure, router } from "../trpc.ts";

export const accessRouter = router({
  /** Enters a code. Again is harmless; wrong, used up, expired and foreign codes are one answer: access.code_refused. */
  redeem: fanProcedure
    .meta({ limit: "read" })
    .input(RedeemCode)
    .output(RedeemedCode)
    .mutation(async ({ ctx: { services, clock, actor, call }, input: { eventId, code } }) => {
      const event = await requirePublicEvent(services.catalog, eventId);
      const redeemed = await services.access.redeem(actor, call, { event, code });
      return { ...redeemed, nowMs: clock.nowMs() };
    }),

  /** The presales of an event that the caller may buy in, by a code or by a list, those to come included. */
  mine: fanProcedure
    .meta({ limit: "read" })
    .input(OneEvent)
    .output(MyPresales)
    .query(async ({ ctx: { services, clock, actor }, input: { eventId } }) => ({
      opened: await services.access.mine(actor, await requirePublicEvent(services.catalog, eventId)),
      nowMs: clock.nowMs(),
    })),
});
