"use client";

import type { Standing } from "@onsale/core/line/standing";
import type { EventPage, SaleMap } from "@onsale/contract/event";
import type { LatestOrder } from "@onsale/contract/order";
import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { placeWords, saleWords } from "../event/event-words.ts";
import { useLocale } from "../locale/locale-context.tsx";
import { ticketCount } from "@onsale/core/pricing/ticket-count";
import { eventDate } from "@onsale/core/shared/format";
import { lineAhead } from "../line-pass/standing.ts";
import type { MapModel } from "../seat-map/map-model.ts";
import { SeatMap, type SeatMapHandle } from "../seat-map/seat-map.tsx";
import { useLayout } from "../seat-map/use-layout.ts";
import { stateOf } from "../seat-map/seat-stock.ts";
import { useLiveStock, useStockVersion } from "../seat-map/use-live-stock.ts";
import { SelectionPanel } from "./selection-panel.tsx";
import { readKeptWish } from "./kept-wish.ts";
import { Legend, MapKey } from "./legend.tsx";
import { makeSale } from "./sale-context.ts";
import { describeSeat } from "./seat-facts.ts";
import { useSelection } from "./use-selection.ts";
import type { Entry } from "./with-line.tsx";
import styles from "./seat-chooser.module.css";

// Loaded when they are asked for: neither is needed for a first pick on the map.
const SeatList = lazy(() => import("./seat-list.tsx").then((module) => ({ default: module.SeatList })));
const WithLine = lazy(() => import("./with-line.tsx").then((module) => ({ default: module.WithLine })));

const NO_LINE: Entry = { isOpen: true, hasLine: false, note: null, onNoPass: () => undefined };

type ChooserProps = {
  readonly event: EventPage;
  readonly map: SaleMap;
  /** null: nobody is signed in. */
  readonly accountId: string | null;
  readonly standing: Standing | null | undefined;
};

/** The page of choosing: map left, selection right; on a phone the selection is a sheet that the map makes room for. */
export function SeatChooser(props: ChooserProps) {
  const layout = useLayout(props.map.layoutHash);
  const held = useHeldSeats(props.event.id, props.accountId !== null);
  const order = useOpenOrder(props.event.id, props.accountId !== null);
  const { data } = layout;
  if (data) {
    const choose = (entry: Entry) => <Chooser {...props} {...data} held={held} order={order} entry={entry} />;
    if (!lineAhead(props.event)) return choose(NO_LINE);
    const { accountId, standing } = props;
    return (
      <Suspense fallback={<Unfolding event={props.event} />}>
        <WithLine event={props.event} own={{ accountId, standing, holding: held.holding > 0 }}>
          {choose}
        </WithLine>
      </Suspense>
    );
  }
  if (!layout.isError) return <Unfolding event={props.event} />;
  return (
    <PageFrame width="full" className={styles["waiting"]}>
      <Notice tone="stop" title="The seat map could not be loaded.">
        <p>Check your connection.</p>
        <Button onClick={() => void layout.refetch()}>Try again</Button>
      </Notice>
    </PageFrame>
  );
}

function Unfolding({ event }: Pick<ChooserProps, "event">) {
  return (
    <PageFrame width="full" className={styles["waiting"]} busy>
      <output>Unfolding the map of {event.venue.name}.</output>
    </PageFrame>
  );
}

