import { formatInFull } from "../shared/format.ts";
import { addressLine } from "../venue/address-line.ts";
import type { EventSummary } from "../event/event-store.ts";
import type { Order } from "../order/order.ts";
import { formatMoney } from "../shared/money.ts";
import { Currency } from "../shared/money-schema.ts";
import { mailWords } from "../mail/mail-words.ts";
import type { Mail } from "../mail/mailer.ts";

/** The words a fan keeps: what, when, where, which places, what it cost, where the tickets are. */
export function orderPaidMail(input: {
  order: Order;
  event: EventSummary;
  ordersUrl: string;
  typeLabels: ReadonlyMap<string, string>;
}): Mail {
  const { order, event } = input;
  const when = formatInFull(event.startsAtMs, { timeZone: event.timeZone });
  const places = order.items.map(({ place, ticketType }) => {
    const where = [place.section, place.row && `row ${place.row}`, place.seat && `seat ${place.seat}`]
      .filter(Boolean)
      .join(", ");
    return mailWords(`${where} (${input.typeLabels.get(ticketType) ?? ticketType})`);
  });
  const where = [event.venue.name, addressLine({ ...event.venue, country: "" })].filter(Boolean).join(", ");
  return {
    to: order.email,
    subject: `Your tickets: ${mailWords(event.title)}`,
    messageId: `order-paid-${order.id}`,
    text: [
      mailWords(event.title),
      `${when}, ${mailWords(where)}`,
      "",
      `Order ${order.reference}`,
      ...places.map((place) => `  ${place}`),
      "",
      `Paid: ${formatMoney(order.totalMinor, Currency.parse(order.currency))}`,
      "",
      `Your tickets: ${input.ordersUrl}/${order.id}`,
      "Each ticket has its own code. Show it at the door, on a phone or on paper.",
      "",
    ].join("\n"),
  };
}
