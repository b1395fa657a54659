import { z } from "zod";
import { makeBoundedMap } from "@onsale/core/shared/bounded-map";
import type { EventId } from "@onsale/core/shared/ids";
import type { Sql } from "../client.ts";

/** How old the order may be that fans far back are counted in. */
const ORDER_KEPT_MS = 5_000;
/** Of all events together, at 16 bytes each: a process keeps 16 MB of them at most. */
const PLACES_KEPT_MAX = 1_000_000;

/** Where somebody stands: those with a number in the event's line come first, by it; then all by `seq`. */
type Place = { readonly lineNumber: number | null; readonly seq: number };
type Order = { readonly numbers: Float64Array; readonly seqs: Float64Array };

/**
 * The order of those who wait, per event, read once in ORDER_KEPT_MS however many ask; who asks meanwhile shares the
 * question under way. Counting in it takes a binary search. An order that could not be read is asked for again.
 */
export function makeWaitlistOrder(
  sql: Sql,
  { keptMs = ORDER_KEPT_MS, placesMax = PLACES_KEPT_MAX }: { keptMs?: number; placesMax?: number } = {},
) {
  const kept = makeBoundedMap<EventId, { atMs: number; order: Promise<Order> }>(placesMax);

  function orderOf(eventId: EventId): Promise<Order> {
    const nowMs = performance.now();
    const known = kept.get(eventId);
    if (known && nowMs - known.atMs < keptMs) return known.order;
    const read = { atMs: nowMs, order: readOrder(sql, eventId, placesMax) };
    const isCurrent = () => kept.get(eventId) === read;
    // Its weight is known when it is here; who waits for one that makes room has it already.
    kept.set(eventId, read, 0);
    read.order.then(
      ({ seqs }) => isCurrent() && kept.set(eventId, read, seqs.length),
      () => isCurrent() && kept.delete(eventId),
    );
    return read.order;
  }

  return {
    /** How many wait before this place, among the first `placesMax`. */
    async ahead(eventId: EventId, place: Place): Promise<number> {
      return countBefore(await orderOf(eventId), place);
    },
  };
}

export type WaitlistOrder = ReturnType<typeof makeWaitlistOrder>;

/** Two lists as text: a row per fan would cost the process ten times as much. */
async function readOrder(sql: Sql, eventId: EventId, limit: number): Promise<Order> {
  const [row] = await sql`
    select coalesce(string_agg(coalesce(line_number::text, 'Infinity'), ' ' order by line_number, seq), '') as numbers,
      coalesce(string_agg(seq::text, ' ' order by line_number, seq), '') as seqs
    from (select line_number, seq from waitlist_entry where event_id = ${eventId} and state = 'waiting'
      order by line_number, seq limit ${limit}) waiting`;
  return { numbers: numbersIn(row?.["numbers"]), seqs: numbersIn(row?.["seqs"]) };
}

function numbersIn(list: unknown): Float64Array {
  const text = z.string().parse(list);
  return text === "" ? new Float64Array() : Float64Array.from(text.split(" "), Number);
}

function countBefore({ numbers, seqs }: Order, { lineNumber, seq }: Place): number {
  const number = lineNumber ?? Infinity;
  let low = 0;
  let high = seqs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = numbers[middle] ?? Infinity;
    if (at < number || (at === number && (seqs[middle] ?? Infinity) < seq)) low = middle + 1;
    else high = middle;
  }
  return low;
}
