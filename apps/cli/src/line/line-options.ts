import { instantOf, isWallClock } from "@onsale/core/event/import-wall-clock";
import { InvalidArgumentError } from "commander";

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;
const DURATION = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
const WALL_CLOCK = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** "90s", "2m", "1h30m" in milliseconds; commander shows the words when it is none. */
export function duration(text: string): number {
  const match = DURATION.exec(text);
  if (!match || text === "") throw new InvalidArgumentError(`"${text}" is no time such as 90s, 2m or 1h30m.`);
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return hours * UNIT_MS.h + minutes * UNIT_MS.m + seconds * UNIT_MS.s;
}

/** "1m30s" for 90,000 ms: the form that duration() reads. */
export function durationWords(ms: number): string {
  const all = Math.round(ms / 1_000);
  const parts = [
    [Math.floor(all / 3_600), "h"],
    [Math.floor(all / 60) % 60, "m"],
    [all % 60, "s"],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`);
  return words.length === 0 ? "0s" : words.join("");
}

/**
 * "now", "+10m", "2027-03-05 10:00" on the venue's clock, or 2027-03-05T09:00:00Z as epoch milliseconds; null when it is
 * none of them.
 */
export function readTime(
  text: string,
  { timeZone, nowMs }: { timeZone: string; nowMs: number },
): number | null {
  if (text === "now") return nowMs;
  if (text.startsWith("+") && text.length > 1 && DURATION.test(text.slice(1)))
    return nowMs + duration(text.slice(1));
  if (INSTANT.test(text)) {
    const atMs = Date.parse(text);
    return Number.isNaN(atMs) ? null : atMs;
  }
  const match = WALL_CLOCK.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const clock = { year, month, day, hour, minute, second };
  return isWallClock(clock) ? instantOf(clock, timeZone).atMs : null;
}

/** A hash or an id in lower-case hex of so many digits. */
export function hexOf(digits: number): (text: string) => string {
  return (text) => {
    const plain = text.trim().toLowerCase();
    if (plain.length !== digits || !/^[0-9a-f]+$/.test(plain))
      throw new InvalidArgumentError(`Give ${digits} hex digits.`);
    return plain;
  };
}
