import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { makeOfferMail } from "@onsale/core/waitlist/offer-mail";
import { makeWaitlistService } from "@onsale/core/waitlist/waitlist-service";
import type { EventId } from "@onsale/core/shared/ids";
import type { Config } from "../config.ts";
import type { ServicesDeps } from "./services-deps.ts";

/** Seats that come back: who waits for them, and the mail that offers them. */
export function composeWaitlist(
  config: Config,
  { stores, providers, catalog, lineCatalog, feed, clock }: ServicesDeps,
  onEpochMissing: (eventId: EventId) => void,
) {
  const waitlist = makeWaitlistService({
    store: stores.waitlist,
    holds: stores.holds,
    catalog,
    lines: lineCatalog,
    places: stores.lines,
    stock: feed,
    clock,
    pause: () => setImmediate(),
    newId: randomUUID,
    onEpochMissing,
  });
  return {
    waitlist,
    sendOfferMail: makeOfferMail({
      store: stores.waitlist,
      accounts: stores.accounts,
      catalog,
      waitlist,
      mailer: providers.mailer,
      eventsUrl: `${config.publicUrl}/events`,
    }),
  };
}
