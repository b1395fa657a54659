import { setTimeout as wait } from "node:timers/promises";
import type { SaleCatalog } from "@onsale/core/event/sale-catalog";
import type { LineId, LineRecord } from "@onsale/core/line/line";
import type { PublicLines } from "@onsale/core/line/line-catalog";
import { type LineRoom, roomKey } from "@onsale/core/line/line-room";
import { LineNow } from "@onsale/core/line/now-serving";
import { makeBoundedMap } from "@onsale/core/shared/bounded-map";
import type { Clock } from "@onsale/core/shared/clock";
import type { Logger } from "../log.ts";

/** The document is written once a second; asking for it more often shows nothing new. */
const FRESH_MS = 1_000;
/** Older than this it is not served without a look: where few ask, the last look may be long ago, and a turn be missed. */
const STALE_MS = 2_000;
/** How long those who come then wait for that look at most. */
const LOOK_MS = 500;
/** A Redis that is away for a moment does not make the line disappear. */
const KEPT_MS = 60_000;
const LINES_KEPT_MAX = 200;

type Kept = {
  body: Buffer | null;
  atMs: number;
  /** As it was when its document was last read with Postgres at hand. */
  line: LineRecord | null;
  isOver: boolean;
  /** Postgres was asked and has no such line. */
  isAbsent: boolean;
  refreshing: Promise<void> | null;
  /** `refreshing`, or LOOK_MS if that takes longer. */
  looked: Promise<void> | null;
};

export type NowDocumentsDeps = {
  readonly clock: Clock;
  readonly catalog: Pick<SaleCatalog, "event">;
  readonly publicLines: PublicLines;
  readonly lineRoom: LineRoom;
  readonly log: Logger;
};

/** The public documents of lines as prepared bytes, read from Redis once a second whatever the crowd. */
export function makeNowDocuments({ clock, catalog, publicLines, lineRoom, log }: NowDocumentsDeps) {
  const kept = makeBoundedMap<LineId, Kept>(LINES_KEPT_MAX);

  /** A line that is over, or whose event is, has no controller any more; its last document is from before the end. */
  async function isOver(line: LineRecord): Promise<boolean> {
    if (line.finishedAtMs !== null) return true;
    const event = await catalog.event(line.eventId);
    return event?.state === "ended" || event?.state === "cancelled";
  }

  /** What Postgres says of the line; while it is away, what it said last. */
  async function lookUp(id: LineId, entry: Kept): Promise<void> {
    try {
      const line = await publicLines.find(id);
      Object.assign(entry, { line, isOver: line !== null && (await isOver(line)) });
    } catch (error) {
      if (!entry.line) throw error;
    }
  }

  async function readAgain(id: LineId, entry: Kept): Promise<void> {
    try {
      await lookUp(id, entry);
      const { line } = entry;
      const text = line && (await lineRoom.published(roomKey(line)));
      if (text !== null) {
        const body = Buffer.from(entry.isOver ? lastWords(text) : text);
        Object.assign(entry, { body, atMs: clock.nowMs() });
        kept.set(id, entry);
      } else if (!line) {
        entry.isAbsent = true;
        kept.delete(id);
      }
    } catch (error) {
      log.warn({ err: error, line: id }, "the line's document could not be read");
    } finally {
      entry.refreshing = null;
    }
  }

  function entryOf(id: LineId): Kept {
    const known = kept.get(id);
    if (known) return known;
    const entry: Kept = {
      body: null,
      atMs: 0,
      line: null,
      isOver: false,
      isAbsent: false,
      refreshing: null,
      looked: null,
    };
    kept.set(id, entry);
    return entry;
  }

  /** "absent": there is no such line; "resting": nobody has written its document yet, or it cannot be read. */
  return async function nowDocument(id: LineId): Promise<Buffer | "absent" | "resting"> {
    const entry = entryOf(id);
    if (clock.nowMs() - entry.atMs >= FRESH_MS) {
      if (!entry.refreshing) {
        entry.refreshing = readAgain(id, entry);
        entry.looked = Promise.race([entry.refreshing, wait(LOOK_MS, undefined, { ref: false })]);
      }
      const ageMs = clock.nowMs() - entry.atMs;
      if (!entry.body || ageMs > KEPT_MS) await entry.refreshing;
      // Those who come while it is read again get the one before, as a cache would give it.
      else if (ageMs >= STALE_MS) await entry.looked;
    }
    if (entry.isAbsent) return "absent";
    return (clock.nowMs() - entry.atMs <= KEPT_MS && entry.body) || "resting";
  };
}

function lastWords(text: string): string {
  const last = LineNow.parse(JSON.parse(text));
  return JSON.stringify({ ...last, state: "closed", finished: true, perMinute: 0 } satisfies LineNow);
}
