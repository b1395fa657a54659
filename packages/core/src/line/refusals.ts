import { AppError } from "../shared/errors.ts";
import { lineMoves, type LineRecord, type LineState } from "./line.ts";

/** missing: none was sent. invalid: not ours, or somebody else's. expired: by its own clock. ended: given back or lapsed. */
export const passRequired = (why: "missing" | "invalid" | "expired" | "ended") =>
  new AppError("line.pass_required", "This sale has a line; its pass is what opens it.", {
    details: { why },
  });

export const lineNotFound = () => new AppError("line.not_found", "There is no such line.");

const STANDS: Readonly<Record<LineState, string>> = {
  closed: "It is not open yet: its lobby can be opened, or the line removed.",
  lobby: "Its lobby is open: the draw can be made, or the line closed.",
  drawing: "Its draw is being made: it opens by itself, or can be closed.",
  open: "It is open: it can be paused, drained or closed.",
  paused: "It is paused: it can be opened again, drained or closed.",
  draining: "It is draining: it can be opened again, paused or closed.",
};

/** Says what the line may do instead; details.next names those states. */
export const lineBadMove = (line: Pick<LineRecord, "state" | "finishedAtMs">, to: LineState) =>
  new AppError(
    "line.bad_transition",
    line.finishedAtMs === null ? STANDS[line.state] : "It is over: nothing moves it any more.",
    { details: { from: line.state, to, next: lineMoves(line) } },
  );

/** The room was lost and comes back by itself; nobody loses a number or a pass by it. */
export const lineResting = () =>
  new AppError("line.resting", "The line is catching its breath; your place is kept.", {
    details: { retryAfterMs: 2_000 },
  });
