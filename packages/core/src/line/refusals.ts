import { AppError } from "../shared/errors.ts";

/** missing: none was sent. invalid: not ours, or somebody else's. expired: by its own clock. ended: given back or lapsed. */
export const passRequired = (why: "missing" | "invalid" | "expired" | "ended") =>
  new AppError("line.pass_required", "This sale has a line; its pass is what opens it.", {
    details: { why },
  });

export const lineNotFound = () => new AppError("line.not_found", "There is no such line.");
