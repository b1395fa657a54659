import type { AreaCounts } from "@onsale/core/reconcile/reconcile";
import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import { plural } from "../words.ts";
import type { DriftSentences } from "./drift-sentences.ts";

const MEND =
  "`ticketctl reconcile --fix` writes what Postgres knows over it; a worker does the same by itself.";

export const DRIFT_EN: DriftSentences = {
  epoch_missing: () => ({
    what: "Redis has lost the event's seats: nothing of it is sold until they are there again.",
    todo: "A worker builds them anew from Postgres within seconds; `ticketctl doctor` says whether one runs.",
  }),
  sold_but_free: ({ seatNo, shard }) => ({
    what: `Seat ${seatNo} is sold, and ${stateWords(shard)} in Redis: a second fan may choose it, and is refused at checkout.`,
    todo: MEND,
  }),
  free_but_taken: ({ seatNo }) => ({
    what: `Seat ${seatNo} is sold in Redis, and nobody has bought it: it is lost for sale.`,
    todo: MEND,
  }),
  lost_for_sale: ({ seatNo, shard }) => ({
    what: `Seat ${seatNo} is free and in nobody's hold, and ${stateWords(shard)} in Redis: it is lost for sale.`,
    todo: MEND,
  }),
  hold_overwritten: ({ seatNo, shard, holdId }) => ({
    what: `Seat ${seatNo} is in hold ${holdId}, and ${stateWords(shard)} in Redis: its fan may meet another one at checkout.`,
    todo: MEND,
  }),
  should_be_blocked: ({ seatNo, shard }) => ({
    what: `Seat ${seatNo} is blocked, and ${stateWords(shard)} in Redis${shard === SEAT_STATE.free ? ": a fan may choose it, and is refused at checkout" : ""}.`,
    todo: MEND,
  }),
  claim_lost: ({ seatNo, shard }) => ({
    what: `Seat ${seatNo} is in an order that awaits its payment, and ${stateWords(shard)} in Redis: a second fan may choose it.`,
    todo: MEND,
  }),
  claim_forgotten: ({ holdId, sold }) => ({
    what: sold
      ? `The order of hold ${holdId} is paid, and Redis still has it in checkout.`
      : `The order of hold ${holdId} is over, and Redis still has its seats in checkout: they are lost for sale.`,
    todo: MEND,
  }),
  area_counts: ({ areaNo, right, shard }) => ({
    what: `Standing area ${areaNo} has ${countWords(right)}, and Redis counts ${shard === null ? "nothing" : countWords(shard)}${tooMany(right, shard)}.`,
    todo: MEND,
  }),
  orders_stranded: ({ waiting }) => ({
    what: `${plural(waiting, "order")} of an event that is over ${waiting === 1 ? "waits" : "wait"} for an answer.`,
    todo: "A worker answers them; `ticketctl doctor` says whether one runs.",
  }),
  entries_set_aside: ({ entries }) => ({
    what: `${plural(entries, "order")} could not be read by the worker and ${entries === 1 ? "was" : "were"} set aside: ${entries === 1 ? "its fan has" : "their fans have"} no answer.`,
    todo: "It takes a person, with Redis: the list whose key ends with `orders:bad` has each with its fault. `ticketctl reconcile` counts them until they are removed.",
  }),
};

const countWords = ({ sold, claimed, held }: AreaCounts) =>
  `${plural(sold, "place")} sold, ${claimed} in checkout and ${held} held`;

function tooMany(right: AreaCounts, shard: AreaCounts | null): string {
  const taken = ({ sold, claimed, held }: AreaCounts) => sold + claimed + held;
  const lost = shard === null ? 0 : taken(shard) - taken(right);
  return lost > 0 ? `: ${plural(lost, "place")} ${lost === 1 ? "is" : "are"} lost for sale` : "";
}

const STATES = new Map<number, string>([
  [SEAT_STATE.free, "free"],
  [SEAT_STATE.held, "held"],
  [SEAT_STATE.claimed, "in checkout"],
  [SEAT_STATE.sold, "sold"],
  [SEAT_STATE.blocked, "blocked"],
]);

const stateWords = (state: number | null) =>
  state === null ? "missing" : (STATES.get(state) ?? `of no state there is (${state})`);
