import { problem, type Problem } from "../shared/problem.ts";
import type { EventDraft } from "./event.ts";

export type EventTimes = Pick<EventDraft, "startsAtMs" | "endsAtMs" | "salesEndAtMs">;

/** From this length on an event is one of several days, or of a whole one: people still come after it has begun. */
const SEVERAL_DAYS_MS = 18 * 60 * 60_000;

/**
 * When the online sale ends, whatever its windows say: at the set time; without one at the start, and with an event of
 * several days at its end.
 */
export function salesEndOf({ startsAtMs, endsAtMs, salesEndAtMs }: EventTimes): number {
  if (salesEndAtMs !== null) return salesEndAtMs;
  return endsAtMs !== null && endsAtMs - startsAtMs >= SEVERAL_DAYS_MS ? endsAtMs : startsAtMs;
}

/** What is odd about an event's times, whatever the time is now; a draft is refused for it as well as a publication. */
export function eventTimeProblems(times: EventTimes & Pick<EventDraft, "doorsAtMs">): Problem[] {
  return oddTimes(times).map(({ code, field }) => problem(code, field));
}

export type OddTime = {
  readonly code: "event.doors_late" | "event.ends_early" | "event.sales_end_late";
  readonly field: keyof EventDraft;
};

export function oddTimes({
  doorsAtMs,
  startsAtMs,
  endsAtMs,
  salesEndAtMs,
}: EventTimes & Pick<EventDraft, "doorsAtMs">): OddTime[] {
  const odd: OddTime[] = [];
  if (doorsAtMs !== null && doorsAtMs > startsAtMs)
    odd.push({ code: "event.doors_late", field: "doorsAtMs" });
  if (endsAtMs !== null && endsAtMs <= startsAtMs) odd.push({ code: "event.ends_early", field: "endsAtMs" });
  if (salesEndAtMs !== null && endsAtMs !== null && salesEndAtMs > endsAtMs)
    odd.push({ code: "event.sales_end_late", field: "salesEndAtMs" });
  return odd;
}
