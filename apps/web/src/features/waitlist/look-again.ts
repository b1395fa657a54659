import type { WaitView } from "@onsale/contract/waitlist";
import { AHEAD_EXACT_MAX } from "@onsale/core/waitlist/waitlist";

const NEAR_MS = 10_000;
const FAR_MS = 60_000;
/** A crowd that came at once must not ask at once: up to so much earlier or later. */
const JITTER = 0.2;

/**
 * When to look at a wait again, in milliseconds; false: it is over. Those with an offer and the first AHEAD_EXACT_MAX look
 * every ten seconds, those behind them less often in proportion, down to once a minute: a mail tells them before the page
 * must. `random` in [0, 1) is one fan's own and the same at each look.
 */
export function lookAgainMs(
  wait: Pick<WaitView, "state" | "ahead"> | null | undefined,
  random: number,
): number | false {
  if (wait?.state !== "waiting" && wait?.state !== "offered") return false;
  const ms = Math.min(FAR_MS, NEAR_MS * Math.max(1, wait.ahead / AHEAD_EXACT_MAX));
  return Math.round(ms * (1 - JITTER + 2 * JITTER * random));
}