function Chooser({
  event,
  map,
  plan,
  model,
  accountId,
  held,
  order,
  entry,
}: ChooserProps & {
  plan: SeatPlan;
  model: MapModel;
  held: Held;
  order: LatestOrder | null;
  entry: Entry;
}) {
  const locale = useLocale();
  const sale = useMemo(() => makeSale(event, map, { plan, locale }), [event, map, plan, locale]);
  const live = useLiveStock(event.id, plan);
  // Who asked for the best together and signed in on the way finds the question where it was.
  const [sheetOpen, setSheetOpen] = useState(() => readKeptWish(event.id) !== null);
  const selection = useSelection(sale, live, {
    signedIn: accountId !== null,
    onNoPass: entry.onNoPass,
    onRefused: () => setSheetOpen(true),
  });
  const [shown, setShown] = useState<ReadonlySet<number> | null>(null);
  const [asList, setAsList] = useState(false);
  const handle = useRef<SeatMapHandle>(null);
  const yours = useMemo(
    () => new Set([...selection.items.seats.map((seat) => seat.seatNo), ...held.seatNos]),
    [selection.items.seats, held],
  );
  const marks = useMemo(
    () => ({ yours, offered: new Set(selection.race?.offered) }),
    [yours, selection.race],
  );
  const isOpen = event.sale.kind === "open" && entry.isOpen;
  return (
    <PageFrame width="full" className={styles["page"]}>
      <div className={styles["top"]}>
        <Heading event={event} />
        <fieldset className={styles["views"]} aria-label="Choose seats on the map or in a list">
          <button type="button" aria-pressed={!asList} onClick={() => setAsList(false)}>
            Map
          </button>
          <button type="button" aria-pressed={asList} onClick={() => setAsList(true)}>
            List
          </button>
        </fieldset>
      </div>
      <Legend sale={sale} live={live} shown={shown} onShown={setShown} />
      <div className={styles["stage"]}>
        <div className={styles["map"]} hidden={asList}>
          <SeatMap
            model={model}
            live={live}
            levelOf={sale.levelOf}
            shown={shown}
            marks={marks}
            describe={(seatNo) =>
              describeSeat(sale, seatNo, { state: stateOf(live.stock, seatNo), yours: yours.has(seatNo) })
            }
            onSeat={selection.toggleSeat}
            onArea={selection.addPlace}
            handle={handle}
          />
          <div className={styles["key"]}>
            <MapKey />
          </div>
        </div>
        {asList && (
          <Suspense fallback={<p className={styles["waiting"]}>Opening the list.</p>}>
            <SeatList
              sale={sale}
              live={live}
              yours={yours}
              shown={shown}
              onSeat={selection.toggleSeat}
              onArea={selection.addPlace}
            />
          </Suspense>
        )}
        <LiveNote live={live} />
        {selection.refusal !== null && (
          <p className={styles["said"]} data-testid="refusal" aria-hidden="true">
            {selection.refusal}
          </p>
        )}
      </div>
      <div className={styles["selection"]}>
        <Notes event={event} entry={entry} held={held.holding} order={order} />
        <SelectionPanel
          sale={sale}
          selection={selection}
          canHold={isOpen}
          sheet={{ open: sheetOpen, setOpen: setSheetOpen }}
          onShowSeat={(seatNo) => {
            setAsList(false);
            // The map is measured again when it is shown, and only then can it fly.
            requestAnimationFrame(() => requestAnimationFrame(() => handle.current?.showSeat(seatNo)));
          }}
        />
      </div>
      <output className="visually-hidden">{selection.spoken}</output>
    </PageFrame>
  );
}

/** What stands between this fan and the seats, or is theirs already. */
function Notes({
  event,
  entry,
  held,
  order,
}: {
  event: EventPage;
  entry: Entry;
  held: number;
  order: LatestOrder | null;
}) {
  return (
    <>
      {order && (
        <output className={styles["held"]}>
          Your order {order.reference} is {order.state === "committed" ? "being finished" : "being paid"}.{" "}
          <Link href={`/orders/${order.id}`}>See the order</Link>
        </output>
      )}
      {held > 0 && (
        <output className={styles["held"]}>
          You hold {held} {held === 1 ? "place" : "places"} already; what you add is paid for together with{" "}
          {held === 1 ? "it" : "them"}. <Link href={`/checkout/${event.slug}`}>Go to the checkout</Link>
        </output>
      )}
      {entry.note}
      {event.sale.kind !== "open" && !entry.hasLine && (
        <output className={styles["notOpen"]}>{saleWords(event).label}.</output>
      )}
    </>
  );
}

function Heading({ event }: { event: EventPage }) {
  const date = eventDate(event.startsAtMs, event.timeZone);
  return (
    <div className={styles["heading"]}>
      <h1>
        <Link href={`/events/${event.slug}`}>{event.title}</Link>
      </h1>
      <p>
        <time dateTime={date.iso}>
          {date.weekday} {date.day} {date.month}, {date.time}
        </time>
        , {placeWords(event.venue)}
      </p>
    </div>
  );
}

type Held = {
  /** Places that wait for the checkout. */
  readonly holding: number;
  /** Seats of the fan's own, those that are being paid for as well. */
  readonly seatNos: readonly number[];
};

function useHeldSeats(eventId: string, signedIn: boolean): Held {
  const trpc = useTRPC();
  const mine = useQuery(
    trpc.hold.mine.queryOptions({ eventId }, { enabled: signedIn, refetchOnMount: "always" }),
  );
  return useMemo(() => {
    const all = (mine.data ?? []).map(({ hold }) => hold);
    const waiting = all.filter(({ state }) => state === "active");
    return {
      holding: waiting.reduce((sum, { items }) => sum + ticketCount(items), 0),
      seatNos: all.flatMap(({ items }) => items.seats.map((seat) => seat.seatNo)),
    };
  }, [mine.data]);
}

/** Who comes back here from the bank, by Back, learns where the seats went before buying them once more. */
function useOpenOrder(eventId: string, signedIn: boolean): LatestOrder | null {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.order.latestIn.queryOptions({ eventId }, { enabled: signedIn, refetchOnMount: "always" }),
  );
  return data?.state === "awaiting_payment" || data?.state === "committed" ? data : null;
}

function LiveNote({ live }: { live: ReturnType<typeof useLiveStock> }) {
  useStockVersion(live);
  const state = live.state();
  const words = {
    loading: "Looking which seats are free.",
    live: "",
    reconnecting: "The connection broke. Seats may have changed; reconnecting.",
    failed: "We cannot see which seats are free. Trying again.",
  }[state];
  return (
    <output className={styles["liveNote"]} data-state={state}>
      {words}
    </output>
  );
}
