import type { httpLink } from "@trpc/client";

type Send = NonNullable<Parameters<typeof httpLink>[0]["fetch"]>;

/** Far longer than any answer to a fan takes. */
const ANSWER_MS_MAX = 30_000;
/** Imports of the portal may read for a minute. */
const STAFF_ANSWER_MS_MAX = 90_000;
const STAFF_CALLS = "/admin.";

/**
 * A server that stands still, or a network that swallows everything, closes no connection: a call is given up after a while,
 * so that its fan hears of it and nothing fires much later.
 */
export function limitedFetch(send: Send): Send {
  return async (target, init) => {
    const url = target instanceof Request ? target.url : String(target);
    const giveUp = new AbortController();
    const abort = () => giveUp.abort();
    // Counts until the whole answer is there, also when its beginning came at once.
    setTimeout(abort, url.includes(STAFF_CALLS) ? STAFF_ANSWER_MS_MAX : ANSWER_MS_MAX);
    init?.signal?.addEventListener("abort", abort);
    return send(target, { ...init, signal: giveUp.signal });
  };
}
