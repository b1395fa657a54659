import { AppError } from "../shared/errors.ts";

/** missing: none was sent. invalid: not ours, or somebody else's. expired: by its own clock. ended: given back or lapsed. */
export const passRequired = (why: "missing" | "invalid" | "expired" | "ended") =>
  new AppError("line.pass_required", "This sale has a line; its pass is what opens it.", {
    details: { why },
  });

export const lineNotFound = () => new AppError("line.not_found", "There is no such line.");

/** The room was lost and comes back by itself; nobody loses a number or a pass by it. */
export const lineResting = () =>
  new AppError("line.resting", "The line is catching its breath; your place is kept.", {
    details: { retryAfterMs: 2_000 },
  });
