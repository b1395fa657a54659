const MINUTE_MS = 60_000;

/** Whole minutes, then words: nobody should choose seats against ticking seconds. */
export function shopTimeWords(leftMs: number, paying = false): string {
  const what = paying ? "to change seats" : "to choose seats";
  if (leftMs <= 0) return `Your time ${what} is over.`;
  if (leftMs < 45_000) return `Less than a minute is left ${what}.`;
  if (leftMs < 90_000) return `About a minute is left ${what}.`;
  return `You have ${Math.round(leftMs / MINUTE_MS)} minutes ${what}.`;
}
