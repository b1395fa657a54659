import type { LineMoment } from "@onsale/core/line/staff-figures";
import type { AdminLine } from "./line-types.ts";

export type Live = LineMoment & { readonly line: AdminLine };

export const whole = (value: number | null): string =>
  value === null ? "–" : Math.round(value).toLocaleString("en");

export const percent = (share: number | null): string =>
  share === null ? "–" : `${Math.round(share * 100)} %`;

/** "10:02:31" on a clock of the venue's zone. */
export const clockTime = (atMs: number, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(atMs);

/** "Fri 5 Mar, 10:00" on a clock of the venue's zone. */
export const dayTime = (atMs: number, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(atMs);
