import type { EventPage } from "@onsale/contract/event";
import { ButtonLink } from "../../ui/button.tsx";
import styles from "./line.module.css";

/** What somebody who got no ticket can do. */
export function WaitlistSlot({ event }: { event: Pick<EventPage, "slug"> }) {
  return (
    <div className={styles["actions"]}>
      <ButtonLink kind="next" href={`/events/${event.slug}/waitlist`}>
        Join the waitlist
      </ButtonLink>
      <ButtonLink href={`/events/${event.slug}`}>Back to the event</ButtonLink>
    </div>
  );
}
