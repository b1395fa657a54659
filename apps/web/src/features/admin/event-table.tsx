import Link from "next/link";
import type { AdminEvent } from "../../trpc/types.ts";
import { eventDate } from "@onsale/core/shared/format";
import { StateMark } from "./event-state.tsx";
import styles from "./portal.module.css";

export function EventTable({ events }: { events: readonly AdminEvent[] }) {
  return (
    <div className={styles["scroll"]}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">Event</th>
            <th scope="col">Starts</th>
            <th scope="col">Venue</th>
            <th scope="col">State</th>
            <th scope="col">Sales</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => {
            const date = eventDate(event.startsAtMs, event.timeZone);
            return (
              <tr key={event.id}>
                <th scope="row">
                  <Link href={`/admin/events/${event.id}`}>{event.title}</Link>
                </th>
                <td>
                  {date.weekday} {date.day} {date.month}, {date.time}
                </td>
                <td>{event.venue.name}</td>
                <td>
                  <StateMark state={event.state} />
                </td>
                <td>
                  {event.priceVersion > 0 ? (
                    <Link href={`/admin/events/${event.id}/sales`} aria-label={`Sales of ${event.title}`}>
                      Look
                    </Link>
                  ) : (
                    <span className={styles["sub"]}>no prices yet</span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
