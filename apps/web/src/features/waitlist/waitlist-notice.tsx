import type { Locale } from "@onsale/core/shared/locale";
import type { WaitView } from "@onsale/contract/waitlist";
import { Notice } from "../../ui/notice.tsx";
import { aheadWords } from "./waitlist-words.ts";

/** Waits that run, for pages that are about something else. */
export function WaitlistNotices({ waits, locale }: { waits: readonly WaitView[]; locale: Locale }) {
  return waits.map(({ event, offer, ahead }) => (
    <Notice
      key={event.id}
      tone={offer ? "wait" : "plain"}
      title={offer ? `Seats are kept for you: ${event.title}.` : `You are on the waitlist: ${event.title}.`}
    >
      {!offer && <p>{aheadWords(ahead, locale)}</p>}
      <p>
        <a href={`/events/${event.slug}/waitlist`}>{offer ? "See the seats and pay" : "See the waitlist"}</a>
      </p>
    </Notice>
  ));
}
