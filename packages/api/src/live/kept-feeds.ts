import type { Clock } from "@onsale/core/shared/clock";
import type { EventId } from "@onsale/core/shared/ids";
import type { Feed } from "./open-feed.ts";

/** Nobody listened and nobody asked for this long: the feed is closed, and opened again by the next question. */
const IDLE_MS = 60_000;
/** Seats of all feeds together, a byte each: what is asked for least is closed first. 320 stadiums of 200,000. */
const SEATS_KEPT_MAX = 64 * 1024 * 1024;

type Kept = { readonly opening: Promise<Feed>; feed: Feed | null; usedAtMs: number };

export type KeptFeedsDeps = {
  readonly clock: Clock;
  readonly seatsKeptMax?: number;
  /** Whether somebody waits for its changes: it is not closed then. */
  readonly isHeard: (eventId: EventId) => boolean;
  readonly open: (eventId: EventId, lost: () => void) => Promise<Feed>;
};

/** Feeds by event, each opened once and closed when nobody needs it. */
export function makeKeptFeeds({ clock, isHeard, open, seatsKeptMax = SEATS_KEPT_MAX }: KeptFeedsDeps) {
  // The one asked for last comes last.
  const feeds = new Map<EventId, Kept>();
  const watch = setInterval(closeIdle, IDLE_MS / 4);
  watch.unref();

  function forget(eventId: EventId, kept: Kept): void {
    if (feeds.get(eventId) === kept) feeds.delete(eventId);
    kept.feed?.close();
  }

  function closeIdle(): void {
    const idleSinceMs = clock.nowMs() - IDLE_MS;
    for (const [eventId, kept] of feeds)
      if (kept.feed && !isHeard(eventId) && kept.usedAtMs <= idleSinceMs) forget(eventId, kept);
  }

  function makeRoom(): void {
    let seats = 0;
    for (const { feed } of feeds.values()) seats += feed?.seats.length ?? 0;
    const last = [...feeds.keys()].at(-1);
    for (const [eventId, kept] of feeds) {
      if (seats <= seatsKeptMax) return;
      if (!kept.feed || eventId === last || isHeard(eventId)) continue;
      seats -= kept.feed.seats.length;
      forget(eventId, kept);
    }
  }

  return {
    closeIdle,
    events: (): EventId[] => [...feeds.keys()],

    of(eventId: EventId): Promise<Feed> {
      const known = feeds.get(eventId);
      if (known) {
        known.usedAtMs = clock.nowMs();
        feeds.delete(eventId);
        feeds.set(eventId, known);
        return known.opening;
      }
      const opening = open(eventId, () => forget(eventId, kept));
      const kept: Kept = { opening, feed: null, usedAtMs: clock.nowMs() };
      feeds.set(eventId, kept);
      opening.then(
        (feed) => {
          kept.feed = feed;
          makeRoom();
        },
        () => forget(eventId, kept),
      );
      return opening;
    },

    async close(): Promise<void> {
      clearInterval(watch);
      for (const feed of await Promise.allSettled([...feeds.values()].map(({ opening }) => opening)))
        if (feed.status === "fulfilled") feed.value.close();
      feeds.clear();
    },
  };
}
