import type { EventCard } from "@onsale/contract/event";
import { eventDate } from "@onsale/core/shared/format";
import type { Locale } from "@onsale/core/shared/locale";
import { fromWords, placeWords, saleWords } from "../event/event-words.ts";
import { Poster } from "../poster/poster.tsx";
import styles from "./programme.module.css";

/** Whole without a script, like every list of events for fans. */
export function EventsByMonth({ events, locale }: { events: readonly EventCard[]; locale: Locale }) {
  return byMonth(events).map(([month, group]) => (
    <section key={month} aria-labelledby={idOf(month)} className={styles["month"]}>
      <h2 id={idOf(month)}>{month}</h2>
      <ol className={styles["list"]}>
        {group.map((event) => (
          <Row key={event.id} event={event} locale={locale} />
        ))}
      </ol>
    </section>
  ));
}

function Row({ event, locale }: { event: EventCard; locale: Locale }) {
  const date = eventDate(event.startsAtMs, event.timeZone, locale);
  const sale = saleWords(event, locale);
  const from = fromWords(event, locale);
  return (
    <li>
      <a href={`/events/${event.slug}`} className={styles["row"]}>
        <time dateTime={date.iso} className={styles["date"]}>
          <span className={styles["day"]}>{date.day}</span>
          <span>
            {date.weekday} <br />
            {date.time}
          </span>
        </time>
        <div className={styles["thumb"]}>
          <Poster title={event.title} genre={event.genre} />
        </div>
        <div className={styles["words"]}>
          <h3 className={styles["rowTitle"]}>{event.title}</h3>
          {event.subtitle && <p className={styles["rowSub"]}>{event.subtitle}</p>}
          <p className={styles["place"]}>{placeWords(event.venue)}</p>
        </div>
        <div className={styles["sale"]}>
          {from && <span className={styles["price"]}>{from}</span>}
          <span className={styles[sale.tone]}>{sale.label}</span>
        </div>
      </a>
    </li>
  );
}

function byMonth(events: readonly EventCard[]): [string, EventCard[]][] {
  const months = new Map<string, EventCard[]>();
  for (const event of events) {
    const month = eventDate(event.startsAtMs, event.timeZone).monthAndYear;
    months.set(month, [...(months.get(month) ?? []), event]);
  }
  return [...months];
}

const idOf = (month: string) => `month-${month.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
