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
  should_be_blocked: ({ seatNo, shard }) => ({
    what: `Seat ${seatNo} is blocked, and ${stateWords(shard)} in Redis: a fan may choose it, and is refused at checkout.`,
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
  area_counts: ({ areaNo, postgres, shard }) => ({
    what: `Standing area ${areaNo} has ${countWords(postgres)} in Postgres, and ${shard === null ? "nothing" : countWords(shard)} in Redis.`,
    todo: MEND,
  }),
  orders_stranded: ({ waiting }) => ({
    what: `${plural(waiting, "order")} of an event that is over ${waiting === 1 ? "waits" : "wait"} for an answer.`,
    todo: "A worker answers them; `ticketctl doctor` says whether one runs.",
  }),
};

const countWords = ({ sold, claimed }: { readonly sold: number; readonly claimed: number }) =>
  `${plural(sold, "place")} sold and ${claimed} in checkout`;

const STATES = new Map<number, string>([
  [SEAT_STATE.free, "free"],
  [SEAT_STATE.held, "held"],
  [SEAT_STATE.claimed, "in checkout"],
  [SEAT_STATE.sold, "sold"],
  [SEAT_STATE.blocked, "blocked"],
]);

const stateWords = (state: number | null) =>
  state === null ? "missing" : (STATES.get(state) ?? `of no state there is (${state})`);
