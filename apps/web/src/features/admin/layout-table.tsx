"use client";

import type { AdminLayout } from "@onsale/contract/admin-layout";
import { formatDay, formatFigure } from "@onsale/core/shared/format";
import Link from "next/link";
import { DataTable } from "../../ui/table/data-table.tsx";
import { type ListParams, serverSort } from "../../ui/table/list-link.ts";
import type { TableColumn } from "../../ui/table/table-column.ts";

const COLUMNS: readonly TableColumn<AdminLayout>[] = [
  {
    id: "name",
    header: "Layout",
    names: true,
    sort: { by: "text" },
    cell: ({ id, name }) => <Link href={`/admin/layouts/${id}`}>{name}</Link>,
  },
  {
    id: "seats",
    header: "Seats",
    figures: true,
    sort: { by: "number" },
    cell: ({ seatCount }) => formatFigure(seatCount),
  },
  {
    id: "standing",
    header: "Standing",
    figures: true,
    cell: ({ gaCapacity }) => formatFigure(gaCapacity),
  },
  { id: "version", header: "Version", cell: ({ hash }) => <code>{hash.slice(0, 8)}</code> },
  {
    id: "created",
    header: "Saved",
    sort: { by: "time" },
    cell: ({ createdAtMs }) => formatDay(createdAtMs, { timeZone: "UTC" }),
  },
];

export function LayoutTable({ layouts, params }: { layouts: readonly AdminLayout[]; params: ListParams }) {
  return (
    <DataTable
      label="Layouts"
      columns={COLUMNS}
      rows={layouts}
      keyOf={({ id }) => id}
      server={serverSort("/admin/layouts", params, { id: "created", desc: true })}
    />
  );
}
