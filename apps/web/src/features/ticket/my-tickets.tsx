import type { MyOrder, MyTicket } from "@onsale/contract/order";
import { formatMoney } from "@onsale/core/shared/money";
import type { Locale } from "@onsale/core/shared/locale";
import type { Page } from "@onsale/core/shared/page";
import Link from "next/link";
import type { ReactNode } from "react";
import { ButtonLink } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { OpenOrderWords } from "./open-order-words.tsx";
import { placeOf } from "../selection/place-of.ts";
import { eventDate } from "@onsale/core/shared/format";
import { TicketSheet } from "./ticket-sheet.tsx";
import styles from "./my-tickets.module.css";

const ORDER_WORDS: Record<MyOrder["state"], string> = {
  awaiting_payment: "Waiting for payment",
  committed: "Being finished",
  paid: "Paid",
  cancelled: "Cancelled, nothing charged",
  failed: "Not paid, nothing charged",
  refunded: "Refunded",
};

function orderWords({ state, event }: MyOrder): string {
  return state === "paid" && event.state === "cancelled"
    ? "Paid; the event was cancelled"
    : ORDER_WORDS[state];
}

export function MyTickets({
  tickets: { items: tickets, ...pages },
  orders: { items: orders, ...orderPages },
  locale,
  notice,
}: {
  tickets: Page<MyTicket>;
  orders: Page<MyOrder>;
  locale: Locale;
  /** What is on its way besides. */
  notice: ReactNode;
}) {
  return (
    <PageFrame width="list" className={styles["page"]}>
      <h1 className="display">My tickets</h1>
      {notice}
      {tickets.length === 0 ? (
        <EmptyState
          title="You have no tickets yet."
          action={
            <ButtonLink kind="next" href="/">
              See the programme
            </ButtonLink>
          }
        >
          They appear here the moment they are paid.
        </EmptyState>
      ) : (
        byEvent(tickets).map(([eventId, own]) => (
          <section key={eventId} aria-label={own[0]?.event.title}>
            <ul className={styles["tickets"]}>
              {own.map((ticket) => (
                <li key={ticket.id}>
                  <TicketSheet ticket={ticket} locale={locale} />
                </li>
              ))}
            </ul>
          </section>
        ))
      )}
      <More what="tickets" shown={tickets.length} page={pages} />
      {orders.length > 0 && (
        <section className={styles["orders"]} aria-labelledby="orders-title">
          <h2 id="orders-title">Orders</h2>
          <ul className={styles["list"]}>
            {orders.map((order) => (
              <li key={order.id}>
                <Link className="tap" href={`/orders/${order.id}`}>
                  {order.reference}
                </Link>
                <span>
                  {order.event.title}, ordered on{" "}
                  {eventDate(order.createdAtMs, order.event.timeZone, locale).full}
                </span>
                {order.state === "awaiting_payment" ? (
                  <OpenOrderWords order={order} />
                ) : (
                  <span>{orderWords(order)}</span>
                )}
                <span className={styles["amount"]}>
                  {formatMoney(order.totalMinor, order.currency, locale)}
                </span>
              </li>
            ))}
          </ul>
          <More what="orders" shown={orders.length} page={orderPages} />
        </section>
      )}
    </PageFrame>
  );
}

/** Says what this page leaves out, and leads on to it. */
function More({
  what,
  shown,
  page,
}: {
  what: "tickets" | "orders";
  shown: number;
  page: Omit<Page<unknown>, "items">;
}) {
  if (page.next === null) return null;
  return (
    <p>
      These are {shown} of {page.total} {what}, the newest first.{" "}
      <Link className="tap" href={`/tickets?${what}=${encodeURIComponent(page.next)}`}>
        Older {what}
      </Link>
    </p>
  );
}

function byEvent(tickets: readonly MyTicket[]): [string, MyTicket[]][] {
  const groups = new Map<string, MyTicket[]>();
  for (const ticket of tickets.toSorted(byStartAndPlace))
    groups.set(ticket.eventId, [...(groups.get(ticket.eventId) ?? []), ticket]);
  return [...groups];
}

const PLACES = new Intl.Collator("en", { numeric: true });

function byStartAndPlace(a: MyTicket, b: MyTicket): number {
  return a.event.startsAtMs - b.event.startsAtMs || PLACES.compare(placeOf(a), placeOf(b));
}
