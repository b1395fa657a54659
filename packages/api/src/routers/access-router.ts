import { TypedCode } from "@onsale/core/access/access";
import { requirePublicEvent } from "@onsale/core/event/require-event";
import { EventId } from "@onsale/core/shared/ids";
import { z } from "zod";
import { fanProcedure, router } from "../trpc.ts";

const Opened = z.object({
  windowKey: z.string(),
  label: z.string(),
  opensAtMs: z.number(),
  closesAtMs: z.number(),
});

export const accessRouter = router({
  /** Enters a code. Again is harmless; wrong, used up, expired and foreign codes are one answer: access.code_refused. */
  redeem: fanProcedure
    .meta({ limit: "read" })
    .input(z.strictObject({ eventId: EventId, code: TypedCode }))
    .output(z.object({ windowKey: z.string(), opened: z.array(Opened).readonly(), nowMs: z.number() }))
    .mutation(async ({ ctx: { services, clock, actor, call }, input: { eventId, code } }) => {
      const event = await requirePublicEvent(services.catalog, eventId);
      const redeemed = await services.access.redeem(actor, call, { event, code });
      return { ...redeemed, nowMs: clock.nowMs() };
    }),

  /** The presales of an event that the caller may buy in, by a code or by a list, those to come included. */
  mine: fanProcedure
    .meta({ limit: "read" })
    .input(z.strictObject({ eventId: EventId }))
    .output(z.object({ opened: z.array(Opened), nowMs: z.number() }))
    .query(async ({ ctx: { services, clock, actor }, input: { eventId } }) => ({
      opened: await services.access.mine(actor, await requirePublicEvent(services.catalog, eventId)),
      nowMs: clock.nowMs(),
    })),
});
