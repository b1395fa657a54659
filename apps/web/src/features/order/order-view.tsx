"use client";

import type { OrderPage } from "@onsale/contract/order";
import { formatMoney } from "@onsale/core/shared/money";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { placeOf } from "../selection/place-of.ts";
import { isWorthRetrying } from "../errors/app-failure.ts";
import { useLocale } from "../locale/locale-context.tsx";
import { useTimeZone } from "../locale/use-time-zone.ts";
import { eventDate, formatClock } from "@onsale/core/shared/format";
import { useKeepHold } from "../time-left/use-keep-hold.ts";
import { TicketSheet } from "../ticket/ticket-sheet.tsx";
import { awaitingWords } from "./awaiting.ts";
import { PayOrder } from "./pay-order.tsx";
import { statusWords } from "./status-words.ts";
import { type PayingOn, usePayingOn } from "./use-paying-on.ts";
import styles from "./order-view.module.css";

const ASK_AGAIN_MS = 2_000;

/** Only who paid has bought. */
const BILL_TITLE: Readonly<Record<OrderPage["order"]["state"], string>> = {
  awaiting_payment: "What you are buying",
  committed: "What you are buying",
  paid: "What you bought",
  refunded: "What was refunded",
  failed: "What you had chosen",
  cancelled: "What you had chosen",
};

/** One order from the press of the button to the tickets; asks again by itself while something is open. */
export function OrderView({ first, accountId }: { first: OrderPage; accountId: string }) {
  const trpc = useTRPC();
  const orderId = first.order.id;
  const page = useQuery(
    trpc.order.get.queryOptions(
      { orderId },
      {
        initialData: first,
        // The page may come from the browser's history, with an order that has moved on.
        refetchOnMount: "always",
        refetchInterval: (query) => (isOpen(query.state.data ?? first) ? ASK_AGAIN_MS : false),
      },
    ),
  );
  const { order, event, tickets } = page.data;
  const paying = usePayingOn(page.data, page.refetch);
  const open = isOpen(page.data);
  useKeepHold(
    `/orders/${orderId}`,
    paying.awaiting === null || paying.awaiting === "free"
      ? null
      : {
          accountId,
          title: event.title,
          places: order.items.length,
          expiresAtMs: order.payByMs,
          nowMs: page.data.nowMs,
        },
  );
  const locale = useLocale();
  const date = eventDate(event.startsAtMs, event.timeZone, locale);
  return (
    <PageFrame width="list">
      <div className={styles["head"]}>
        <p className={styles["reference"]}>Order {order.reference}</p>
        <Status page={page.data} paying={paying} />
        <p className={styles["event"]}>
          {event.title}, {date.full}, {date.time}, {event.venue}
        </p>
      </div>
      {page.error && !isWorthRetrying(page.error) && <FailureNotice error={page.error} />}
      <PayOrder order={order} paying={paying} />
      {tickets.length > 0 && (
        <ul className={styles["tickets"]} aria-label="Your tickets">
          {tickets.map((ticket) => (
            <li key={ticket.id}>
              <TicketSheet ticket={{ ...ticket, event }} locale={locale} />
            </li>
          ))}
        </ul>
      )}
      <section className={styles["bill"]} aria-labelledby="bill-title">
        <h2 id="bill-title">{BILL_TITLE[order.state]}</h2>
        <ul className={styles["items"]}>
          {order.items.map((item) => (
            <li key={item.index}>
              <span>{placeOf(item)}</span>
              <span>{formatMoney(item.faceMinor, order.currency, locale)}</span>
            </li>
          ))}
          {order.feeMinor > 0 && (
            <Sum label="Fees" amount={formatMoney(order.feeMinor, order.currency, locale)} />
          )}
          {order.taxAddedMinor > 0 && (
            <Sum label="Taxes" amount={formatMoney(order.taxAddedMinor, order.currency, locale)} />
          )}
          <li className={styles["total"]}>
            <span>{order.state === "paid" ? "Paid" : "Total"}</span>
            <span>{formatMoney(order.totalMinor, order.currency, locale)}</span>
          </li>
        </ul>
        <div className={styles["links"]}>
          {order.state === "paid" && event.state !== "cancelled" && (
            <Button onClick={() => window.print()}>Print the tickets</Button>
          )}
          {order.state === "paid" ? (
            <ButtonLink href="/tickets">All my tickets</ButtonLink>
          ) : (
            !open &&
            event.state !== "cancelled" &&
            event.state !== "ended" && (
              <ButtonLink kind="next" href={`/events/${event.slug}/seats`}>
                Choose seats again
              </ButtonLink>
            )
          )}
        </div>
      </section>
    </PageFrame>
  );
}

function Sum({ label, amount }: { label: string; amount: string }) {
  return (
    <li>
      <span>{label}</span>
      <span>{amount}</span>
    </li>
  );
}

function isOpen({ order }: OrderPage): boolean {
  return order.state === "awaiting_payment" || order.state === "committed";
}

function Status({ page, paying: { awaiting } }: { page: OrderPage; paying: PayingOn }) {
  const { order, tickets, event } = page;
  const locale = useLocale();
  const timeZone = useTimeZone(event.timeZone);
  const until = formatClock(order.payByMs, { timeZone, locale });
  const { title, words } = awaiting === null ? statusWords(page) : awaitingWords(awaiting, until);
  return (
    <>
      <h1 className="display">{title}</h1>
      {words && <p className={styles["words"]}>{words}</p>}
      {event.cancelledBecause !== null && (
        <p className={styles["words"]}>The organizer says: {event.cancelledBecause}</p>
      )}
      <output className="visually-hidden">
        {title}{" "}
        {order.state === "paid"
          ? `${tickets.length === 1 ? "Your ticket is" : `Your ${tickets.length} tickets are`} below.`
          : ""}
      </output>
    </>
  );
}
