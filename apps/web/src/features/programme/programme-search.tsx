import type { EventList } from "@onsale/contract/event";
import { formatNumber } from "@onsale/core/shared/format";
import type { Locale } from "@onsale/core/shared/locale";
import { ButtonAnchor } from "../../ui/button-anchor.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { askOf, filterWords, isNarrowed, programmeHref, type ProgrammeParams } from "./programme-link.ts";
import styles from "./programme-search.module.css";

type Props = { readonly found: EventList; readonly params: ProgrammeParams; readonly locale: Locale };

/** One form that works without a script: the words, and below them what narrows the programme. */
export function ProgrammeSearch({ found, params }: Omit<Props, "locale">) {
  const { q, city, genre, from, to, max } = params;
  return (
    <div className={styles["top"]}>
      <h1 className={styles["title"]}>{q ? `“${q}”` : "The programme"}</h1>
      <search className={styles["searchBox"]}>
        <form action="/">
          <div className={styles["search"]}>
            <label htmlFor="q" className="visually-hidden">
              Search by title, venue, city, genre, month or weekend
            </label>
            <input
              id="q"
              name="q"
              type="search"
              defaultValue={q}
              placeholder="Title, venue, city, month"
              maxLength={100}
            />
            <Button type="submit">Search</Button>
          </div>
          <details className={styles["filters"]} open={[city, genre, from, to, max].some(Boolean)}>
            <summary>Filter by city, date, genre or price</summary>
            <div className={styles["fields"]}>
              <Choice name="city" label="City" all="Every city" value={city} facets={found.cities} />
              <Choice name="genre" label="Genre" all="Every genre" value={genre} facets={found.genres} />
              <label>
                From
                <input type="date" name="from" defaultValue={from} />
              </label>
              <label>
                Until
                <input type="date" name="to" defaultValue={to} />
              </label>
              <PriceField currencies={found.currencies} params={params} />
            </div>
            <Button type="submit">Show these</Button>
          </details>
        </form>
      </search>
    </div>
  );
}

function Choice({
  name,
  label,
  all,
  value,
  facets,
}: {
  name: string;
  label: string;
  all: string;
  value: string;
  facets: EventList["cities"];
}) {
  const known = facets.some((facet) => facet.name === value);
  return (
    <label>
      {label}
      <select name={name} defaultValue={value}>
        <option value="">{all}</option>
        {value !== "" && !known && <option value={value}>{value}</option>}
        {facets.map((facet) => (
          <option key={facet.name} value={facet.name}>
            {`${facet.name} (${facet.count})`}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Amounts of two currencies cannot be compared, so one is chosen where there are several. */
function PriceField({
  currencies,
  params,
}: {
  currencies: EventList["currencies"];
  params: ProgrammeParams;
}) {
  const [only] = currencies;
  if (only === undefined) return null;
  return (
    <>
      <label>
        {currencies.length === 1 ? `Tickets up to, ${only}` : "Tickets up to"}
        <input type="text" inputMode="decimal" name="max" defaultValue={params.max} maxLength={20} />
      </label>
      {currencies.length === 1 ? (
        <input type="hidden" name="currency" value={only} />
      ) : (
        <label>
          Currency
          <select name="currency" defaultValue={params.currency || only}>
            {currencies.map((currency) => (
              <option key={currency}>{currency}</option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

/** How many there are in all, under which filters, and the way back to everything. */
export function ProgrammeCount({ found, params, locale }: Props) {
  const { ask, unread } = askOf(params);
  const narrowed = isNarrowed(params);
  if (!narrowed && found.total === 0)
    return (
      <EmptyState title="Nothing is announced yet.">
        Events stand here as soon as they are. Come back soon.
      </EmptyState>
    );
  if (!narrowed) return null;
  const filters = filterWords(params, ask, locale);
  const unreadWords = unread.map((text) => `“${text}” could not be read, so it narrows nothing.`);
  if (found.total === 0)
    return (
      <EmptyState
        title="Nothing in the programme matches."
        action={<ButtonAnchor href="/">Show the whole programme</ButtonAnchor>}
      >
        {["Try a shorter word, or fewer filters.", ...unreadWords].join(" ")}
      </EmptyState>
    );
  return (
    <p className={styles["found"]}>
      <output>
        {[
          `${countOf(found.total, locale)}${filters.length === 0 ? "" : `: ${filters.join(", ")}`}.`,
          ...unreadWords,
        ].join(" ")}
      </output>{" "}
      <a href="/" className="tap">
        Show the whole programme
      </a>
    </p>
  );
}

const countOf = (total: number, locale: Locale) =>
  `${formatNumber(total, locale)} ${total === 1 ? "event" : "events"}`;

/** Which part of the list this is, and the way to the next one. */
export function ProgrammePages({ found, params, locale }: Props) {
  const { before, total, next, events } = found;
  if (before === 0 && next === null) return null;
  const number = (value: number) => formatNumber(value, locale);
  return (
    <nav aria-label="Pages of the programme" className={styles["pages"]}>
      <p>
        {events.length === 0
          ? `${countOf(total, locale)}; nothing comes after these.`
          : `Events ${number(before + 1)} to ${number(before + events.length)} of ${number(total)}`}
      </p>
      {before > 0 && (
        <a href={programmeHref(params)} className="tap">
          Back to the first
        </a>
      )}
      {next !== null && (
        <a href={programmeHref(params, { after: next })} className={styles["more"]}>
          Show the next {number(Math.min(total - before - events.length, events.length))}
        </a>
      )}
    </nav>
  );
}
