import type { InventoryDelta } from "@onsale/core/inventory/inventory";
import { type PublicDelta, publicDelta } from "@onsale/core/inventory/snapshot-wire";
import type { EventId } from "@onsale/core/shared/ids";

/** A delta, or "reset": the picture so far is worth nothing, fetch a snapshot. */
export type StockListener = (change: InventoryDelta | "reset") => void;

/** Changes are sent together this often: a person sees no difference, and a thousand maps cost a tenth. */
const FLUSH_MS = 100;
/** More changes than this between two flushes are worth a fresh snapshot. */
const GATHERED_MAX = 5_000;

/** What a map gets, under the id that a stream goes on after. A reset means: fetch the snapshot again. */
export type StockMessage = {
  readonly id: string;
  readonly data: { readonly kind: "reset" } | ({ readonly kind: "delta" } & PublicDelta);
};

/** Messages come in order; an error ends the reading, because what came of the stock is not known. */
export type StockReader = (message: StockMessage | Error) => void;

type Gathering = {
  readonly readers: Set<StockReader>;
  deltas: InventoryDelta[];
  isReset: boolean;
  timer: ReturnType<typeof setTimeout> | null;
};

export type StockMessagesDeps = {
  readonly listen: (eventId: EventId, listener: StockListener) => Promise<() => void>;
  readonly idOf: (eventId: EventId) => Promise<string>;
};

/**
 * One listener for each event, whose changes are gathered and folded into one message for all who read: what a change
 * costs here does not grow with the crowd, and a message is the same object for everybody.
 */
export function makeStockMessages({ listen, idOf }: StockMessagesDeps) {
  const gatherings = new Map<EventId, { gathering: Gathering; listening: Promise<() => void> }>();

  async function flush(eventId: EventId, gathering: Gathering): Promise<void> {
    const { deltas, isReset } = gathering;
    Object.assign(gathering, { deltas: [], isReset: false, timer: null });
    const message = await fold(eventId, isReset ? null : deltas);
    for (const reader of gathering.readers) reader(message);
  }

  /** null: a reset. */
  async function fold(eventId: EventId, deltas: readonly InventoryDelta[] | null) {
    const last = deltas?.at(-1);
    if (deltas && last) return { id: last.id, data: { kind: "delta" as const, ...publicDelta(deltas) } };
    return idOf(eventId).then(
      (id) => ({ id, data: { kind: "reset" as const } }),
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
  }

  function gatherFor(eventId: EventId) {
    const known = gatherings.get(eventId);
    if (known) return known;
    const gathering: Gathering = { readers: new Set(), deltas: [], isReset: false, timer: null };
    const listening = listen(eventId, (change) => {
      if (change === "reset" || gathering.deltas.length >= GATHERED_MAX) gathering.isReset = true;
      else gathering.deltas.push(change);
      gathering.timer ??= setTimeout(() => void flush(eventId, gathering), FLUSH_MS);
    });
    const made = { gathering, listening };
    gatherings.set(eventId, made);
    listening.catch(() => drop(eventId, made));
    return made;
  }

  function drop(eventId: EventId, made: { gathering: Gathering }): void {
    if (gatherings.get(eventId) === made) gatherings.delete(eventId);
    if (made.gathering.timer) clearTimeout(made.gathering.timer);
  }

  /** Calls back with every message from now on; the answer ends it. Throws inventory.rebuilding. */
  return async function read(eventId: EventId, reader: StockReader): Promise<() => void> {
    const made = gatherFor(eventId);
    made.gathering.readers.add(reader);
    const stop = await made.listening;
    return () => {
      if (!made.gathering.readers.delete(reader) || made.gathering.readers.size > 0) return;
      stop();
      drop(eventId, made);
    };
  };
}

/**
 * Several messages as one, with the last state of each seat and area: who is slower than the flushes, as everybody is in
 * a process that is busy, gets fewer messages instead of a queue of them.
 */
export function foldMessages(messages: readonly [StockMessage, ...StockMessage[]]): StockMessage {
  const seats = new Map<number, number>();
  const areas = new Map<number, PublicDelta["areas"][number]>();
  const id = messages.at(-1)?.id ?? messages[0].id;
  for (const { data } of messages) {
    if (data.kind === "reset") return { id, data };
    for (let at = 0; at + 1 < data.seats.length; at += 2)
      seats.set(data.seats[at] ?? 0, data.seats[at + 1] ?? 0);
    for (const area of data.areas) areas.set(area.areaNo, area);
  }
  return { id, data: { kind: "delta", seats: [...seats].flat(), areas: [...areas.values()] } };
}
