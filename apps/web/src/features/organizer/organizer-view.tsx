import type { EventList } from "@onsale/contract/event";
import type { Organizer } from "@onsale/contract/organization";
import { formatNumber } from "@onsale/core/shared/format";
import type { Locale } from "@onsale/core/shared/locale";
import { ButtonAnchor } from "../../ui/button-anchor.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { Pager } from "../../ui/pager.tsx";
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
          Questions about an event or an order:{" "}
          <a className="tap" href={`mailto:${contactEmail}`}>
            {contactEmail}
          </a>
        </p>
      </div>
      {found.total === 0 && (
        <EmptyState
          title="Nothing is announced at the moment."
          action={<ButtonAnchor href="/">See the whole programme</ButtonAnchor>}
        >
          Events by {name} stand here as soon as they are announced.
        </EmptyState>
      )}
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
    <Pager
      label="Pages of the list"
      words={
        events.length === 0
          ? `${number(total)} events; nothing comes after these.`
          : `Events ${number(before + 1)} to ${number(before + events.length)} of ${number(total)}`
      }
    >
      {before > 0 && (
        <a className="tap" href={path}>
          Back to the first
        </a>
      )}
      {next !== null && (
        <a className="tap" href={`${path}?${new URLSearchParams({ after: next })}`}>
          Show the next {number(Math.min(total - before - events.length, events.length))}
        </a>
      )}
    </Pager>
  );
}
