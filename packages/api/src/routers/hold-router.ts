import { HoldRequest } from "@onsale/core/hold/hold";
import { TicketItems } from "@onsale/core/pricing/ticket-items";
import { EventId, HoldId, IdempotencyKey } from "@onsale/core/shared/ids";
import { z } from "zod";
import { lookupText } from "@onsale/core/shared/text";
import { fanProcedure, router } from "../trpc.ts";
import { HoldView, holdView } from "./hold-view.ts";

const OwnHold = z.strictObject({ eventId: EventId, holdId: HoldId });

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
    .input(
      z.strictObject({
        eventId: EventId,
        operationId: IdempotencyKey,
        quantity: z.int().min(1).max(50),
        ticketType: lookupText({ max: 40 }),
        categories: z
          .array(lookupText({ min: 0, max: 160 }))
          .max(200)
          .optional(),
        sectionKeys: z
          .array(lookupText({ min: 0, max: 160 }))
          .max(2_000)
          .optional(),
        accessible: z.boolean().optional(),
      }),
    )
    .output(HoldView)
    .mutation(async ({ ctx: { services, clock, actor, call }, input }) =>
      holdView({ services, clock }, await services.holds.bestAvailable(actor, call, input)),
    ),

  mine: fanProcedure
    .meta({ limit: "read" })
    .input(z.strictObject({ eventId: EventId }))
    .output(z.array(HoldView))
    .query(async ({ ctx: { services, clock, actor }, input }) => {
      const held = await services.holds.mine(actor, input.eventId);
      return Promise.all(held.map((held) => holdView({ services, clock }, held)));
    }),

  reprice: fanProcedure
    .meta({ limit: "holdChange", guard: "known" })
    .input(OwnHold.extend({ items: TicketItems }))
    .output(HoldView)
    .mutation(async ({ ctx: { services, clock, actor, call }, input }) =>
      holdView({ services, clock }, await services.holds.reprice(actor, call, input)),
    ),

  extend: fanProcedure
    .meta({ limit: "holdChange", guard: "known" })
    .input(OwnHold)
    .output(z.object({ expiresAtMs: z.number(), nowMs: z.number(), extensionsLeft: z.number() }))
    .mutation(async ({ ctx: { services, clock, actor, call }, input }) => {
      const { expiresAtMs, extensionsLeft } = await services.holds.extend(actor, call, input);
      return { expiresAtMs, extensionsLeft, nowMs: clock.nowMs() };
    }),

  /** Open to blocked accounts too: what goes back is good for everybody. */
  release: fanProcedure
    .meta({ limit: "holdChange" })
    .input(OwnHold)
    .output(z.object({ seats: z.number() }))
    .mutation(({ ctx: { services, actor }, input }) => services.holds.release(actor, input)),
});
