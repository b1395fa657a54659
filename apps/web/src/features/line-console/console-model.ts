import type { AdminLine } from "@onsale/contract/admin-line";
import { formatFigure, formatSeconds, formatWeekdayAndTime } from "@onsale/core/shared/format";
import type { LineMoment } from "@onsale/core/line/staff-figures";

export type Live = LineMoment & { readonly line: AdminLine };

export const whole = (value: number | null): string =>
  value === null ? "–" : formatFigure(Math.round(value));

export const percent = (share: number | null): string =>
  share === null ? "–" : `${Math.round(share * 100)} %`;

/** "10:02:31" on a clock of the venue's zone. */
export const clockTime = (atMs: number, timeZone: string): string => formatSeconds(atMs, { timeZone });

/** "Fri 5 Mar, 10:00" on a clock of the venue's zone. */
export const dayTime = (atMs: number, timeZone: string): string => formatWeekdayAndTime(atMs, { timeZone });
