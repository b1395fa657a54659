import type { Problem } from "../shared/problem.ts";
import type { SeatPlan } from "../layout/seat-plan.ts";
import type { PriceList } from "../pricing/price-list.ts";
import { validatePriceList } from "../pricing/validate-price-list.ts";
import { type EventDraft, SALE_START_MIN_MS } from "./event.ts";
import { eventTimeProblems, salesEndOf } from "./event-times.ts";

export type PublishRequest = {
  readonly event: EventDraft;
  /** The compiled layout; null while none is chosen. */
  readonly plan: SeatPlan | null;
  /** null while no version is published. */
  readonly priceList: PriceList | null;
  readonly nowMs: number;
};

/** Everything that stands between an event and its publication; empty: it can be published. */
export function readyToPublish({ event, plan, priceList, nowMs }: PublishRequest): Problem[] {
  return [
    ...layoutProblems(plan),
    ...priceProblems(event, plan, priceList),
    ...timeProblems(event, nowMs),
    ...saleWindowProblems(event, nowMs),
  ];
}

export const NO_LAYOUT = problem("event.no_layout", "layoutId", "Choose a seat layout.");

function layoutProblems(plan: SeatPlan | null): Problem[] {
  if (!plan) return [NO_LAYOUT];
  const places = plan.areas.reduce((sum, area) => sum + area.capacity, plan.seatCount);
  return places > 0
    ? []
    : [problem("event.no_places", "layoutId", "The layout has no seat and no standing place.")];
}

function priceProblems(event: EventDraft, plan: SeatPlan | null, priceList: PriceList | null): Problem[] {
  if (!priceList) return [problem("event.no_price_list", "priceList", "Publish a price list.")];
  const problems = (plan ? validatePriceList(plan, priceList) : []).map((fault) => ({
    ...fault,
    path: `priceList.${fault.path}`,
  }));
  if (priceList.currency !== event.currency) {
    const message = `Prices are in ${priceList.currency}, the event is in ${event.currency}.`;
    problems.push(problem("event.other_currency", "priceList.currency", message));
  }
  return problems;
}

function timeProblems(event: EventDraft, nowMs: number): Problem[] {
  const began = event.startsAtMs <= nowMs;
  const past = began && salesEndOf(event) <= nowMs;
  return [
    ...(past ? [problem("event.past", "startsAtMs", "The start is in the past.")] : []),
    ...(!began && salesEndOf(event) <= nowMs
      ? [problem("event.sales_over", "salesEndAtMs", "The end of the online sale is in the past.")]
      : []),
    ...eventTimeProblems(event),
  ];
}

/** No windows at all is fine: then the sale opens and closes by hand. */
function saleWindowProblems(event: EventDraft, nowMs: number): Problem[] {
  const { saleWindows } = event;
  const overMs = salesEndOf(event);
  const problems: Problem[] = [];
  saleWindows.forEach(({ kind, label, opensAtMs, closesAtMs }, n) => {
    const path = `saleWindows[${n}]`;
    if (opensAtMs < SALE_START_MIN_MS) {
      const message = `"${label}" opens before the year 2000, which is no date but a gap in somebody's data.`;
      problems.push(problem("sale.no_date", `${path}.opensAtMs`, message));
    }
    if (opensAtMs >= overMs) {
      const message = `"${label}" opens when the online sale of this event has ended.`;
      problems.push(problem("sale.opens_late", `${path}.opensAtMs`, message));
    }
    const twin = saleWindows.findIndex(
      (other, m) =>
        m < n && other.kind === kind && other.opensAtMs < closesAtMs && opensAtMs < other.closesAtMs,
    );
    if (twin >= 0) {
      const message = `"${label}" and "${saleWindows[twin]?.label}" are open at the same time.`;
      problems.push(problem("sale.overlap", path, message));
    }
  });
  const publicSales = saleWindows.filter((window) => window.kind === "public");
  if (publicSales.length > 0 && publicSales.every((window) => window.closesAtMs <= nowMs))
    problems.push(problem("sale.over", "saleWindows", "The last sale window has closed already."));
  return problems;
}

function problem(code: string, path: string, message: string): Problem {
  return { code, path, message };
}
