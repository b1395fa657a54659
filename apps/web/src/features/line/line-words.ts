import { formatFigure } from "@onsale/core/shared/format";
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const figures = (count: number) => formatFigure(count);

export const counted = (count: number, one: string, many = `${one}s`) =>
  `${figures(count)} ${count === 1 ? one : many}`;

/** "2 days 3:04:05", "3:04:05", "4:05"; never negative. */
export function countdownFigures(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const two = (value: number) => String(value).padStart(2, "0");
  const clock =
    days > 0 || hours > 0
      ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
      : `${minutes}:${two(seconds % 60)}`;
  return days > 0 ? `${counted(days, "day")} ${clock}` : clock;
}

/** What a screen reader hears and what stands beside the figures: "in 2 days", "in about 3 hours", "in a few seconds". */
export function countdownWords(leftMs: number): string {
  if (leftMs <= 0) return "now";
  if (leftMs < 20_000) return "in a few seconds";
  if (leftMs < 50_000) return "in less than a minute";
  if (leftMs < 90_000) return "in about a minute";
  if (leftMs < 90 * MINUTE_MS) return `in ${counted(Math.round(leftMs / MINUTE_MS), "minute")}`;
  if (leftMs < 2 * DAY_MS) return `in about ${counted(Math.round(leftMs / HOUR_MS), "hour")}`;
  return `in ${counted(Math.floor(leftMs / DAY_MS), "day")}`;
}

/** A span as people say it, from a lower and an upper guess: "12 to 20 minutes". */
export function spanWords(fromMs: number, toMs: number): string {
  const to = Math.max(fromMs, toMs);
  if (to < 60_000) return "less than a minute";
  if (to < 100 * MINUTE_MS) {
    const low = Math.max(1, roundMinutes(fromMs / MINUTE_MS));
    const high = Math.max(low, roundMinutes(to / MINUTE_MS));
    return low === high ? `about ${counted(high, "minute")}` : `${low} to ${high} minutes`;
  }
  const low = Math.max(0.5, Math.round((fromMs / HOUR_MS) * 2) / 2);
  const high = Math.max(low, Math.round((to / HOUR_MS) * 2) / 2);
  if (high > 24) return "more than a day";
  return low === high ? `about ${halves(high)}` : `${halves(low, false)} to ${halves(high)}`;
}

/** A time that is set, never longer than it is: "5 minutes", "20 seconds". */
export function lateWords(ms: number): string {
  return ms < MINUTE_MS
    ? counted(Math.floor(ms / 1_000), "second")
    : counted(Math.floor(ms / MINUTE_MS), "minute");
}

/** Finer than this nobody can tell. */
function roundMinutes(minutes: number): number {
  if (minutes < 10) return Math.round(minutes);
  return Math.round(minutes / 5) * 5;
}

function halves(hours: number, named = true): string {
  const whole = Math.floor(hours);
  const text = `${whole === 0 ? "" : whole}${hours % 1 === 0 ? "" : "½"}`;
  return named ? `${text} ${hours > 1 ? "hours" : "hour"}` : text;
}

export type Standstill = { readonly title: string; readonly words: string };

/** Why nobody is let in at the moment, in terms of a wave's reason; null where that is the ordinary rhythm. */
export function standstillWords(reason: string): Standstill | null {
  switch (reason) {
    case "paused":
      return {
        title: "The line is paused.",
        words: "The organizer stopped it for now. Your number stays; this page goes on by itself.",
      };
    case "settling":
      return {
        title: "The first fans are called to the front.",
        words: "This takes some seconds. All numbers stay as they were drawn; nobody loses a place.",
      };
    case "cap":
      return {
        title: "The next fans go in as others finish.",
        words: "All places inside are taken. Whoever is done makes room for the next fan.",
      };
    case "orders_waiting":
      return {
        title: "The till is catching up.",
        words: "Many orders came in at once and are being saved. The line goes on in a moment.",
      };
    case "not_selling":
      return {
        title: "Seats are not on sale at the moment.",
        words: "Nobody is let in until they are. Your number stays; this page goes on by itself.",
      };
    case "database_slow":
      return {
        title: "Onsale is slow right now.",
        words: "Fewer fans are let in, so that those inside can finish.",
      };
    case "provider_slow":
      return {
        title: "Payments are slow right now.",
        words: "Fewer fans are let in, so that those inside can finish.",
      };
    case "stock_low":
    case "stock_gone":
      return {
        title: "The last seats are held.",
        words: "Seats that are not paid for come back; then the line goes on.",
      };
    default:
      return null;
  }
}
