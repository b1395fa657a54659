"use client";

import type { AdminEvent, AdminEventPage } from "@onsale/contract/admin-event";
import type { AdminWaitlist } from "@onsale/contract/admin-waitlist";
import { formatFigure } from "@onsale/core/shared/format";
import { WaitlistStand } from "@onsale/core/waitlist/waitlist";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc/provider.tsx";
import { Figures } from "../../ui/figures.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EventLinks } from "./event-links.tsx";
import { StaffFailure } from "./staff-failure.tsx";
import { WaitlistDemand } from "./waitlist-demand.tsx";
import { type WaitlistParams, WaitlistFans } from "./waitlist-fans.tsx";

const REFRESH_MS = 5_000;

type DeskProps = {
  readonly page: AdminEventPage;
  /** From the address. */
  readonly params: WaitlistParams;
};

/** Who waits for seats that come back, what they would take, and what became of those who were asked. */
export function WaitlistDesk({ page: { event, priceList }, params }: DeskProps) {
  const trpc = useTRPC();
  const eventId = event.id;
  const stand = WaitlistStand.safeParse(params.stand);
  const ask = { eventId, query: params.q, ...(stand.success ? { stand: stand.data } : {}) };
  const list = useQuery(trpc.admin.waitlist.list.queryOptions(ask, { refetchInterval: REFRESH_MS }));
  return (
    <>
      <Top event={event} />
      {list.isError && <StaffFailure error={list.error} />}
      <Figures figures={figuresOf(list.data?.counts)} />
      {list.isPending && <Skeleton label="Reading the waitlist." shape="rows" />}
      {list.data && <WaitlistDemand demand={list.data.demand} />}
      {list.data && (
        <WaitlistFans
          seen={list.data}
          event={event}
          ticketTypes={priceList?.ticketTypes ?? []}
          params={params}
        />
      )}
    </>
  );
}

function Top({ event }: { event: AdminEvent }) {
  return (
    <PageHead title="Waitlist" sub={event.title}>
      <EventLinks event={event} here="waitlist" />
    </PageHead>
  );
}

const figuresOf = (counts: AdminWaitlist["counts"] | undefined) =>
  (
    [
      ["Fans waiting", counts?.waiting],
      ["Tickets wanted", counts?.ticketsWanted],
      ["Have an offer", counts?.offered],
      ["Bought", counts?.bought],
      ["Declined", counts?.declined],
      ["Did not answer", counts?.lapsed],
      ["Left", counts?.left],
    ] as const
  ).map(([label, value]) => [label, value === undefined ? null : formatFigure(value)] as const);
