import { instantOf, wallClockAt } from "@onsale/core/event/import-wall-clock";

const INPUT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/;
const two = (value: number) => String(value).padStart(2, "0");

/** What <input type="datetime-local"> says, read on a clock of the venue's zone; null while it is empty. */
export function inputToMs(value: string, timeZone: string): number | null {
  const match = INPUT.exec(value);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  return instantOf({ year, month, day, hour, minute, second: 0 }, timeZone).atMs;
}

export function msToInput(atMs: number | null, timeZone: string): string {
  if (atMs === null) return "";
  const clock = wallClockAt(atMs, timeZone);
  return `${String(clock.year).padStart(4, "0")}-${two(clock.month)}-${two(clock.day)}T${two(clock.hour)}:${two(clock.minute)}`;
}

/** "Night Trains: Zürich" becomes "night-trains-zurich". */
export function slugOf(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80);
}
