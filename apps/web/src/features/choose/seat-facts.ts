import { formatFigure } from "@onsale/core/shared/format";
import { PUBLIC_STATE } from "@onsale/core/inventory/snapshot-wire";
import { SEAT_FLAG } from "@onsale/core/layout/seat-plan";
import { seatWords } from "@onsale/core/layout/place-name";
import { formatMoney } from "@onsale/core/shared/money";
import type { SeatCardFacts } from "../seat-map/seat-card.tsx";
import { type Sale, seatTypes } from "./sale-context.ts";

export function seatNotes({ plan }: Sale, seatNo: number): string[] {
  const flags = plan.flags[seatNo] ?? 0;
  return [
    (flags & SEAT_FLAG.accessible) !== 0 ? "Wheelchair place" : "",
    (flags & SEAT_FLAG.companion) !== 0 ? "For a companion of the wheelchair place beside it" : "",
    (flags & SEAT_FLAG.restrictedView) !== 0 ? "Restricted view" : "",
  ].filter(Boolean);
}

export function stateWords(state: number | undefined, yours: boolean): string | null {
  if (yours) return "Yours";
  if (state === undefined) return "Looking whether it is free";
  if (state === PUBLIC_STATE.free) return null;
  return state === PUBLIC_STATE.held ? "Someone else is holding it" : "Sold";
}

export function describeSeat(
  sale: Sale,
  seatNo: number,
  now: { state: number | undefined; yours: boolean },
): SeatCardFacts {
  const gone = stateWords(now.state, now.yours);
  const types = now.state === PUBLIC_STATE.free || now.yours ? seatTypes(sale, seatNo) : [];
  return {
    title: capital(seatWords(sale.plan, seatNo)),
    level: sale.plan.categories[sale.plan.category[seatNo] ?? -1]?.label ?? "",
    prices: types.map((type) =>
      types.length > 1
        ? `${type.label} ${formatMoney(type.amountMinor, sale.currency, sale.locale)}`
        : formatMoney(type.amountMinor, sale.currency, sale.locale),
    ),
    notes: [...(gone ? [gone] : []), ...seatNotes(sale, seatNo)],
  };
}

/** What is said of a count of free places, also before it is known. */
export function leftWords(left: number | null): string {
  if (left === null) return "looking it up";
  return left === 0 ? "sold out" : `${formatFigure(left)} left`;
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
