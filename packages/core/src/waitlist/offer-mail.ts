import type { AccountStore } from "../account/account-store.ts";
import type { SaleCatalog } from "../event/sale-catalog.ts";
import type { Mailer } from "../mail/mailer.ts";
import type { WaitlistOfferId } from "./waitlist.ts";
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
    const { title, startsAtMs, timeZone, venue } = event;
    await mailer.send({
      kind: "waitlist_offer",
      to: account.email,
      messageId: `waitlist-offer-${offer.id}`,
      facts: {
        event: { title, startsAtMs, timeZone, venue },
        expiresAtMs: offer.expiresAtMs,
        seated: offer.items.seats.length > 0,
        places,
        url: `${eventsUrl}/${event.slug}/waitlist`,
      },
    });
  };
}
