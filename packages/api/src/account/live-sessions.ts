import type { Account } from "@onsale/core/actor/account";
import type { SessionId } from "@onsale/core/account/session";
import type { SessionStore } from "@onsale/core/account/session-store";
import { makeKeptAnswers } from "@onsale/core/shared/bounded-map";
import type { Clock } from "@onsale/core/shared/clock";
import { inOneQuery } from "./in-one-query.ts";

/**
 * Every process asks Postgres which sessions ended lately, and no answer to a request rests on a list older than this: a
 * session is over everywhere within it, also while Redis is away (docs/decisions/0009).
 */
const ENDED_AGE_MS_MAX = 1_500;
/** From this age on the list is read again beside the requests that still use it. */
const ENDED_AGE_MS = 500;
/** Longer than a session is remembered and than any statement that ends one may take. */
const ENDED_WITHIN_MS = 15_000;
/** A session is looked up at most this often per process: what changed about its account without ending it counts by then. */
const KEPT_MS = 5_000;
const KEPT_MAX = 50_000;

/** What this process remembers of sessions, and how it hears that they are over. */
export function makeLiveSessions({ sessions, clock }: { sessions: SessionStore; clock: Clock }) {
  const kept = makeKeptAnswers(
    inOneQuery((ids: readonly SessionId[]) => sessions.findLive(ids)),
    { max: KEPT_MAX, fresh: { ms: KEPT_MS, nowMs: clock.nowMs } },
  );
  let endedReadAtMs = -Infinity;
  let reading: Promise<void> | null = null;

  /** Starts once for all who ask; what it finds out is as old as its start. */
  function readEnded(): Promise<void> {
    const startedAtMs = performance.now();
    reading ??= sessions
      .endedLately(ENDED_WITHIN_MS)
      .then((ended) => {
        for (const id of ended) kept.forget(id);
        endedReadAtMs = startedAtMs;
      })
      .finally(() => (reading = null));
    return reading;
  }

  /** Rejects when it cannot be known which sessions ended: nobody is taken for signed in then. */
  async function knowEnded(): Promise<void> {
    const ageMs = performance.now() - endedReadAtMs;
    if (ageMs < ENDED_AGE_MS) return;
    const read = readEnded();
    if (ageMs >= ENDED_AGE_MS_MAX) await read;
    // The next request asks again, and waits when this went wrong for too long.
    else read.catch(() => undefined);
  }

  return {
    /** null: the session is over. */
    async accountOf(id: SessionId): Promise<Account | null> {
      await knowEnded();
      return kept.of(id);
    },
    /** What ended just now, here or elsewhere, is read before the next request is answered. */
    forget(id: SessionId | null): void {
      if (id) kept.forget(id);
      endedReadAtMs = -Infinity;
    },
  };
}
