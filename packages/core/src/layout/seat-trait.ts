import { SEAT_FLAG, type SeatPlan } from "./seat-plan.ts";

/** What a buyer must know of a seat before paying and at the door. */
export const SEAT_TRAITS = ["wheelchair", "companion", "restricted_view"] as const;
export type SeatTrait = (typeof SEAT_TRAITS)[number];

/** null: a seat like any other, or a standing place. */
export function seatTrait({ flags }: Pick<SeatPlan, "flags">, seatNo: number | null): SeatTrait | null {
  const flag = seatNo === null ? 0 : (flags[seatNo] ?? 0);
  if (flag & SEAT_FLAG.accessible) return "wheelchair";
  if (flag & SEAT_FLAG.companion) return "companion";
  return flag & SEAT_FLAG.restrictedView ? "restricted_view" : null;
}
