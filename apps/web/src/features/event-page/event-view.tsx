import type { EventPage } from "@onsale/contract/event";
import { displayFrom } from "./price-table.ts";
import type { Locale } from "@onsale/core/shared/locale";
import { formatMoney } from "@onsale/core/shared/money";
import { ButtonAnchor } from "../../ui/button-anchor.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { PresalePlace } from "../access/presale-place.tsx";
import { presaleLines } from "../access/presale-words.ts";
import { LineBox } from "../line/line-facts.tsx";
import { lineAhead } from "../line-pass/standing.ts";
import { Poster } from "../poster/poster.tsx";
import { saleWords, whereWords } from "../event/event-words.ts";
import { eventDate, moment } from "@onsale/core/shared/format";
import { paragraphsOf } from "./paragraphs.ts";
import styles from "./event-view.module.css";

type Readers = { readonly event: EventPage; readonly locale: Locale };

export function EventView({ event, nowMs, locale }: Readers & { nowMs: number }) {
  const date = eventDate(event.startsAtMs, event.timeZone, locale);
  return (
    <PageFrame width="wide" className={styles["page"]}>
      <div className={styles["art"]}>
        <Poster title={event.title} genre={event.genre} lettered />
      </div>
      <div className={styles["words"]}>
        {event.genre && <p className={styles["kicker"]}>{event.genre}</p>}
        <h1 className={styles["title"]}>{event.title}</h1>
        {event.subtitle && <p className={styles["subtitle"]}>{event.subtitle}</p>}
        <dl className={styles["facts"]}>
          <div>
            <dt>When</dt>
            <dd>
              <time dateTime={date.iso}>
                {date.full}, {date.time}
              </time>
              {event.doorsAtMs !== null &&
                `. Doors ${eventDate(event.doorsAtMs, event.timeZone, locale).time}`}
            </dd>
          </div>
          <div>
            <dt>Where</dt>
            <dd>{whereWords(event.venue)}</dd>
          </div>
          <div>
            <dt>By</dt>
            <dd>
              <a className={styles["by"]} href={`/organizers/${event.organizer.slug}`}>
                {event.organizer.name}
              </a>
            </dd>
          </div>
          {event.map && (
            <div>
              <dt>How many</dt>
              <dd>
                {event.maxPerFan === 1 ? "One ticket per fan" : `Up to ${event.maxPerFan} tickets per fan`}
              </dd>
            </div>
          )}
        </dl>
        <SaleBox event={event} locale={locale} />
        <Presales event={event} nowMs={nowMs} locale={locale} />
        {event.map && <Prices event={event} map={event.map} locale={locale} />}
        {event.description && (
          <section aria-labelledby="about" className={styles["about"]}>
            <h2 id="about">About</h2>
            {paragraphsOf(event.description).map((paragraph, index) => (
              <p key={`${index} ${paragraph.slice(0, 40)}`}>{paragraph}</p>
            ))}
          </section>
        )}
      </div>
    </PageFrame>
  );
}

/** Reasons for which no seat is sold now while a line before the sale may be joined or looked at. */
const LINE_GOES_ON = new Set(["not_published", "presale_only", "paused"]);

function SaleBox({ event, locale }: Readers) {
  const sale = saleWords(event, locale);
  const minutes = Math.round(event.holdTtlMs / 60_000);
  const line = lineAhead(event);
  const isSoldOut = event.sale.kind === "closed" && event.sale.why === "sold_out";
  if (line && isSoldOut) return <SoldOutBox slug={event.slug} />;
  if (line && (event.sale.kind !== "closed" || LINE_GOES_ON.has(event.sale.why))) {
    return (
      <div className={styles["sale"]}>
        <LineBox event={event} line={line} locale={locale} styles={styles} />
      </div>
    );
  }
  if (event.sale.kind === "open" && event.map) {
    return (
      <div className={styles["sale"]}>
        <div className={styles["action"]}>
          <ButtonAnchor kind="next" href={`/events/${event.slug}/seats`}>
            Choose seats
            {event.from === null ? "" : `, from ${formatMoney(event.from, event.currency, locale)}`}
          </ButtonAnchor>
        </div>
        <p className={styles["small"]}>
          Seats you choose are held for {minutes === 1 ? "a minute" : `${minutes} minutes`} while you pay.
          After that they go back to everyone, and nothing is charged.
          {event.sale.closesAtMs !== null &&
            ` The sale ends ${moment(event.sale.closesAtMs, event.timeZone, locale)}.`}
        </p>
      </div>
    );
  }
  return (
    <Notice
      tone={sale.tone === "wait" ? "wait" : "plain"}
      title={`${opensToAll(event, locale) ?? sale.label}.`}
    >
      {event.cancelledBecause !== null && <p>The organizer says: {event.cancelledBecause}</p>}
      {event.sale.kind === "opens" && event.map && (
        <a href={`/events/${event.slug}/seats`} className={styles["tap"]}>
          Look at the seat map already
        </a>
      )}
      {event.sale.kind === "closed" && event.sale.why === "paused" && (
        <p>Seats you hold stay yours until their time is up. This page shows when it goes on.</p>
      )}
      {event.sale.kind === "closed" && event.sale.why === "sold_out" && (
        <>
          <p>Seats that come back are offered to the waitlist first.</p>
          <p>
            <a className={styles["tap"]} href={`/events/${event.slug}/waitlist`}>
              Join the waitlist
            </a>
          </p>
        </>
      )}
    </Notice>
  );
}

