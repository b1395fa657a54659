import type { SeatRangeFault } from "../../shared/layout-problems.ts";
import { shortName } from "../../shared/some-names.ts";

/** More seats than any real row has; keeps a typing error from becoming a million seats. */
export const RANGE_SEATS_MAX = 1_000;

export type SeatRanges =
  | { readonly ok: true; readonly labels: string[] }
  | { readonly ok: false; readonly fault: SeatRangeFault };

/**
 * "18" is a count: seats 1 to 18. "1-10,12-16" and "3-20" are ranges, "1-4,9" a range and one seat. A range may run
 * downwards. "01-12" keeps its zeros: the seats are 01 to 12.
 */
export function parseSeatRanges(text: string): SeatRanges {
  const trimmed = text.trim();
  if (trimmed === "") return { ok: false, fault: { why: "none" } };
  const parts = trimmed.split(/[,;]/).map((part) => part.trim());
  const single = /^\d+$/.exec(trimmed);
  const labels: string[] = [];
  for (const part of single ? [`1-${trimmed}`] : parts) {
    const match = /^(\d{1,6})(?:\s*(?:-|–|\.\.)\s*(\d{1,6}))?$/.exec(part);
    if (match === null) return { ok: false, fault: { why: "form", text: shortName(part, 40) } };
    const from = Number(match[1]);
    const to = Number(match[2] ?? match[1]);
    if (single && to === 0) return { ok: false, fault: { why: "zero" } };
    const count = Math.abs(to - from) + 1;
    if (labels.length + count > RANGE_SEATS_MAX)
      return { ok: false, fault: { why: "too_many", max: RANGE_SEATS_MAX } };
    const width = !single && match[1]?.startsWith("0") ? match[1].length : 1;
    const step = to < from ? -1 : 1;
    for (let number = from; number !== to + step; number += step)
      labels.push(String(number).padStart(width, "0"));
  }
  return { ok: true, labels };
}
