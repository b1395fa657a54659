import type { LayoutDocument } from "@onsale/core/layout/layout";
import { compileLayout, type SeatPlan } from "@onsale/core/layout/seat-plan";
import { type MapModel, makeMapModel } from "./map-model.ts";

export type ReadLayout = { readonly plan: SeatPlan; readonly model: MapModel };

/** Fetches a layout, compiles and indexes it: half a second of work for an arena on a phone. */
export async function readLayout(url: string): Promise<ReadLayout> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`layout: ${response.status}`);
  // It was validated when it was saved and comes from our own server, so it is not parsed again here.
  const layout = (await response.json()) as LayoutDocument;
  const plan = compileLayout(layout);
  return { plan, model: makeMapModel(plan, layout) };
}

/** What a worker gives away instead of copying it. */
export function buffersOf({ plan, model }: ReadLayout): Transferable[] {
  const lists = [plan.x, plan.y, plan.category, plan.run, plan.flags, plan.companionOf];
  return [...lists, model.grid.start, model.grid.order].map((list) => list.buffer as ArrayBuffer);
}
