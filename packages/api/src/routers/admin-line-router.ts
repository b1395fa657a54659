import { Version } from "@onsale/core/audit/change";
import { LineId, LineLevers, LineSettings, LineState, PassEnd } from "@onsale/core/line/line";
import { LineNow } from "@onsale/core/line/now-serving";
import { EventId } from "@onsale/core/shared/ids";
import { z } from "zod";
import { writtenText } from "@onsale/core/shared/text";
import { Count } from "@onsale/core/shared/numbers";
import { memberProcedure, router } from "../trpc.ts";
import { LineView } from "./line-view.ts";

const WAVES_MAX = 200;
const looking = memberProcedure("line.read");
const running = memberProcedure("line.run");
const OneLine = z.strictObject({ lineId: LineId });
const RoomView = z.object({
  room: z.string(),
  servedTo: z.number(),
  calledTo: z.number(),
  active: z.number(),
  front: z.number(),
});
const Counts = z.object({
  joined: z.number(),
  admitted: z.number(),
  inside: z.number(),
  ended: z.record(PassEnd, z.number()),
  tickets: z.number(),
});
const WaveView = z.object({
  seq: z.number(),
  atMs: z.number(),
  fence: z.number(),
  admitted: z.number(),
  activeAfter: z.number(),
  reason: z.string(),
  inputs: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  numbers: z.array(z.number()).readonly(),
});

export const adminLineRouter = router({
  list: looking
    .input(z.strictObject({ eventId: EventId }))
    .output(z.array(LineView))
    .query(({ ctx: { services }, input }) => services.lines.linesOf(input.eventId)),

  create: running
    .input(z.strictObject({ eventId: EventId, settings: LineSettings }))
    .output(LineView)
    .mutation(({ ctx: { services, account }, input }) =>
      services.lines.create({ ...input, actor: account.email }),
    ),

  configure: running
    .input(OneLine.extend({ version: Version, settings: LineSettings }))
    .output(LineView)
    .mutation(({ ctx: { services, account }, input }) =>
      services.lines.configure({ ...input, actor: account.email }),
    ),

  /** Answers the line that was; only one whose lobby was never open can go. */
  remove: running
    .input(OneLine)
    .output(LineView)
    .mutation(({ ctx: { services, account }, input }) =>
      services.lines.remove({ ...input, actor: account.email }),
    ),

  levers: running
    .input(OneLine.extend({ version: Version, levers: LineLevers }))
    .output(LineView)
    .mutation(({ ctx: { services, account }, input }) =>
      services.lines.pullLevers({ ...input, actor: account.email }),
    ),

  move: running
    .input(OneLine.extend({ version: Version, to: LineState }))
    .output(LineView)
    .mutation(({ ctx: { services, account }, input }) =>
      services.lines.move({ ...input, actor: account.email }),
    ),

  /** The value that was named before the lobby closed, once it is known. */
  publicValue: running
    .input(OneLine.extend({ value: writtenText({ min: 1, max: 500 }) }))
    .output(LineView)
    .mutation(({ ctx: { services, account }, input: { lineId, value } }) =>
      services.lines.setPublicValue({ lineId, publicValue: value, actor: account.email }),
    ),

  live: looking
    .input(OneLine)
    .output(z.object({ line: LineView, now: LineNow.nullable(), counts: Counts, room: RoomView.nullable() }))
    .query(({ ctx: { services }, input }) => services.lines.live(input.lineId)),

  /** Newest first. */
  waves: looking
    .input(
      OneLine.extend({
        limit: z.int().min(1).max(WAVES_MAX).default(60),
        beforeSeq: Count.exactOptional(),
      }),
    )
    .output(z.array(WaveView))
    .query(({ ctx: { services }, input }) => services.lines.waves(input)),
});
