import { z } from "zod";
import { lookupText } from "../shared/text.ts";
import { AreaNo, SeatNo } from "../shared/ids.ts";
import { ITEMS_PER_HOLD_MAX } from "./items-max.ts";

/** What a fan asks for: seats by number, places in a standing area by count, each with a ticket type. */
export const SeatItem = z.strictObject({ seatNo: SeatNo, ticketType: lookupText({ max: 40 }) });
export type SeatItem = z.infer<typeof SeatItem>;
export const AreaItem = z.strictObject({
  areaNo: AreaNo,
  ticketType: lookupText({ max: 40 }),
  quantity: z.int().min(1).max(50),
});
export type AreaItem = z.infer<typeof AreaItem>;

export const TicketItems = z.strictObject({
  seats: z.array(SeatItem).max(ITEMS_PER_HOLD_MAX),
  areas: z.array(AreaItem).max(ITEMS_PER_HOLD_MAX),
});
export type TicketItems = z.infer<typeof TicketItems>;
