import { AppError } from "@onsale/core/shared/errors";

/** Redis' own words for "not now": loading, failing over, full, a script that runs too long. */
const NOT_NOW = /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|OOM|NOREPLICAS|MISCONF|UNBLOCKED)\b/;

/**
 * A refused script or a wrong argument is our bug and stays what it is. Everything else that ioredis rejects with means
 * that no answer came: the step may or may not have run, so the caller must retry under the same operation id.
 */
export async function orUnavailable<T>(reply: Promise<T>): Promise<T> {
  try {
    return await reply;
  } catch (error) {
    if (!(error instanceof Error) || (error.name === "ReplyError" && !NOT_NOW.test(error.message)))
      throw error;
    throw new AppError("service.unavailable", { what: "seats" }, { cause: error });
  }
}
