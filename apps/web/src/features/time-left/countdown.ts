/** Under this many seconds the spoken time is no number of minutes any more. */
const WORDS_BELOW_S = 75;
const MINUTE_S = 60;

/** "4:32 left" to the last second, "time is up"; never negative. */
export function timeLeftWords(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1_000);
  if (seconds <= 0) return "time is up";
  const minutes = Math.floor(seconds / MINUTE_S);
  return `${minutes}:${String(seconds % MINUTE_S).padStart(2, "0")} left`;
}

/** What a screen reader hears, and only when it changes: whole minutes, then the words. */
export function spokenTimeLeft(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1_000);
  if (seconds <= 0) return "time is up";
  if (seconds <= 15) return "a few seconds left";
  if (seconds <= 45) return "less than a minute left";
  if (seconds <= WORDS_BELOW_S) return "about a minute left";
  const minutes = Math.ceil(seconds / MINUTE_S);
  return `${minutes} minutes left`;
}
