import { isWallClock, type WallClock } from "@onsale/core/event/import-wall-clock";
import type ICAL from "ical.js";

/** A time as the file has it, without ical.js filling gaps: a date of "2024" alone is no date. */
export type IcalTime = {
  readonly said: string;
  /** "" where the file names no zone. */
  readonly tzid: string;
  /** null: no date and time. */
  readonly clock: WallClock | null;
  readonly isDate: boolean;
  readonly isUtc: boolean;
};
/** An RDATE may be a period: a start with an end or a duration of its own. */
export type IcalPeriod = IcalTime & { readonly end: IcalTime | null; readonly durationMs: number | null };

export function timeOf(component: ICAL.Component, name: string): IcalTime | null {
  const property = component.getFirstProperty(name);
  return property ? (timesOf(property)[0] ?? null) : null;
}

export function timesOf(property: ICAL.Property): IcalPeriod[] {
  const tzid = String(property.getParameter("tzid") ?? "");
  const values: unknown[] = property.toJSON().slice(3);
  return values.map((value) => {
    const [start, end] = Array.isArray(value)
      ? value.map(String)
      : typeof value === "string"
        ? value.split("/")
        : [];
    const isLength = end !== undefined && /^[+-]?P/.test(end);
    return {
      ...readStamp(start ?? "", tzid),
      end: end === undefined || isLength ? null : readStamp(end, tzid),
      durationMs: isLength ? durationMs(end) : null,
    };
  });
}

function readStamp(said: string, tzid: string): IcalTime {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}):?(\d{2})(Z?))?$/.exec(said);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (match ?? [])
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const clock = { year, month, day, hour, minute, second };
  const isTime = match !== null && isWallClock(clock);
  return {
    said,
    tzid,
    clock: isTime ? clock : null,
    isDate: isTime && match[4] === undefined,
    isUtc: isTime && match[7] === "Z",
  };
}

const UNIT_MS = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000, S: 1_000 } as const;

/** "PT1H30M" in milliseconds; null when it is no length of time that an event can have. */
export function durationMs(said: string): number | null {
  if (!/^\+?P(?=.)(\d{1,4}W)?(\d{1,5}D)?(T(?=\d)(\d{1,6}H)?(\d{1,7}M)?(\d{1,9}S)?)?$/.test(said)) return null;
  let sum = 0;
  for (const [, count, unit] of said.matchAll(/(\d+)([WDHMS])/g))
    sum += Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
  return sum > 0 ? sum : null;
}
