import type { MyTicket } from "@onsale/contract/order";
import type { Locale } from "@onsale/core/shared/locale";
import { placeOf } from "../selection/place-of.ts";
import { TRAIT_WORDS } from "../selection/trait-words.ts";
import { eventDate } from "@onsale/core/shared/format";
import { QrCode } from "./qr-code.tsx";
import styles from "./ticket-sheet.module.css";

function stampOf({ status, event }: MyTicket): string {
  if (event.state === "cancelled") return "Event cancelled";
  return status === "used" ? "Used" : "Not valid";
}

type SheetProps = { readonly ticket: MyTicket; readonly locale: Locale };

/**
 * One ticket as it is shown at a door: the code dark on white in every theme, and large at a press, the place in big
 * letters, whose it is, when the doors open and where they are.
 */
export function TicketSheet({ ticket, locale }: SheetProps) {
  const cancelled = ticket.event.state === "cancelled";
  const usable = ticket.status === "issued" && !cancelled;
  const name = placeOf(ticket);
  const large = `code-${ticket.id}`;
  return (
    <article
      className={styles["ticket"]}
      data-status={cancelled ? "void" : ticket.status}
      aria-label={`${ticket.event.title}, ${name}`}
    >
      <div className={styles["stub"]}>
        <QrCode text={ticket.code} label={`Code of ${name}`} />
        {!usable && <p className={styles["stamp"]}>{stampOf(ticket)}</p>}
        {usable && (
          <button type="button" className={styles["enlarge"]} popoverTarget={large}>
            Show it large
          </button>
        )}
      </div>
      <TicketWords ticket={ticket} locale={locale} />
      <div id={large} popover="auto" className={styles["large"]} aria-label={`Large code of ${name}`}>
        <QrCode text={ticket.code} label={`Code of ${name}, large`} />
        <p>{name}</p>
        <button type="button" className={styles["enlarge"]} popoverTarget={large} popoverTargetAction="hide">
          Close
        </button>
        <details className={styles["text"]}>
          <summary>The code as text</summary>
          <code>{ticket.code}</code>
        </details>
      </div>
    </article>
  );
}

function TicketWords({ ticket, locale }: SheetProps) {
  const { event, place, trait, holder } = ticket;
  const date = eventDate(event.startsAtMs, event.timeZone, locale);
  return (
    <div className={styles["words"]}>
      <div>
        <p className={styles["title"]}>{event.title}</p>
        <p className={styles["when"]}>
          <time dateTime={date.iso}>
            {date.full}, {date.time}
          </time>
          {event.doorsAtMs !== null && `. Doors ${eventDate(event.doorsAtMs, event.timeZone, locale).time}`}
          <br />
          {[event.venue, event.where].filter((part) => part !== "").join(", ")}
        </p>
      </div>
      <dl className={styles["place"]}>
        <Fact name="Section" value={place.section} />
        <Fact name="Row" value={place.row} />
        <Fact name="Seat" value={place.seat} />
      </dl>
      <p className={styles["holder"]}>
        {holder}, {ticket.ticketType}
        {trait && `, ${TRAIT_WORDS[trait]}`}
      </p>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string | null }) {
  if (value === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
