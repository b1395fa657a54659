import type { SeatPlan } from "../layout/seat-plan.ts";
import { z } from "zod";
import { AreaNo, SeatNo } from "../shared/ids.ts";

/** What a fan asks for: seats by number, places in a standing area by count, each with a ticket type. */
export const SeatItem = z.strictObject({ seatNo: SeatNo, ticketType: z.string().min(1).max(40) });
export type SeatItem = z.infer<typeof SeatItem>;
export const AreaItem = z.strictObject({
  areaNo: AreaNo,
  ticketType: z.string().min(1).max(40),
  quantity: z.int().min(1).max(50),
});
export type AreaItem = z.infer<typeof AreaItem>;

export const ITEMS_PER_HOLD_MAX = 50;
export const CartItems = z.strictObject({
  seats: z.array(SeatItem).max(ITEMS_PER_HOLD_MAX),
  areas: z.array(AreaItem).max(ITEMS_PER_HOLD_MAX),
});
export type CartItems = z.infer<typeof CartItems>;

export function ticketCount(items: CartItems): number {
  return items.seats.length + items.areas.reduce((sum, area) => sum + area.quantity, 0);
}

/** "Section 104, row 12, seat 7": how a place is named to people, everywhere. */
export function seatName(plan: SeatPlan, seatNo: number): { section: string; row: string; seat: string } {
  const run = plan.runs[plan.run[seatNo] ?? -1];
  const section = run && plan.sections[run.section];
  return { section: section?.label ?? "?", row: run?.label ?? "?", seat: plan.seatLabels[seatNo] ?? "?" };
}
