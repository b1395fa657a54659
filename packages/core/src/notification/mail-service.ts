import type { EventId, OrderId } from "../shared/ids.ts";
import type { EventStore, EventSummary } from "../event/event-store.ts";
import type { LetterFacts } from "../mail/letter.ts";
import { Currency } from "../shared/money-schema.ts";
import { AppError } from "../shared/errors.ts";
import type { Mailer } from "../mail/mailer.ts";
import type { LetterOrder, LetterOrders } from "./letter-orders.ts";

export type MailServiceDeps = {
  readonly orders: LetterOrders;
  readonly events: Pick<EventStore, "findEvent">;
  /** What is known of an event may be a moment old: enough for the mail of a purchase. */
  readonly catalog: {
    readonly event: (eventId: EventId) => Promise<EventSummary | null>;
    readonly ticketTypeLabels: (eventId: EventId) => Promise<ReadonlyMap<string, string>>;
  };
  /** A fan whose tickets are paid does not need the pass any more. */
  readonly givePassBack: (order: LetterOrder) => Promise<void>;
  readonly mailer: Mailer;
  readonly ordersUrl: string;
};

/** What became of the letter of each order, in the order in which they were asked for. */
type Sent = Promise<PromiseSettledResult<void>[]>;

/**
 * Letters about orders, for many at once: their orders are read by one statement, and an event of many is looked at once. A
 * letter that cannot be sent keeps no other one back.
 */
export function makeMailService(deps: MailServiceDeps) {
  const { events, catalog, mailer, ordersUrl } = deps;

  async function sendAll(
    orderIds: readonly OrderId[],
    eventOf: (eventId: EventId) => Promise<EventSummary | null>,
    send: (order: LetterOrder, event: EventSummary) => Promise<void>,
  ): Sent {
    const orders = new Map((await deps.orders.find(orderIds)).map((order) => [order.id, order]));
    const eventOnce = once(eventOf);
    return Promise.allSettled(
      orderIds.map(async (orderId) => {
        const order = orders.get(orderId);
        if (!order) throw new AppError("order.not_found");
        const event = await eventOnce(order.eventId);
        if (!event) throw new AppError("event.not_found");
        await send(order, event);
      }),
    );
  }

  return {
    /** checkout.pending for an order that is open: what is told is how it ended. */
    eventCancelled: (orderIds: readonly OrderId[]): Sent =>
      sendAll(
        orderIds,
        (eventId) => events.findEvent(eventId),
        async (order, event) => {
          if (order.state === "awaiting_payment" || order.state === "committed")
            throw new AppError("checkout.pending", { orderId: order.id });
          await mailer.send({
            kind: "event_cancelled",
            to: order.email,
            locale: order.locale,
            messageId: `event-cancelled-${order.id}`,
            facts: {
              ...orderFacts(order, event),
              orderUrl: `${ordersUrl}/${order.id}`,
              because: event.cancelledBecause ?? null,
              money: moneyOf(order),
            },
          });
        },
      ),
    /** The pass that the tickets were bought with goes to the next fan, whether or not the letter can be sent. */
    ordersPaid(orderIds: readonly OrderId[]): Sent {
      const labelsOf = once(catalog.ticketTypeLabels);
      return sendAll(orderIds, catalog.event, async (order, event) => {
        await deps.givePassBack(order);
        const labels = await labelsOf(event.id);
        await mailer.send({
          kind: "order_paid",
          to: order.email,
          locale: order.locale,
          messageId: `order-paid-${order.id}`,
          facts: {
            ...orderFacts(order, event),
            orderUrl: `${ordersUrl}/${order.id}`,
            places: order.items.map(({ place, ticketType }) => ({
              section: place.section,
              row: place.row,
              seat: place.seat,
              ticketType: labels.get(ticketType) ?? ticketType,
            })),
          },
        });
      });
    },
  };
}

function orderFacts(order: LetterOrder, { title, startsAtMs, timeZone, venue }: EventSummary) {
  return {
    event: { title, startsAtMs, timeZone, venue },
    reference: order.reference,
    totalMinor: order.totalMinor,
    currency: Currency.parse(order.currency),
  };
}

/** Answers of one batch: the same question is asked once. */
function once<Question, Answer>(ask: (question: Question) => Promise<Answer>) {
  const asked = new Map<Question, Promise<Answer>>();
  return (question: Question): Promise<Answer> => {
    const answer = asked.get(question) ?? ask(question);
    asked.set(question, answer);
    return answer;
  };
}

/** What became of the money of an order whose event was cancelled. */
function moneyOf({ state, totalMinor }: LetterOrder): LetterFacts["event_cancelled"]["money"] {
  switch (state) {
    case "paid":
      return totalMinor === 0 ? "nothing_paid" : "kept";
    case "refunded":
      return "returned";
    case "awaiting_payment":
    case "committed":
    case "cancelled":
    case "failed":
      return "never_taken";
  }
}
