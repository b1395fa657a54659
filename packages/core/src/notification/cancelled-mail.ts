import { formatInFull } from "../shared/format.ts";
import type { EventSummary } from "../event/event-store.ts";
import type { Order } from "../order/order.ts";
import { formatMoney } from "../shared/money.ts";
import type { Mail } from "../mail/mailer.ts";
import { mailWords } from "../mail/mail-words.ts";

/**
 * For whoever has tickets of a cancelled event, or was about to pay for them. Nothing goes back by itself, so nothing of
 * that kind is promised.
 */
export function eventCancelledMail(input: { order: Order; event: EventSummary; ordersUrl: string }): Mail {
  const { order, event } = input;
  const when = formatInFull(event.startsAtMs, { timeZone: event.timeZone });
  return {
    to: order.email,
    subject: `Cancelled: ${mailWords(event.title)}`,
    messageId: `event-cancelled-${order.id}`,
    text: [
      "This event was cancelled:",
      "",
      mailWords(event.title),
      `${when}, ${mailWords(`${event.venue.name}, ${event.venue.city}`)}`,
      ...(event.cancelledBecause === undefined ? [] : ["", `Why: ${mailWords(event.cancelledBecause)}`]),
      "",
      `Your order: ${order.reference}`,
      ...moneyWords(order),
      "",
      `${input.ordersUrl}/${order.id}`,
      "",
    ].join("\n"),
  };
}

function moneyWords({ state, totalMinor, currency }: Order): string[] {
  const amount = formatMoney(totalMinor, currency);
  switch (state) {
    case "paid":
      return [
        "Your tickets are not valid any more.",
        totalMinor === 0
          ? "You paid nothing for them."
          : `You paid ${amount}. It has not been returned yet: ask the organizer for it, with the number of your order.`,
      ];
    case "refunded":
      return ["Your tickets are not valid any more.", `The ${amount} that you paid went back to you.`];
    case "awaiting_payment":
    case "committed":
    case "cancelled":
    case "failed":
      return ["It was not paid, and nothing was charged. What a bank had reserved for it was let go."];
  }
}
