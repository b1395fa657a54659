import type { EventList } from "@onsale/contract/event";
import type { Organizer } from "@onsale/contract/organization";
import { formatNumber } from "@onsale/core/shared/format";
import type { Locale } from "@onsale/core/shared/locale";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { EventsByMonth } from "../programme/events-by-month.tsx";
import styles from "./organizer-view.module.css";

type Props = { readonly organizer: Organizer; readonly found: EventList; readonly locale: Locale };

/** Who sells, how fans reach them, and what they sell. */
export function OrganizerView({ organizer: { slug, name, address, contactEmail }, found, locale }: Props) {
  return (
    <PageFrame width="wide" className={styles["page"]}>
      <div className={styles["head"]}>
        <h1>{name}</h1>
        {address !== "" && <p>{address}</p>}
        <p>
          Questions about an event or an order: <a href={`mailto:${contactEmail}`}>{contactEmail}</a>
        </p>
      </div>
      {found.total === 0 && <p>Nothing is announced at the moment.</p>}
      <EventsByMonth events={found.events} locale={locale} />
      <MoreEvents path={`/organizers/${slug}`} found={found} locale={locale} />
    </PageFrame>
  );
}

/** Which part of the list this is, and the way to the next one. */
function MoreEvents({ path, found, locale }: { path: string; found: EventList; locale: Locale }) {
  const { before, total, next, events } = found;
  if (before === 0 && next === null) return null;
  const number = (value: number) => formatNumber(value, locale);
  return (
    <nav aria-label="Pages of the list" className={styles["pages"]}>
      <p>
        {events.length === 0
          ? `${number(total)} events; nothing comes after these.`
          : `Events ${number(before + 1)} to ${number(before + events.length)} of ${number(total)}`}
      </p>
      {before > 0 && <a href={path}>Back to the first</a>}
      {next !== null && (
        <a href={`${path}?${new URLSearchParams({ after: next })}`}>
          Show the next {number(Math.min(total - before - events.length, events.length))}
        </a>
      )}
    </nav>
  );
}
