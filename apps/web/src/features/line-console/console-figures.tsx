"use client";

import { isDrawn, type LineFigures, roughMinutes } from "@onsale/core/line/staff-figures";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { type Live, percent, whole } from "./console-model.ts";
import styles from "./line-console.module.css";

const SALES_EVERY_MS = 3_000;

/** The five numbers that a release is run by, each with the one that it is measured against. */
export function ConsoleFigures({
  eventId,
  figures,
  live,
}: {
  eventId: string;
  figures: LineFigures;
  live: Live;
}) {
  const trpc = useTRPC();
  const sales = useQuery(
    trpc.admin.events.sales.queryOptions({ eventId: eventId }, { refetchInterval: SALES_EVERY_MS }),
  );
  const { waiting, inside, cap, perMinute, free, conversion, minutesLeft, fansServed } = figures;
  const { ended } = live.counts;
  const hasNumbers = isDrawn(live.line);
  const stockFree =
    sales.data &&
    Math.max(
      0,
      sales.data.capacity - sales.data.sold - sales.data.claimed - sales.data.held - sales.data.blocked,
    );
  return (
    <dl className={styles["figures"]}>
      <Figure label={hasNumbers ? "Waiting" : "In the lobby"} value={whole(waiting)} id="waiting">
        {minutesLeft !== null && <span>about {roughMinutes(minutesLeft)} at this pace</span>}
        {hasNumbers && live.room && <span>{whole(live.room.front)} at the front</span>}
      </Figure>
      <Figure label="Inside" value={whole(inside)} of={whole(cap)} id="inside">
        <span className={styles["meter"]} aria-hidden="true">
          <span style={{ width: `${cap > 0 ? Math.min(100, (inside / cap) * 100) : 0}%` }} />
        </span>
        {inside > cap && <strong>{whole(inside - cap)} over the cap; nobody new until they leave</strong>}
      </Figure>
      <Figure label="Let in per minute" value={whole(perMinute)} id="per-minute">
        {whole(live.counts.admitted)} so far
      </Figure>
      <Figure
        label="Sold"
        value={whole(sales.data?.sold ?? null)}
        of={sales.data ? whole(sales.data.capacity) : undefined}
        id="sold"
      >
        <span>{whole(stockFree ?? free)} free</span>
        {fansServed !== null && waiting > 0 && <span>enough for about {whole(fansServed)} who wait</span>}
      </Figure>
      <Figure label="Bought, of those through" value={percent(conversion)} id="conversion">
        <span>
          {whole(ended.bought)} bought, {whole(ended.left)} left
        </span>
        <span>
          {whole(ended.expired)} ran out of time
          {ended.removed > 0 && `, ${whole(ended.removed)} removed`}
        </span>
      </Figure>
    </dl>
  );
}

function Figure({
  label,
  value,
  of,
  id,
  children,
}: {
  label: string;
  value: string;
  of?: string | undefined;
  id: string;
  children: ReactNode;
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={styles["big"]} data-testid={`figure-${id}`}>
        {value}
        {of !== undefined && <small> / {of}</small>}
      </dd>
      <dd className={styles["beside"]}>{children}</dd>
    </div>
  );
}
