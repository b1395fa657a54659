import { bad, type Check, good, warning } from "./check.ts";

const SKEW_WARN_MS = 1_000;
const SKEW_BAD_MS = 5_000;

/** Holds end by Redis' clock and sales open by this machine's; far apart, fans see wrong countdowns. */
export function judgeSkew(id: string, skewMs: number): Check {
  const found = `${skewMs >= 0 ? "+" : "-"}${Math.abs(skewMs).toFixed(0)} ms`;
  const todo = "Let both machines follow the same time server (chrony, systemd-timesyncd).";
  if (Math.abs(skewMs) >= SKEW_BAD_MS) return bad(id, found, todo);
  return Math.abs(skewMs) >= SKEW_WARN_MS ? warning(id, found, todo) : good(id, found);
}
