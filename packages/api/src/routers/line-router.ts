import {
  CheckedIn,
  CheckIn,
  DrawProof,
  DrawProofAsk,
  JoinLine,
  LinePass,
  MyPlaceAsk,
  OneLine,
} from "@onsale/contract/line";
import { Nothing } from "@onsale/contract/shared";
import { type IssuedPass, Standing } from "@onsale/core/line/standing";
import { AppError } from "@onsale/core/shared/errors";
import { fanProcedure, publicProcedure, router } from "../trpc.ts";

export const lineRouter = router({
  /** A place in the line, or the one that this account has already. `nonce` makes the entry's name the browser's own. */
  join: fanProcedure
    .meta({ limit: "join", guard: "line.join" })
    .input(JoinLine)
    .output(Standing)
    .mutation(({ ctx: { services, actor }, input }) => services.places.join(actor, input)),

  mine: fanProcedure
    .meta({ limit: "read" })
    .input(MyPlaceAsk)
    .output(Standing.nullable())
    .query(({ ctx: { services, actor }, input }) => services.places.mine(actor, input)),

  /** A sign of life from near the front; without it others are let in first. */
  checkIn: fanProcedure
    .meta({ limit: "checkIn" })
    .input(CheckIn)
    .output(CheckedIn)
    .mutation(async ({ ctx: { services, actor }, input }) => {
      const result = await services.places.checkIn(actor, input.ticket);
      return { kind: result.kind, calledTo: result.kind === "not_called" ? result.calledTo : null };
    }),

  /** The pass of somebody who was let in; asking again renews it. */
  enter: fanProcedure
    .meta({ limit: "pass" })
    .input(OneLine)
    .output(LinePass)
    .mutation(async ({ ctx: { services, clock, actor }, input }) =>
      passView(await services.places.enter(actor, input.lineId), clock.nowMs()),
    ),

  renew: fanProcedure
    .meta({ limit: "pass" })
    .input(OneLine)
    .output(LinePass)
    .mutation(async ({ ctx: { services, clock, actor }, input }) =>
      passView(await services.places.enter(actor, input.lineId), clock.nowMs()),
    ),

  /** Two minutes more for those who ask, a number of times (WCAG 2.2.1). */
  moreTime: fanProcedure
    .meta({ limit: "pass" })
    .input(OneLine)
    .output(LinePass)
    .mutation(async ({ ctx: { services, clock, actor }, input }) =>
      passView(await services.places.moreTime(actor, input.lineId), clock.nowMs()),
    ),

  /** Gives the pass back, or leaves the front of the line; the number stays for the grace time. */
  leave: fanProcedure
    .meta({ limit: "pass" })
    .input(OneLine)
    .output(Nothing)
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
    .input(DrawProofAsk)
    .output(DrawProof)
    .query(async ({ ctx: { services }, input }) => {
      const proof = await services.drawProof(input.lineId, input.entry);
      if (!proof) throw new AppError("draw.not_published", { why: "not_in_draw" });
      return proof;
    }),
});

function passView(issued: IssuedPass, nowMs: number): LinePass {
  return { ...issued, nowMs };
}
