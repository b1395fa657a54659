import { problem, type Problem } from "../shared/problem.ts";
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

export const NO_LAYOUT = problem("event.no_layout", "layoutId");

function layoutProblems(plan: SeatPlan | null): Problem[] {
  if (!plan) return [NO_LAYOUT];
  const places = plan.areas.reduce((sum, area) => sum + area.capacity, plan.seatCount);
  return places > 0 ? [] : [problem("event.no_places", "layoutId")];
}

function priceProblems(event: EventDraft, plan: SeatPlan | null, priceList: PriceList | null): Problem[] {
  if (!priceList) return [problem("event.no_price_list", "priceList")];
  const problems = (plan ? validatePriceList(plan, priceList) : []).map((fault) => ({
    ...fault,
    path: `priceList.${fault.path}`,
  }));
  if (priceList.currency !== event.currency) {
    const currencies = { prices: priceList.currency, event: event.currency };
    problems.push(problem("event.other_currency", "priceList.currency", currencies));
  }
  return problems;
}

function timeProblems(event: EventDraft, nowMs: number): Problem[] {
  const began = event.startsAtMs <= nowMs;
  const past = began && salesEndOf(event) <= nowMs;
  return [
    ...(past ? [problem("event.past", "startsAtMs")] : []),
    ...(!began && salesEndOf(event) <= nowMs ? [problem("event.sales_over", "salesEndAtMs")] : []),
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
      problems.push(problem("sale.no_date", `${path}.opensAtMs`, { window: label }));
    }
    if (opensAtMs >= overMs) {
      problems.push(problem("sale.opens_late", `${path}.opensAtMs`, { window: label }));
    }
    const twin = saleWindows.find(
      (other, m) =>
        m < n && other.kind === kind && other.opensAtMs < closesAtMs && opensAtMs < other.closesAtMs,
    );
    if (twin) problems.push(problem("sale.overlap", path, { window: label, other: twin.label }));
  });
  const publicSales = saleWindows.filter((window) => window.kind === "public");
  if (publicSales.length > 0 && publicSales.every((window) => window.closesAtMs <= nowMs))
    problems.push(problem("sale.over", "saleWindows"));
  return problems;
}
