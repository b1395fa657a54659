import { counted, listed, seatNamed } from "../english.ts";
import type { SeatRuleCatalog } from "./seat-rule-catalog.ts";

/** For the fan: what is wrong and what to do. */
export const en: SeatRuleCatalog = {
  "items.empty": () => "Choose at least one place.",
  "items.too_many": ({ max, count }, locale) =>
    `You can have ${counted(max, "ticket", locale)} for this event; these are ${count}.`,
  "seat.unknown": () => "There is no such seat in this plan.",
  "seat.duplicate": ({ seat }) => `${seatNamed(seat)} is chosen twice.`,
  "seat.taken": ({ seat }) => `${seatNamed(seat)} is no longer free.`,
  "seat.companion_alone": ({ seat, partner }) => {
    const what = `${seatNamed(seat)} is for the companion of a wheelchair user`;
    return partner === null
      ? `${what}, and that place is taken. Please choose another seat.`
      : `${what}. Take it together with ${seats([partner])}, or choose another seat.`;
  },
  "seat.single_left": ({ left, take, leave }) =>
    `${listed(left.map(seatNamed))} would be left on ${left.length === 1 ? "its" : "their"} own. Take ${seats(take)} instead of ${seats(leave)}.`,
};

/** "seat 4", "seats 4 and 5": within one row, so without naming it again. */
const seats = (labels: readonly string[]): string =>
  `${labels.length === 1 ? "seat" : "seats"} ${listed(labels)}`;
