"use client";

import { formatFigure } from "@onsale/core/shared/format";
import { EventId } from "@onsale/core/shared/ids";
import { formatMoney } from "@onsale/core/shared/money";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc/provider.tsx";
import type { AdminEventPage, EventSales } from "../../trpc/types.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { StateMark } from "./event-state.tsx";
import { LiveHouse } from "./live-house.tsx";
import { SalesByHour } from "./sales-by-hour.tsx";
import { StaffFailure } from "./staff-failure.tsx";
import styles from "./portal.module.css";

const REFRESH_MS = 3_000;

export function SalesView({ page }: { page: AdminEventPage }) {
  const { event, priceList, layoutHash } = page;
  const trpc = useTRPC();
  const sales = useQuery(
    trpc.admin.events.sales.queryOptions(
      { eventId: EventId.parse(event.id) },
      { refetchInterval: REFRESH_MS },
    ),
  );
  return (
    <>
      <PageHead title={event.title} mark={<StateMark state={event.state} />}>
        <ButtonLink href={`/admin/events/${event.id}`}>Edit the event</ButtonLink>
        <ButtonLink href={`/admin/events/${event.id}/waitlist`}>Waitlist</ButtonLink>
      </PageHead>
      {sales.isError && <StaffFailure error={sales.error} />}
      {sales.data && <Figures sales={sales.data} currency={event.currency} />}
      <div className={styles["split"]}>
        {layoutHash !== null && event.state !== "draft" && (
          <LiveHouse eventId={event.id} layoutHash={layoutHash} priceList={priceList} />
        )}
        {sales.data && (
          <section className={styles["section"]} aria-labelledby="by-category">
            <h2 id="by-category">By category</h2>
            <ByCategory sales={sales.data} page={page} />
          </section>
        )}
      </div>
      {sales.data && <SalesByHour hours={sales.data.byHour} timeZone={event.timeZone} />}
    </>
  );
}

function Figures({ sales, currency }: { sales: EventSales; currency: string }) {
  const free = Math.max(0, sales.capacity - sales.sold - sales.claimed - sales.held - sales.blocked);
  const figures: [string, string][] = [
    ["Sold", formatFigure(sales.sold)],
    ["In checkout", formatFigure(sales.claimed)],
    ["Held", formatFigure(sales.held)],
    ["Free", formatFigure(free)],
    ["Blocked", formatFigure(sales.blocked)],
    ["Orders", formatFigure(sales.orders)],
    ["Taken", formatMoney(sales.grossMinor, currency)],
  ];
  return (
    <dl className={styles["figures"]}>
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function ByCategory({ sales, page }: { sales: EventSales; page: AdminEventPage }) {
  if (sales.byCategory.length === 0) return <p className={styles["sub"]}>Nothing is sold yet.</p>;
  const typeLabel = (key: string) =>
    page.priceList?.ticketTypes.find((type) => type.key === key)?.label ?? key;
  return (
    <div className={styles["scroll"]}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">Category</th>
            <th scope="col">Ticket</th>
            <th scope="col" className={styles["number"]}>
              Sold
            </th>
            <th scope="col" className={styles["number"]}>
              Face value
            </th>
          </tr>
        </thead>
        <tbody>
          {sales.byCategory.map((row) => (
            <tr key={`${row.category}/${row.ticketType}`}>
              <th scope="row">{row.category}</th>
              <td>{typeLabel(row.ticketType)}</td>
              <td className={styles["number"]}>{formatFigure(row.tickets)}</td>
              <td className={styles["number"]}>{formatMoney(row.faceMinor, page.event.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
