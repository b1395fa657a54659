"use client";

import type { Standing } from "@onsale/core/line/standing";
import type { EventPage, SaleMap } from "@onsale/contract/event";
import type { HoldView } from "@onsale/contract/hold";
import type { LatestOrder } from "@onsale/contract/order";
import { ticketCount } from "@onsale/core/pricing/ticket-count";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { LineNote } from "../line/line-note.tsx";
import { useSaleAccess } from "../line/use-sale-access.ts";
import { InQueue } from "./in-queue.tsx";
import { NothingHeld } from "./nothing-held.tsx";
import { Payment } from "./payment.tsx";
import { useKeepHold } from "../time-left/use-keep-hold.ts";
import { useJoined } from "./use-joined.ts";

type CheckoutProps = {
  readonly event: EventPage;
  readonly map: SaleMap;
  readonly holds: readonly HoldView[];
  /** The fan's latest order in this event. */
  readonly latest: LatestOrder | null;
  readonly accountId: string | null;
  readonly standing: Standing | null | undefined;
};

/** While an order waits its turn. */
const LOOK_AGAIN_MS = 2_000;

export function Checkout({ event, map, holds, latest, accountId, standing }: CheckoutProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const ofEvent = { eventId: event.id };
  // The page may come from the browser's history: what is held now is asked for whenever it is shown.
  const mineQuery = trpc.hold.mine.queryOptions(ofEvent, { refetchOnMount: "always" });
  const mine = useQuery({
    ...mineQuery,
    initialData: [...holds],
    refetchInterval: (query) => (isInQueue(query.state.data ?? []) ? LOOK_AGAIN_MS : false),
  });
  // While the order is being made its hold is on its way out of the list; the page stays as it is.
  const [paying, setPaying] = useState<HoldView | null>(null);
  const held = paying ?? mine.data.findLast(({ hold }) => hold.state === "active");
  const inQueue = isInQueue(mine.data);
  const order = useQuery(
    trpc.order.latestIn.queryOptions(ofEvent, {
      initialData: latest,
      refetchOnMount: "always",
      refetchInterval: paying || inQueue ? LOOK_AGAIN_MS : false,
    }),
  );
  const [before, setBefore] = useState(held);
  if (held && held.hold.id !== before?.hold.id) setBefore(held);
  // What waited its turn when this page was opened: as soon as there is an order, that is where it went.
  const [waited, setWaited] = useState(false);
  if (inQueue && !waited) setWaited(true);
  const isTheirs = ({ id }: LatestOrder) => waited && !inQueue && id !== latest?.id;
  const access = useSaleAccess(event, { accountId, standing, holding: held !== undefined });
  const { queryKey } = mineQuery;
  const setMine = (change: (held: HoldView[]) => HoldView[]) =>
    queries.setQueryData(queryKey, (held) => held && change(held));
  /** What was asked before a change is not to be shown after it. */
  const dropAsked = () => queries.cancelQueries({ queryKey });

  const joined = useJoined(event.id, {
    holds: mine.data,
    onJoined: (all) => void dropAsked().then(() => setMine(() => all)),
  });

  const places = held ? ticketCount(held.hold.items) : 0;
  useKeepHold(
    `/checkout/${event.slug}`,
    held && accountId !== null && !paying ? { accountId, title: event.title, places, ...held.hold } : null,
  );

  if (joined.isJoining) return <Joining />;
  if (!held) {
    if (order.data && (isOpen(order.data) || isTheirs(order.data)))
      return <GoOnAt path={`/orders/${order.data.id}`} />;
    if (inQueue) return <InQueue />;
    return <NothingHeld slug={event.slug} order={order.data} wasHeld={before !== undefined} />;
  }
  return (
    <Payment
      key={held.hold.id}
      event={event}
      map={map}
      held={held}
      latestId={order.data?.id ?? null}
      note={
        <>
          {joined.priceChanged && (
            <Notice tone="wait" title="The price is not the one you saw.">
              <p>Prices changed between your selections. The total is by the newest; nothing was charged.</p>
            </Notice>
          )}
          {joined.others > 0 && (
            <p>
              You hold places of another sale or an offer as well. They have a time of their own and are paid
              for on their own, after these.
            </p>
          )}
          <LineNote event={event} access={access} paying />
        </>
      }
      onChanged={async (changed) => {
        await dropAsked();
        setMine((held) => held.map((one) => (one.hold.id === changed.hold.id ? changed : one)));
      }}
      onPaying={setPaying}
      onGone={() => void queries.invalidateQueries({ queryKey })}
      onReleased={async () => {
        await dropAsked();
        setBefore(undefined);
        setMine((before) => before.filter((one) => one.hold.id !== held.hold.id));
      }}
    />
  );
}

function Joining() {
  return (
    <PageFrame width="message" busy>
      <h1>Putting your seats together.</h1>
    </PageFrame>
  );
}

/** In checkout, and without an order that says so: it has not been written yet. */
const isInQueue = (holds: readonly HoldView[]): boolean => holds.some(({ hold }) => hold.state === "claimed");

const isOpen = ({ state }: LatestOrder): boolean => state === "awaiting_payment" || state === "committed";

/** An order that is open is paid on its own page. */
function GoOnAt({ path }: { path: string }) {
  const router = useRouter();
  useEffect(() => router.replace(path), [router, path]);
  return (
    <PageFrame width="message">
      <h1>Your seats are in an order.</h1>
      <p>
        <a href={path}>Its page</a> says how it stands and how it can be paid.
      </p>
    </PageFrame>
  );
}
