import { readFailure } from "../errors/app-failure.ts";

const FIRST_MS = 2_000;
const LONGEST_MS = 12_000;

/** Waits that grow to a bound: what is long in coming is asked for less often, and never given up. */
export const askAgainInMs = (failures: number): number => Math.min(FIRST_MS * 2 ** failures, LONGEST_MS);

/** Answers that end an attempt to pay for good; anything else is no answer. */
const REFUSALS = new Set([
  "BAD_REQUEST",
  "UNAUTHORIZED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "PRECONDITION_FAILED",
]);

/**
 * Whether nobody knows what became of a payment that was sent: the order waits its turn, or a store was away. The page finds
 * out by sending the same call under the same key. Once it is unsure (`failures` calls before this one were), only a refusal
 * ends the attempt.
 */
export function isUnsure(failures: number, error: unknown): boolean {
  const { code, category } = readFailure(error);
  if (code === "checkout.pending" || code === "service.unavailable") return true;
  return failures > 0 && (category === null || !REFUSALS.has(category));
}
