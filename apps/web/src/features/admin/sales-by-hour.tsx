import { formatFigure, formatHour } from "@onsale/core/shared/format";
import type { EventSales } from "../../trpc/types.ts";
import styles from "./portal.module.css";

/** Tickets per hour as bars, with the same numbers as a table for those who do not see them. */
export function SalesByHour({ hours, timeZone }: { hours: EventSales["byHour"]; timeZone: string }) {
  const most = Math.max(1, ...hours.map((hour) => hour.tickets));
  const label = (atMs: number) => formatHour(atMs, { timeZone });
  const first = hours[0];
  const last = hours.at(-1);
  return (
    <section className={styles["section"]} aria-labelledby="by-hour">
      <h2 id="by-hour">By hour</h2>
      {!first || !last ? (
        <p className={styles["sub"]}>Nothing is sold yet.</p>
      ) : (
        <>
          <div className={styles["bars"]} aria-hidden="true">
            {hours.map((hour) => (
              <div
                key={hour.hourMs}
                className={styles["bar"]}
                style={{ height: `${Math.max(1, (hour.tickets / most) * 100)}%` }}
                title={`${label(hour.hourMs)}: ${hour.tickets}`}
              />
            ))}
          </div>
          <p className={styles["sub"]}>
            {label(first.hourMs)} to {label(last.hourMs)}; the most in one hour was {formatFigure(most)}{" "}
            tickets.
          </p>
          <table className="visually-hidden">
            <caption>Tickets sold by hour</caption>
            <tbody>
              {hours.map((hour) => (
                <tr key={hour.hourMs}>
                  <th scope="row">{label(hour.hourMs)}</th>
                  <td>{hour.tickets}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
