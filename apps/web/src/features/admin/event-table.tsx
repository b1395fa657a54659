"use client";

import type { AdminEvent } from "@onsale/contract/admin-event";
import { eventDate } from "@onsale/core/shared/format";
import Link from "next/link";
import { DataTable } from "../../ui/table/data-table.tsx";
import { type ListParams, serverSort } from "../../ui/table/list-link.ts";
import type { TableColumn } from "../../ui/table/table-column.ts";
import { StateMark } from "./event-state.tsx";

const COLUMNS: readonly TableColumn<AdminEvent>[] = [
  {
    id: "title",
    header: "Event",
    names: true,
    sort: { by: "text", value: ({ title }) => title },
    cell: ({ id, title }) => <Link href={`/admin/events/${id}`}>{title}</Link>,
  },
  {
    id: "starts",
    header: "Starts",
    sort: { by: "time", value: ({ startsAtMs }) => startsAtMs },
    cell: ({ startsAtMs, timeZone }) => {
      const { weekday, day, month, time } = eventDate(startsAtMs, timeZone);
      return `${weekday} ${day} ${month}, ${time}`;
    },
  },
  { id: "venue", header: "Venue", cell: ({ venue }) => venue.name },
  { id: "state", header: "State", cell: ({ state }) => <StateMark state={state} /> },
  {
    id: "sales",
    header: "Sales",
    cell: ({ id, title, priceVersion }) =>
      priceVersion > 0 ? (
        <Link href={`/admin/events/${id}/sales`}>
          Look<span className="visually-hidden"> at the sales of {title}</span>
        </Link>
      ) : (
        <span className="soft">no prices yet</span>
      ),
  },
];

const WITHOUT_SALES = COLUMNS.filter(({ id }) => id !== "sales");

type EventTableProps = {
  readonly events: readonly AdminEvent[];
  readonly seesSales: boolean;
  /** They are a page of the whole list. */
  readonly params?: ListParams;
};

export function EventTable({ events, seesSales, params }: EventTableProps) {
  const server = params && serverSort("/admin/events", params, { id: "created", desc: true });
  return (
    <DataTable
      label="Events"
      columns={seesSales ? COLUMNS : WITHOUT_SALES}
      rows={events}
      keyOf={({ id }) => id}
      {...(server && { server })}
    />
  );
}
