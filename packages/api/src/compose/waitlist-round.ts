import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { OFFER_TTL_MS } from "@onsale/core/waitlist/waitlist";
import { makeWaitlistRound } from "@onsale/core/waitlist/waitlist-round";
import type { Container } from "./container.ts";

/** The waitlists' rounds over the stores of this process. */
export function composeWaitlistRound(
  container: Pick<Container, "waitlist" | "holds" | "catalog" | "lineCatalog" | "feed" | "clock" | "log">,
  { offerTtlMs = OFFER_TTL_MS }: { offerTtlMs?: number } = {},
) {
  const { log } = container;
  return makeWaitlistRound({
    store: container.waitlist,
    holds: container.holds,
    catalog: container.catalog,
    lines: container.lineCatalog,
    stock: container.feed,
    clock: container.clock,
    pause: () => setImmediate(),
    newId: randomUUID,
    offerTtlMs,
    // The worker rebuilds such shards every second; the offer's row waits for it.
    onEpochMissing: (eventId) => log.warn({ eventId }, "an offer waits for the shard to be rebuilt"),
    onError: (error, eventId) => log.error({ err: error, eventId }, "a round of the waitlist failed"),
  });
}