/** Its script is large and comes along only where there is a presale. */
function Presales({ event, nowMs, locale }: Readers & { nowMs: number }) {
  const lines = presaleLines(event, nowMs, locale);
  if (lines.length === 0) return null;
  return <PresalePlace event={{ id: event.id, slug: event.slug }} lines={lines} />;
}

/** Beside presales the date of the public sale is named as such; null where there is nothing to tell apart. */
function opensToAll({ sale, saleWindows, timeZone }: EventPage, locale: Locale): string | null {
  if (sale.kind !== "opens" || !saleWindows.some(({ kind }) => kind === "presale")) return null;
  const isPublic = saleWindows.some(
    ({ kind, opensAtMs }) => kind === "public" && opensAtMs === sale.opensAtMs,
  );
  return isPublic ? `Public sale from ${moment(sale.opensAtMs, timeZone, locale)}` : null;
}

/** While a line still stands before a sale that has nothing left, the waitlist is the next step and not the line. */
function SoldOutBox({ slug }: { slug: string }) {
  return (
    <div className={styles["sale"]}>
      <p className={styles["soldOut"]}>Sold out.</p>
      <div className={styles["action"]}>
        <ButtonAnchor kind="next" href={`/events/${slug}/waitlist`}>
          Join the waitlist
        </ButtonAnchor>
      </div>
      <p className={styles["small"]}>Seats that come back are offered to the waitlist first.</p>
      <p className={styles["small"]}>
        <a href={`/events/${slug}/line`}>You are in the line? See where you stand</a>
      </p>
    </div>
  );
}

function Prices({ event, map, locale }: Readers & { map: NonNullable<EventPage["map"]> }) {
  const rows = displayFrom(map);
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="prices" className={styles["prices"]}>
      <h2 id="prices">Prices</h2>
      <div className={styles["scroll"]}>
        <table>
          <caption className="visually-hidden">Whole prices by price level and ticket type</caption>
          <thead>
            <tr>
              <th scope="col">Level</th>
              {map.ticketTypes.map((type) => (
                <th key={type.key} scope="col">
                  {type.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.category}>
                <th scope="row">{row.label}</th>
                {row.amounts.map((amount, index) => (
                  <td key={map.ticketTypes[index]?.key} data-type={map.ticketTypes[index]?.label}>
                    {amount === null ? (
                      <span aria-label="not sold">–</span>
                    ) : (
                      formatMoney(amount, event.currency, locale)
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles["small"]}>
        With all fees and taxes of a ticket.{" "}
        {perOrderWords(map, (minor) => formatMoney(minor, event.currency, locale))}
      </p>
    </section>
  );
}

/** What no ticket's price can hold, because it is charged once whatever is bought. */
function perOrderWords(map: NonNullable<EventPage["map"]>, money: (minor: number) => string): string {
  const { fixedMinor, bps } = map.perOrder;
  const parts = [
    fixedMinor > 0 ? money(fixedMinor) : "",
    bps > 0 ? `${bps / 100} % of the ticket prices` : "",
  ].filter(Boolean);
  return parts.length === 0 ? "Nothing is added per order." : `Once per order: ${parts.join(" and ")}.`;
}
