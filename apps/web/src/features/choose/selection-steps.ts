import { PUBLIC_STATE } from "@onsale/core/inventory/snapshot-wire";
import { seatWords } from "@onsale/core/layout/place-name";
import type { TicketItems } from "@onsale/core/pricing/ticket-items";
import { ticketCount } from "@onsale/core/pricing/ticket-count";
import { formatMoney } from "@onsale/core/shared/money";
import { addSeats, hasSeat, removeSeats, setAreaQuantity } from "../selection/selection.ts";
import { type SeatStock, stateOf } from "../seat-map/seat-stock.ts";
import { areaTypes, type Sale, seatTypes } from "./sale-context.ts";
import { capital, describeSeat } from "./seat-facts.ts";

/** The selection after one step, and what is said about it. `refused`: nothing changed, and why is in `spoken`. */
export type Step = { readonly items: TicketItems; readonly spoken: string; readonly refused: boolean };
export type Now = { readonly sale: Sale; readonly stock: SeatStock; readonly items: TicketItems };

export const isFree = (stock: SeatStock, seatNo: number) => stock.states[seatNo] === PUBLIC_STATE.free;

/** Takes a seat, or lets it go when it is chosen already. */
export function toggleSeat({ sale, stock, items }: Now, seatNo: number): Step {
  const facts = describeSeat(sale, seatNo, { state: stateOf(stock, seatNo), yours: false });
  if (hasSeat(items, seatNo))
    return { items: removeSeats(items, [seatNo]), spoken: `${facts.title} let go.`, refused: false };
  const type = seatTypes(sale, seatNo)[0];
  const refuse = (spoken: string): Step => ({ items, spoken, refused: true });
  if (!isFree(stock, seatNo) || !type) return refuse(`${facts.title}: ${facts.notes[0] ?? "not for sale"}.`);
  const { maxPerFan } = sale.event;
  if (ticketCount(items) >= maxPerFan)
    return refuse(`You can have ${maxPerFan === 1 ? "1 ticket" : `${maxPerFan} tickets`} for this event.`);
  return {
    items: addSeats(items, [seatNo], type.key),
    spoken: `${facts.title} chosen, ${formatMoney(type.amountMinor, sale.currency, sale.locale)}.`,
    refused: false,
  };
}

/** One more place in a standing area, as the first ticket type sold there. */
export function addPlace({ sale, stock, items }: Now, areaNo: number): Step {
  const type = areaTypes(sale, areaNo)[0];
  const label = capital(sale.plan.areas[areaNo]?.label ?? "");
  const refuse = (spoken: string): Step => ({ items, spoken, refused: true });
  if (!type) return refuse(`${label} is not for sale.`);
  if (!stock.known) return refuse("Looking which places are free. Try again in a moment.");
  const { maxPerFan } = sale.event;
  if (ticketCount(items) >= maxPerFan)
    return refuse(`You can have ${maxPerFan === 1 ? "1 ticket" : `${maxPerFan} tickets`} for this event.`);
  const chosen = items.areas
    .filter((line) => line.areaNo === areaNo)
    .reduce((sum, line) => sum + line.quantity, 0);
  if (chosen >= (stock.areas[areaNo]?.free ?? 0)) return refuse(`No more places are free in ${label}.`);
  const same = items.areas.find((line) => line.areaNo === areaNo && line.ticketType === type.key);
  const quantity = (same?.quantity ?? 0) + 1;
  return {
    items: setAreaQuantity(items, { areaNo, ticketType: type.key, quantity }),
    spoken: `${label}: ${quantity} chosen, ${formatMoney(type.amountMinor, sale.currency, sale.locale)} each.`,
    refused: false,
  };
}

/** Changes seats as a rule or a lost race proposes; the new ones get the ticket type of the first where it is sold. */
export function swapSeats(now: Now, change: { take: readonly number[]; leave: readonly number[] }): Step {
  const { sale, stock, items } = now;
  const wanted = items.seats[0]?.ticketType;
  const fresh = change.take.filter((seatNo) => isFree(stock, seatNo));
  const typeOf = (seatNo: number) => {
    const types = seatTypes(sale, seatNo);
    return (types.find((type) => type.key === wanted) ?? types[0])?.key ?? "";
  };
  return {
    items: fresh.reduce(
      (next, seatNo) => addSeats(next, [seatNo], typeOf(seatNo)),
      removeSeats(items, change.leave),
    ),
    spoken: `Now chosen: ${fresh.map((seatNo) => seatWords(sale.plan, seatNo)).join(", ")}.`,
    refused: false,
  };
}

/** A selection as far as it can still be had: what is sold here, what is free, and no more than one fan may have. */
export function restoreSelection({ sale, stock, items }: Now): { items: TicketItems; lost: number[] } {
  const lost = items.seats
    .map(({ seatNo }) => seatNo)
    .filter((seatNo) => seatNo < sale.plan.seatCount && !isFree(stock, seatNo));
  const isSold = (types: readonly { readonly key: string }[], key: string) =>
    types.some((type) => type.key === key);
  const seats = items.seats.filter(
    ({ seatNo, ticketType }) => isFree(stock, seatNo) && isSold(seatTypes(sale, seatNo), ticketType),
  );
  let room = Math.max(0, sale.event.maxPerFan - seats.length);
  const free = stock.areas.map((area) => area.free);
  const areas = items.areas.flatMap((line) => {
    const quantity = Math.min(line.quantity, room, free[line.areaNo] ?? 0);
    if (quantity === 0 || !isSold(areaTypes(sale, line.areaNo), line.ticketType)) return [];
    room -= quantity;
    free[line.areaNo] = (free[line.areaNo] ?? 0) - quantity;
    return [{ ...line, quantity }];
  });
  return { items: { seats: seats.slice(0, sale.event.maxPerFan), areas }, lost };
}
