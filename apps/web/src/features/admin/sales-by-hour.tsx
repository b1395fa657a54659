import type { EventSales } from "@onsale/contract/admin-event";
import { formatFigure, formatHour } from "@onsale/core/shared/format";
import { DataTable } from "../../ui/table/data-table.tsx";
import type { TableColumn } from "../../ui/table/table-column.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Section } from "../../ui/section.tsx";
import styles from "./sales.module.css";

type Hour = EventSales["byHour"][number];

/** Tickets per hour as bars, with the same numbers as a table for those who want them exactly or do not see bars. */
export function SalesByHour({ hours, timeZone }: { hours: EventSales["byHour"]; timeZone: string }) {
  const most = Math.max(1, ...hours.map((hour) => hour.tickets));
  const label = (atMs: number) => formatHour(atMs, { timeZone });
  const columns: readonly TableColumn<Hour>[] = [
    {
      id: "hour",
      header: "Hour",
      names: true,
      sort: { by: "time", value: ({ hourMs }) => hourMs },
      cell: ({ hourMs }) => label(hourMs),
    },
    {
      id: "tickets",
      header: "Tickets",
      figures: true,
      sort: { by: "number", value: ({ tickets }) => tickets },
      cell: ({ tickets }) => formatFigure(tickets),
    },
  ];
  const first = hours[0];
  const last = hours.at(-1);
  return (
    <Section title="By hour">
      {!first || !last ? (
        <EmptyState title="Nothing is sold yet.">The first order draws the first bar.</EmptyState>
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
          <p className="soft">
            {label(first.hourMs)} to {label(last.hourMs)}; the most in one hour was {formatFigure(most)}{" "}
            tickets.
          </p>
          <details>
            <summary>The same as a table</summary>
            <DataTable
              label="Tickets sold by hour"
              few
              columns={columns}
              rows={hours}
              keyOf={({ hourMs }) => String(hourMs)}
            />
          </details>
        </>
      )}
    </Section>
  );
}
