"use client";

import type { AdminEventPage, EventSales } from "@onsale/contract/admin-event";
import { formatFigure } from "@onsale/core/shared/format";
import { formatMoney } from "@onsale/core/shared/money";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc/provider.tsx";
import { Figures } from "../../ui/figures.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { DataTable } from "../../ui/table/data-table.tsx";
import type { TableColumn } from "../../ui/table/table-column.ts";
import { Section, Split } from "../../ui/section.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EventLinks } from "./event-links.tsx";
import { StateMark } from "./event-state.tsx";
import { LivePlan } from "./live-plan.tsx";
import { SalesByHour } from "./sales-by-hour.tsx";
import { StaffFailure } from "./staff-failure.tsx";

const REFRESH_MS = 3_000;

export function SalesView({ page }: { page: AdminEventPage }) {
  const { event, priceList, layoutHash } = page;
  const trpc = useTRPC();
  const sales = useQuery(
    trpc.admin.events.sales.queryOptions({ eventId: event.id }, { refetchInterval: REFRESH_MS }),
  );
  return (
    <>
      <PageHead title={event.title} mark={<StateMark state={event.state} />}>
        <EventLinks event={event} here="sales" />
      </PageHead>
      {sales.isError && <StaffFailure error={sales.error} />}
      <Figures figures={figuresOf(sales.data, event.currency)} />
      <Split>
        {layoutHash !== null && event.state !== "draft" && (
          <LivePlan eventId={event.id} layoutHash={layoutHash} priceList={priceList} />
        )}
        <Section title="By price level">
          {sales.isPending && <Skeleton label="Reading the sales." shape="rows" />}
          {sales.data && <ByCategory sales={sales.data} page={page} />}
        </Section>
      </Split>
      {sales.data && <SalesByHour hours={sales.data.byHour} timeZone={event.timeZone} />}
    </>
  );
}

function figuresOf(sales: EventSales | undefined, currency: string) {
  const figure = (of: (known: EventSales) => number) => (sales ? formatFigure(of(sales)) : null);
  return [
    ["Sold", figure(({ sold }) => sold)],
    ["In checkout", figure(({ claimed }) => claimed)],
    ["Held", figure(({ held }) => held)],
    ["Free", figure(freeOf)],
    ["Blocked", figure(({ blocked }) => blocked)],
    ["Orders", figure(({ orders }) => orders)],
    ["Taken", sales ? formatMoney(sales.grossMinor, currency) : null],
  ] as const;
}

const freeOf = ({ capacity, sold, claimed, held, blocked }: EventSales) =>
  Math.max(0, capacity - sold - claimed - held - blocked);

type CategorySales = EventSales["byCategory"][number];

function ByCategory({ sales, page: { event, priceList } }: { sales: EventSales; page: AdminEventPage }) {
  if (sales.byCategory.length === 0)
    return (
      <EmptyState title="Nothing is sold yet.">
        What is sold stands here by price level and ticket type.
      </EmptyState>
    );
  const typeLabel = (key: string) => priceList?.ticketTypes.find((type) => type.key === key)?.label ?? key;
  const columns: readonly TableColumn<CategorySales>[] = [
    {
      id: "category",
      header: "Price level",
      names: true,
      sort: { by: "text", value: ({ category }) => category },
      cell: ({ category }) => category,
    },
    { id: "ticket", header: "Ticket", cell: ({ ticketType }) => typeLabel(ticketType) },
    {
      id: "sold",
      header: "Sold",
      figures: true,
      sort: { by: "number", value: ({ tickets }) => tickets },
      cell: ({ tickets }) => formatFigure(tickets),
    },
    {
      id: "face",
      header: "Face value",
      figures: true,
      sort: { by: "number", value: ({ faceMinor }) => faceMinor },
      cell: ({ faceMinor }) => formatMoney(faceMinor, event.currency),
    },
  ];
  return (
    <DataTable
      label="Sold by price level"
      few
      columns={columns}
      rows={sales.byCategory}
      keyOf={({ category, ticketType }) => `${category}/${ticketType}`}
    />
  );
}
