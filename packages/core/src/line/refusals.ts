import { AppError } from "../shared/errors.ts";
import { lineMoves, type LineRecord, type LineState } from "./line.ts";

/** missing: none was sent. invalid: not ours, or somebody else's. expired: by its own clock. ended: given back or lapsed. */
export const passRequired = (why: "missing" | "invalid" | "expired" | "ended") =>
  new AppError("line.pass_required", { why });

export const lineNotFound = () => new AppError("line.not_found");

/** Tells what the line may do instead: `next` names those states. */
export const lineBadMove = (line: Pick<LineRecord, "state" | "finishedAtMs">, to: LineState) =>
  new AppError("line.bad_transition", {
    from: line.state,
    isOver: line.finishedAtMs !== null,
    to,
    next: lineMoves(line),
  });

/** The room was lost and comes back by itself; nobody loses a number or a pass by it. */
export const lineResting = () => new AppError("line.resting", { retryAfterMs: 2_000 });
