import type { SeatPlan } from "../layout/seat-plan.ts";
import type { SeatIndex } from "./seat-index.ts";
import { viewCost } from "./view.ts";

export type StandingAsk = {
  readonly index: SeatIndex;
  readonly quantity: number;
  readonly freeIn: (areaNo: number) => number;
  /** Keys; absent: any. */
  readonly categories?: readonly string[] | undefined;
  readonly sections?: readonly string[] | undefined;
  /** Minor units, null where the area is not sold. */
  readonly priceOf?: ((areaNo: number) => number | null) | undefined;
};

/** The standing area with room for the whole party and the best view, by the measure for seats; null: none has room. */
export function bestArea(ask: StandingAsk): number | null {
  const { plan } = ask.index;
  let best: { areaNo: number; rank: number; cost: number } | null = null;
  for (const [areaNo, area] of plan.areas.entries()) {
    const section = plan.sections[area.section];
    const fits =
      (ask.categories?.includes(plan.categories[area.category]?.key ?? "") ?? true) &&
      (ask.sections?.includes(area.key) ?? true) &&
      ask.freeIn(areaNo) >= ask.quantity &&
      (ask.priceOf === undefined || ask.priceOf(areaNo) !== null);
    if (!fits || !section) continue;
    const candidate = {
      areaNo,
      rank: section.viewRank ?? Infinity,
      cost: areaCost(plan, ask.index, area.section),
    };
    if (!best || candidate.rank < best.rank || (candidate.rank === best.rank && candidate.cost < best.cost))
      best = candidate;
  }
  return best?.areaNo ?? null;
}

/** From the middle of its outline; an area without one comes after those that have one. */
function areaCost(plan: SeatPlan, { sightlines }: SeatIndex, section: number): number {
  const outline = plan.sections[section]?.outline;
  const sightline = sightlines[section];
  if (!outline || !sightline) return Infinity;
  const sum = outline.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return viewCost(sightline, { x: sum.x / outline.length, y: sum.y / outline.length });
}
