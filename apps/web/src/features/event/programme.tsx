import type { EventCard } from "../../trpc/types.ts";
import { Button } from "../../ui/button.tsx";
import { Poster } from "../poster/poster.tsx";
import { eventDate, fromWords, placeWords, saleWords } from "./event-words.ts";
import styles from "./programme.module.css";

export function Programme({ events, query }: { events: readonly EventCard[]; query: string }) {
  const [feature, ...rest] = query ? [undefined, ...events] : events;
  return (
    <main id="main" tabIndex={-1} className={styles["page"]}>
      <div className={styles["top"]}>
        <h1 className={styles["title"]}>{query ? `“${query}”` : "The programme"}</h1>
        <search className={styles["searchBox"]}>
          <form action="/" className={styles["search"]}>
            <label htmlFor="q" className="visually-hidden">
              Search by title, venue, city or genre
            </label>
            <input
              id="q"
              name="q"
              type="search"
              defaultValue={query}
              placeholder="Title, venue, city"
              maxLength={100}
            />
            <Button type="submit">Search</Button>
          </form>
        </search>
      </div>
      {query && (
        <p className={styles["found"]}>
          <output>
            {events.length === 0
              ? "Nothing in the programme matches. Try a shorter word, or a city."
              : `${events.length} ${events.length === 1 ? "event" : "events"}.`}
          </output>{" "}
          <a href="/">Show the whole programme</a>
        </p>
      )}
      {!query && events.length === 0 && (
        <p className={styles["found"]}>Nothing is announced yet. Come back soon.</p>
      )}
      {feature && <Feature event={feature} />}
      {byMonth(rest.filter((event) => event !== undefined)).map(([month, group]) => (
        <section key={month} aria-labelledby={idOf(month)} className={styles["month"]}>
          <h2 id={idOf(month)}>{month}</h2>
          <ol className={styles["list"]}>
            {group.map((event) => (
              <Row key={event.id} event={event} />
            ))}
          </ol>
        </section>
      ))}
    </main>
  );
}

function Feature({ event }: { event: EventCard }) {
  const date = eventDate(event.startsAtMs, event.timeZone);
  const sale = saleWords(event);
  return (
    <article className={styles["feature"]}>
      <a href={`/events/${event.slug}`} className={styles["featureLink"]}>
        <div className={styles["featureArt"]}>
          <Poster title={event.title} genre={event.genre} lettered />
        </div>
        <div className={styles["featureWords"]}>
          <p className={styles["kicker"]}>
            Next up<span aria-hidden="true"> · </span>
            {event.genre}
          </p>
          <h2 className={styles["featureTitle"]}>{event.title}</h2>
          {event.subtitle && <p className={styles["featureSub"]}>{event.subtitle}</p>}
          <p className={styles["featureMeta"]}>
            <time dateTime={date.iso}>
              {date.full}, {date.time}
            </time>
            <br />
            {placeWords(event.venue)}
          </p>
          <p className={styles["featureSale"]}>
            <span className={styles[sale.tone]}>{sale.label}</span>
            {fromWords(event) && <span>{fromWords(event)}</span>}
          </p>
        </div>
      </a>
    </article>
  );
}

function Row({ event }: { event: EventCard }) {
  const date = eventDate(event.startsAtMs, event.timeZone);
  const sale = saleWords(event);
  const from = fromWords(event);
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
