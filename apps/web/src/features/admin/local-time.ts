import { formatOffset } from "@onsale/core/shared/format";
import { TimeZone } from "@onsale/core/shared/time-zone";
import { instantOf, laterInstantOf, type WallClock, wallClockAt } from "@onsale/core/event/import-wall-clock";

/**
 * A time as a form has it: what <input type="datetime-local"> says, with seconds where there are any, and "~2" behind it
 * where a clock shows that time twice and the second one is meant. So every instant has a text of its own, and a form that
 * nobody touched reads as it was.
 */
const INPUT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(~2)?$/;
const SECOND_TIME = "~2";
const SECOND_MS = 1_000;
const two = (value: number) => String(value).padStart(2, "0");

type Typed = { readonly clock: WallClock; readonly ms: number; readonly isSecond: boolean };

function typed(value: string): Typed | null {
  const match = INPUT.exec(value);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const ms = Number((match[7] ?? "").padEnd(3, "0"));
  return { clock: { year, month, day, hour, minute, second }, ms, isSecond: match[8] !== undefined };
}

/** The instant on a clock of the venue's zone; null while the field is empty, or in no zone. */
export function inputToMs(value: string, timeZone: string): number | null {
  const read = typed(value);
  if (!read || !isZone(timeZone)) return null;
  const later = read.isSecond ? laterInstantOf(read.clock, timeZone) : null;
  return (later ?? instantOf(read.clock, timeZone).atMs) + read.ms;
}

export function msToInput(atMs: number | null, timeZone: string): string {
  if (atMs === null) return "";
  const ms = ((atMs % SECOND_MS) + SECOND_MS) % SECOND_MS;
  const clock = wallClockAt(atMs - ms, timeZone);
  const { year, month, day, hour, minute, second } = clock;
  const time = `${two(hour)}:${two(minute)}`;
  const seconds = second === 0 && ms === 0 ? "" : `:${two(second)}`;
  const rest = ms === 0 ? "" : `.${String(ms).padStart(3, "0")}`;
  const fold = laterInstantOf(clock, timeZone) === atMs - ms ? SECOND_TIME : "";
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${time}${seconds}${rest}${fold}`;
}

/** What the input itself shows. */
export const shownTime = (value: string): string => value.replace(SECOND_TIME, "");
export const isSecondTime = (value: string): boolean => value.endsWith(SECOND_TIME);
export const withSecondTime = (value: string, isSecond: boolean): string =>
  `${shownTime(value)}${isSecond ? SECOND_TIME : ""}`;

export type ClockNote =
  /** The clocks were put forward over this time; it is taken as `means`, "03:30". */
  | { readonly kind: "gap"; readonly means: string }
  /** The clocks were put back over it: it comes twice, "UTC+2" first. */
  | { readonly kind: "overlap"; readonly first: string; readonly second: string };

/** What is special about this time on this clock; null: nothing. */
export function clockNote(value: string, timeZone: string): ClockNote | null {
  const read = typed(value);
  if (!read || !isZone(timeZone)) return null;
  const { atMs, fit } = instantOf(read.clock, timeZone);
  if (fit === "gap") return { kind: "gap", means: msToInput(atMs, timeZone).slice(11, 16) };
  const later = laterInstantOf(read.clock, timeZone);
  if (fit === "exact" || later === null) return null;
  return { kind: "overlap", first: formatOffset(atMs, timeZone), second: formatOffset(later, timeZone) };
}

function isZone(timeZone: string): boolean {
  return TimeZone.safeParse(timeZone).success;
}
