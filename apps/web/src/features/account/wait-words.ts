const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** "in 20 seconds", "in 4 minutes", "in 3 hours": rounded up, so that nobody comes too early. */
export function waitWords(ms: number): string {
  const say = (count: number, unit: string) => `in ${count} ${unit}${count === 1 ? "" : "s"}`;
  if (ms <= MINUTE_MS) return say(Math.max(1, Math.ceil(ms / 1_000)), "second");
  if (ms <= HOUR_MS) return say(Math.ceil(ms / MINUTE_MS), "minute");
  return say(Math.ceil(ms / HOUR_MS), "hour");
}
