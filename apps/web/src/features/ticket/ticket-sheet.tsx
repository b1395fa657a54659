import type { MyTicket } from "../../trpc/types.ts";
import { placeOf } from "../cart/place-of.ts";
import { eventDate } from "../locale/formats.ts";
import { QrCode } from "./qr-code.tsx";
import styles from "./ticket-sheet.module.css";

function stampOf({ status, event }: MyTicket): string {
  if (event.state === "cancelled") return "Event cancelled";
  return status === "used" ? "Used" : "Not valid";
}

/** One ticket as it is shown at a door: the code large and dark on white in every theme, the place in big letters. */
export function TicketSheet({ ticket }: { ticket: MyTicket }) {
  const { event, place } = ticket;
  const date = eventDate(event.startsAtMs, event.timeZone);
  const cancelled = event.state === "cancelled";
  const usable = ticket.status === "issued" && !cancelled;
  return (
    <article
      className={styles["ticket"]}
      data-status={cancelled ? "void" : ticket.status}
      aria-label={`${event.title}, ${placeOf(ticket)}`}
    >
      <div className={styles["stub"]}>
        <QrCode text={ticket.code} label={`Code of ${placeOf(ticket)}`} />
        {!usable && <p className={styles["stamp"]}>{stampOf(ticket)}</p>}
      </div>
      <div className={styles["words"]}>
        <div>
          <p className={styles["title"]}>{event.title}</p>
          <p className={styles["when"]}>
            <time dateTime={date.iso}>
              {date.full}, {date.time}
            </time>
            <br />
            {event.venue}
          </p>
        </div>
        <dl className={styles["place"]}>
          <div>
            <dt>Section</dt>
            <dd>{place.section}</dd>
          </div>
          {place.row !== null && (
            <div>
              <dt>Row</dt>
              <dd>{place.row}</dd>
            </div>
          )}
          {place.seat !== null && (
            <div>
              <dt>Seat</dt>
              <dd>{place.seat}</dd>
            </div>
          )}
          <div>
            <dt>Ticket</dt>
            <dd>{ticket.ticketType}</dd>
          </div>
        </dl>
        <div className={styles["id"]}>
          <p>{ticket.id}</p>
          <details>
            <summary>The code as text</summary>
            <code>{ticket.code}</code>
          </details>
        </div>
      </div>
    </article>
  );
}
