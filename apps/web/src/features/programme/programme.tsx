import type { EventCard, EventList } from "@onsale/contract/event";
import type { Locale } from "@onsale/core/shared/locale";
import { Poster } from "../poster/poster.tsx";
import { fromWords, placeWords, saleWords } from "../event/event-words.ts";
import { eventDate } from "@onsale/core/shared/format";
import { EventsByMonth } from "./events-by-month.tsx";
import { ProgrammeCount, ProgrammePages, ProgrammeSearch } from "./programme-search.tsx";
import { isNarrowed, type ProgrammeParams } from "./programme-link.ts";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import styles from "./programme.module.css";

type ProgrammeProps = {
  readonly found: EventList;
  readonly params: ProgrammeParams;
  readonly locale: Locale;
};

export function Programme({ found, params, locale }: ProgrammeProps) {
  const { events } = found;
  const narrowed = isNarrowed(params);
  const isStart = !narrowed && found.before === 0;
  const [feature, ...rest] = isStart ? events : [undefined, ...events];
  return (
    <PageFrame width="wide" className={styles["page"]}>
      <ProgrammeSearch found={found} params={params} />
      <ProgrammeCount found={found} params={params} locale={locale} />
      {feature && <Feature event={feature} locale={locale} />}
      <EventsByMonth events={rest.filter((event) => event !== undefined)} locale={locale} />
      <ProgrammePages found={found} params={params} locale={locale} />
    </PageFrame>
  );
}

type CardProps = { readonly event: EventCard; readonly locale: Locale };

function Feature({ event, locale }: CardProps) {
  const date = eventDate(event.startsAtMs, event.timeZone, locale);
  const sale = saleWords(event, locale);
  const from = fromWords(event, locale);
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
            {from && <span>{from}</span>}
          </p>
        </div>
      </a>
    </article>
  );
}
