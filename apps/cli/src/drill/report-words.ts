import type { LimitedBy, Outcome } from "@onsale/core/drill/drill-report";

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  bought: "bought",
  declined: "were declined by their bank",
  released: "gave their seats back",
  abandoned: "left their seats behind",
  gave_up: "gave up",
  sold_out: "found it sold out",
  left_line: "left the line",
  lapsed: "came back too late for their place",
  too_late: "were too late to pay",
  failed: "met a fault",
};

/** "180 bought, 101 found it sold out"; most first. */
export function outcomeWords(outcomes: Readonly<Partial<Record<Outcome, number>>>): string {
  const entries = Object.entries(outcomes) as [Outcome, number][];
  return entries.map(([outcome, count]) => `${count.toLocaleString("en")} ${OUTCOMES[outcome]}`).join(", ");
}

const LIMITS: Readonly<Record<LimitedBy, string>> = {
  client: "the drill itself: this process had no time left, so the server may be faster than shown",
  server: "the server: requests waited for a free connection",
  crowd: "the crowd: nobody came any faster",
};
export const limitWords = (limit: LimitedBy): string => LIMITS[limit];
