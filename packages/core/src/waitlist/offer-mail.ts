import { formatClock, formatInFull } from "../shared/format.ts";
import type { AccountStore } from "../account/account-store.ts";
import type { SaleCatalog } from "../event/sale-catalog.ts";
import type { EventSummary } from "../event/event-store.ts";
import { mailWords } from "../mail/mail-words.ts";
import type { Mail, Mailer } from "../mail/mailer.ts";
import type { WaitlistOffer, WaitlistOfferId } from "./waitlist.ts";
import type { WaitlistService } from "./waitlist-service.ts";
import type { WaitlistStore } from "./waitlist-store.ts";

export type OfferMailDeps = {
  readonly store: Pick<WaitlistStore, "findOffer">;
  readonly accounts: Pick<AccountStore, "findById">;
  readonly catalog: Pick<SaleCatalog, "require">;
  readonly waitlist: Pick<WaitlistService, "placesOf">;
  readonly mailer: Mailer;
  readonly eventsUrl: string;
};

/** "Seats are kept for you." An offer that is over by now is not written about. */
export function makeOfferMail({ store, accounts, catalog, waitlist, mailer, eventsUrl }: OfferMailDeps) {
  return async function sendOfferMail(offerId: WaitlistOfferId): Promise<void> {
    const offer = await store.findOffer(offerId);
    if (offer?.state !== "open") return;
    const account = await accounts.findById(offer.accountId);
    if (!account) return;
    const { event } = await catalog.require(offer.eventId);
    const places = await waitlist.placesOf(offer.eventId, offer.items);
    await mailer.send(offerMail({ to: account.email, event, offer, places, eventsUrl }));
  };
}

export function offerMail(input: {
  to: string;
  event: Pick<EventSummary, "title" | "slug" | "timeZone" | "startsAtMs" | "venue">;
  offer: Pick<WaitlistOffer, "id" | "expiresAtMs" | "items">;
  places: readonly string[];
  eventsUrl: string;
}): Mail {
  const { event, offer, places } = input;
  const what = offer.items.seats.length > 0 ? "Seats" : "Standing places";
  const until = formatClock(offer.expiresAtMs, event);
  return {
    to: input.to,
    subject: `${what} for you until ${until}: ${mailWords(event.title)}`,
    messageId: `waitlist-offer-${offer.id}`,
    text: [
      mailWords(event.title),
      `${formatInFull(event.startsAtMs, event)}, ${mailWords(`${event.venue.name}, ${event.venue.city}`)}`,
      "",
      `${what} came back, and it is your turn on the waitlist:`,
      ...places.map((place) => `  ${mailWords(place)}`),
      "",
      `They are kept for you until ${until} (${event.timeZone}). After that they go to the next fan; nothing is charged.`,
      "",
      `Pay for them or pass them on: ${input.eventsUrl}/${event.slug}/waitlist`,
      "",
    ].join("\n"),
  };
}
