import {
  AdminLine,
  AdminLines,
  ConfigureLine,
  CreateLine,
  LineWaves,
  LineWavesAsk,
  LiveLine,
  MoveLine,
  PullLevers,
  SetPublicValue,
} from "@onsale/contract/admin-line";
import { OneLine } from "@onsale/contract/line";
import { OneEvent } from "@onsale/contract/shared";
import { memberProcedure, router } from "../trpc.ts";

const looking = memberProcedure("line.read");
const running = memberProcedure("line.run");

export const adminLineRouter = router({
  list: looking
    .input(OneEvent)
    .output(AdminLines)
    .query(({ ctx: { services, actor }, input }) => services.lines.linesOf(actor, input.eventId)),

  create: running
    .input(CreateLine)
    .output(AdminLine)
    .mutation(({ ctx: { services, actor }, input }) => services.lines.create(actor, input)),

  configure: running
    .input(ConfigureLine)
    .output(AdminLine)
    .mutation(({ ctx: { services, actor }, input }) => services.lines.configure(actor, input)),

  /** Answers the line that was; only one whose lobby was never open can go. */
  remove: running
    .input(OneLine)
    .output(AdminLine)
    .mutation(({ ctx: { services, actor }, input }) => services.lines.remove(actor, input.lineId)),

  levers: running
    .input(PullLevers)
    .output(AdminLine)
    .mutation(({ ctx: { services, actor }, input }) => services.lines.pullLevers(actor, input)),

  move: running
    .input(MoveLine)
    .output(AdminLine)
    .mutation(({ ctx: { services, actor }, input }) => services.lines.move(actor, input)),

  /** The value that was named before the lobby closed, once it is known. */
  publicValue: running
    .input(SetPublicValue)
    .output(AdminLine)
    .mutation(({ ctx: { services, actor }, input: { lineId, value } }) =>
      services.lines.setPublicValue(actor, { lineId, publicValue: value }),
    ),

  live: looking
    .input(OneLine)
    .output(LiveLine)
    .query(({ ctx: { services, actor }, input }) => services.lines.live(actor, input.lineId)),

  /** Newest first. */
  waves: looking
    .input(LineWavesAsk)
    .output(LineWaves)
    .query(({ ctx: { services, actor }, input }) => services.lines.waves(actor, input)),
});
