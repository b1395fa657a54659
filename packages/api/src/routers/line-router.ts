import { EntryNonce, LineId, PassEnd } from "@onsale/core/line/line";
import type { IssuedPass } from "@onsale/core/line/place-service";
import { AppError } from "@onsale/core/shared/errors";
import { EventId } from "@onsale/core/shared/ids";
import { z } from "zod";
import { lookupText } from "@onsale/core/shared/text";
import { fanProcedure, publicProcedure, router } from "../trpc.ts";

const Standing = z.object({
  lineId: LineId,
  eventId: EventId,
  windowKey: z.string(),
  /** The fan's name in the published draw, 32 hex digits. */
  entry: z.string(),
  number: z.number().nullable(),
  /** Signed proof of the place; keep it, it outlives every store. */
  ticket: z.string(),
  phase: z.enum(["lobby", "waiting", "inside", "over"]),
  ended: PassEnd.nullable(),
  extensionsLeft: z.number(),
});
const Pass = z.object({
  pass: z.string(),
  expiresAtMs: z.number(),
  shopUntilMs: z.number(),
  extensionsLeft: z.number(),
  nowMs: z.number(),
});
const OneLine = z.strictObject({ lineId: LineId });
const TICKET_CHARS_MAX = 1_000;

export const lineRouter = router({
  /** A place in the line, or the one that this account has already. `nonce` makes the entry's name the browser's own. */
  join: fanProcedure
    .meta({ limit: "join", guard: "line.join" })
    .input(z.strictObject({ lineId: LineId, nonce: EntryNonce }))
    .output(Standing)
    .mutation(({ ctx: { services, actor }, input }) => services.places.join(actor, input)),

  mine: fanProcedure
    .meta({ limit: "read" })
    .input(z.strictObject({ eventId: EventId, lineId: LineId.exactOptional() }))
    .output(Standing.nullable())
    .query(({ ctx: { services, actor }, input }) => services.places.mine(actor, input)),

  /** A sign of life from near the front; without it others are let in first. */
  checkIn: fanProcedure
    .meta({ limit: "checkIn" })
    .input(z.strictObject({ ticket: lookupText({ max: TICKET_CHARS_MAX }) }))
    .output(
      z.object({
        kind: z.enum(["present", "inside", "over", "not_called", "lapsed"]),
        calledTo: z.number().nullable(),
      }),
    )
    .mutation(async ({ ctx: { services, actor }, input }) => {
      const result = await services.places.checkIn(actor, input.ticket);
      return { kind: result.kind, calledTo: result.kind === "not_called" ? result.calledTo : null };
    }),

  /** The pass of somebody who was let in; asking again renews it. */
  enter: fanProcedure
    .meta({ limit: "pass" })
    .input(OneLine)
    .output(Pass)
    .mutation(async ({ ctx: { services, clock, actor }, input }) =>
      passView(await services.places.enter(actor, input.lineId), clock.nowMs()),
    ),

  renew: fanProcedure
    .meta({ limit: "pass" })
    .input(OneLine)
    .output(Pass)
    .mutation(async ({ ctx: { services, clock, actor }, input }) =>
      passView(await services.places.enter(actor, input.lineId), clock.nowMs()),
    ),

  /** Two minutes more for those who ask, a number of times (WCAG 2.2.1). */
  moreTime: fanProcedure
    .meta({ limit: "pass" })
    .input(OneLine)
    .output(Pass)
    .mutation(async ({ ctx: { services, clock, actor }, input }) =>
      passView(await services.places.moreTime(actor, input.lineId), clock.nowMs()),
    ),

  /** Gives the pass back, or leaves the front of the line; the number stays for the grace time. */
  leave: fanProcedure
    .meta({ limit: "pass" })
    .input(OneLine)
    .output(z.object({}))
    .mutation(async ({ ctx: { services, actor }, input }) => {
      await services.places.leave(actor, input.lineId);
      return {};
    }),

  rejoin: fanProcedure
    .meta({ limit: "join", guard: "line.join" })
    .input(OneLine)
    .output(Standing)
    .mutation(({ ctx: { services, actor }, input }) => services.places.rejoin(actor, input.lineId)),

  /** The hashes that prove that an entry took part in the draw; see docs/fair-draw.md. */
  proof: publicProcedure
    .meta({ limit: "read" })
    .input(z.strictObject({ lineId: LineId, entry: z.string().regex(/^[0-9a-f]{32}$/) }))
    .output(
      z.object({
        entry: z.string(),
        index: z.number(),
        size: z.number(),
        path: z.array(z.string()).readonly(),
        root: z.string(),
        number: z.number(),
      }),
    )
    .query(async ({ ctx: { services }, input }) => {
      const proof = await services.drawProof(input.lineId, input.entry);
      if (!proof) throw new AppError("draw.not_published", { why: "not_in_draw" });
      return proof;
    }),
});

function passView(issued: IssuedPass, nowMs: number): z.infer<typeof Pass> {
  return { ...issued, nowMs };
}
