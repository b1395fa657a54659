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
    .query(({ ctx: { services }, input }) => services.lines.linesOf(input.eventId)),

  create: running
    .input(CreateLine)
    .output(AdminLine)
    .mutation(({ ctx: { services, account }, input }) =>
      services.lines.create({ ...input, actor: account.email }),
    ),

  configure: running
    .input(ConfigureLine)
    .output(AdminLine)
    .mutation(({ ctx: { services, account }, input }) =>
      services.lines.configure({ ...input, actor: account.email }),
    ),

  /** Answers the line that was; only one whose lobby was never open can go. */
  remove: running
    .input(OneLine)
    .output(AdminLine)
    .mutation(({ ctx: { services, account }, input }) =>
      services.lines.remove({ ...input, actor: account.email }),
    ),

  levers: running
    .input(PullLevers)
    .output(AdminLine)
    .mutation(({ ctx: { services, account }, input }) =>
      services.lines.pullLevers({ ...input, actor: account.email }),
    ),

  move: running
    .input(MoveLine)
    .output(AdminLine)
    .mutation(({ ctx: { services, account }, input }) =>
      services.lines.move({ ...input, actor: account.email }),
    ),

  /** The value that was named before the lobby closed, once it is known. */
  publicValue: running
    .input(SetPublicValue)
    .output(AdminLine)
    .mutation(({ ctx: { services, account }, input: { lineId, value } }) =>
      services.lines.setPublicValue({ lineId, publicValue: value, actor: account.email }),
    ),

  live: looking
    .input(OneLine)
    .output(LiveLine)
    .query(({ ctx: { services }, input }) => services.lines.live(input.lineId)),

  /** Newest first. */
  waves: looking
    .input(LineWavesAsk)
    .output(LineWaves)
    .query(({ ctx: { services }, input }) => services.lines.waves(input)),
});
