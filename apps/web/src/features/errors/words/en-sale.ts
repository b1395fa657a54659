import type { ErrorCode, ErrorDetails } from "@onsale/core/shared/error-details";
import { CHOOSE_AGAIN, EVENT_PAGE, MY_ORDERS, PROGRAMME, SIGN_IN } from "../ways.ts";
import type { ErrorWords, SomeWords } from "./error-words.ts";

const NOT_CHARGED = "Nothing was charged.";

type SaleArea = "hold" | "inventory" | "checkout" | "order" | "payment" | "access" | "waitlist" | "ticket";
type SaleCode =
  | Extract<ErrorCode, `${SaleArea}.${string}`>
  | "price.changed"
  | "event.not_found"
  | "event.not_on_sale"
  | "line.not_open"
  | "line.person_taken"
  | "line.not_your_turn"
  | "line.pass_required"
  | "line.resting"
  | "line.no_more_time"
  | "draw.not_published";

/** For fans, on their way from the event's page to their tickets. */
export const SALE_WORDS_EN: SomeWords<SaleCode> = {
  "event.not_found": ({ why }) =>
    why === "unpriced"
      ? {
          title: "This event has no layout or no prices yet, so nothing can be sold.",
          todo: "Choose a layout and save prices first.",
        }
      : { title: "There is no such event.", todo: "Look for it in the programme.", way: PROGRAMME },
  "event.not_on_sale": (details) => ({
    title: notOnSale(details),
    todo: isOver(details)
      ? "No more tickets are sold for it. Yours, if you have any, are listed under My tickets."
      : "The event page says when seats can be bought.",
    way: isOver(details) ? MY_ORDERS : EVENT_PAGE,
  }),
  "hold.not_found": {
    title: "These seats are no longer held for you.",
    todo: `${NOT_CHARGED} Choose seats again; they may still be free.`,
    way: CHOOSE_AGAIN,
  },
  "hold.empty": { title: "No seat is chosen.", todo: "Choose at least one place." },
  "hold.seats_taken": {
    title: "Someone else was faster.",
    todo: "Choose other seats; the rest of your selection is kept.",
  },
  "hold.area_full": {
    title: "There are not that many places left there.",
    todo: "Take fewer, or another area.",
  },
  "hold.limit": ({ max }) => ({
    title: `You can have ${max === 1 ? "1 ticket" : `${max} tickets`} for this event.`,
    todo: "Seats that you hold or have bought count too.",
    way: MY_ORDERS,
  }),
  "hold.seat_rule": { title: "These seats cannot be sold together.", todo: "Choose as the note says." },
  "hold.expired": {
    title: "These seats are not held for you any more.",
    todo: `${NOT_CHARGED} Choose seats again; they may still be free.`,
    way: CHOOSE_AGAIN,
  },
  "hold.not_extendable": {
    title: "More time is not possible for these seats.",
    todo: "Finish, or let them go.",
  },
  "hold.in_checkout": {
    title: "These seats are being paid for.",
    todo: "Look at your order to see how it stands.",
    way: MY_ORDERS,
  },
  "hold.time": holdTime,
  "hold.ordered": ({ orderId }) => ({
    title: "These seats are in your order already.",
    todo: "Look at the order to see how it stands. Do not pay for them again.",
    way: { label: "See the order", path: `/orders/${orderId}` },
  }),
  "hold.no_block": {
    title: "There are not that many seats together.",
    todo: "Take fewer, or allow other price levels and sections.",
  },
  "hold.cycles": {
    title: "You took and gave back seats very often.",
    todo: `Wait a few minutes, then choose once more. ${NOT_CHARGED}`,
  },
  "inventory.rebuilding": {
    title: "Seats are being counted again.",
    todo: "This takes a few seconds. Try again then.",
  },
  "price.changed": {
    title: "The price is not the one you saw.",
    todo: `${NOT_CHARGED} Look at the new price and decide again.`,
  },
  "checkout.busy": {
    title: "Very many people are paying right now.",
    todo: `${NOT_CHARGED} Your seats stay held; try again in a moment.`,
  },
  "checkout.pending": {
    title: "Your order is waiting its turn.",
    todo: `${NOT_CHARGED} Do not pay again. This page goes on by itself.`,
  },
  "checkout.key_reused": {
    title: "This order was sent before.",
    todo: "Reload the page to see how it stands.",
    way: MY_ORDERS,
  },
  "checkout.seats_lost": {
    title: "These seats went to someone else before they were paid.",
    todo: `${NOT_CHARGED} Choose other seats.`,
    way: CHOOSE_AGAIN,
  },
  "order.not_found": {
    title: "There is no such order.",
    todo: "Your orders are listed under My tickets.",
    way: MY_ORDERS,
  },
  "payment.unavailable": {
    title: "The bank does not answer.",
    todo: "You are not charged twice. This page asks again by itself.",
  },
  "line.not_open": {
    title: "Nobody can join the line at the moment.",
    todo: "The event page says when it opens.",
    way: EVENT_PAGE,
  },
  "line.person_taken": {
    title: "Somebody with your mail address stands in this line already.",
    todo: "Sign in with that account; its place is kept.",
    way: SIGN_IN,
  },
  "line.not_your_turn": {
    title: "It is not your turn yet.",
    todo: "Your place is kept. This page tells you when it is.",
  },
  "line.pass_required": ({ why }) => ({
    title: why === "missing" ? "There is a line for this sale." : "Your time for choosing seats is over.",
    todo: `Go to the line; it says where you stand. ${NOT_CHARGED}`,
    way: { label: "Go to the line", path: "/events/:slug/line" },
  }),
  "line.resting": {
    title: "The line is catching its breath.",
    todo: "Your place is kept. Try again in a few seconds.",
  },
  "line.no_more_time": {
    title: "This cannot be extended again.",
    todo: "If you run out of time you can join the line again.",
  },
  "draw.not_published": ({ why }) =>
    why === "not_in_draw"
      ? {
          title: "This entry did not take part in the draw.",
          todo: "Check each digit. Who joined after the draw stands behind it.",
        }
      : { title: "The draw is not made yet.", todo: "It is published when the sale opens." },
  "access.required": ({ opensAtMs }) => ({
    title: "This presale needs a code.",
    todo:
      opensAtMs === null
        ? "Enter yours on the event's page."
        : "Enter yours on the event's page, or wait for the public sale.",
    way: EVENT_PAGE,
  }),
  "access.code_refused": {
    title: "This code opens nothing here.",
    todo: "Check each letter. A code works for its own sale alone, and most of them once.",
  },
  "access.allotment_gone": ({ left }) =>
    left > 0
      ? {
          title: `This presale has only ${left === 1 ? "1 place" : `${left} places`} left.`,
          todo: `${NOT_CHARGED} Take fewer seats.`,
        }
      : {
          title: "The places of this presale are gone.",
          todo: `${NOT_CHARGED} The event's page says when seats are sold next.`,
          way: EVENT_PAGE,
        },
  "waitlist.closed": ({ why }) =>
    why === "on_sale"
      ? {
          title: "Seats like these are on sale.",
          todo: "Take them on the event's page, or wait for others: another price level, other sections, a lower price.",
          way: EVENT_PAGE,
        }
      : {
          title: "There is no waitlist for this event at the moment.",
          todo: "The event page says whether seats are on sale.",
          way: EVENT_PAGE,
        },
  "waitlist.not_found": {
    title: "You are not on this waitlist.",
    todo: "Join it on the event's page.",
    way: EVENT_PAGE,
  },
  "waitlist.offer_over": {
    title: "This offer is over.",
    todo: `${NOT_CHARGED} The seats went to the next fan; you can join the waitlist again.`,
    way: { label: "The waitlist", path: "/events/:slug/waitlist" },
  },
  "ticket.not_found": {
    title: "There is no such ticket.",
    todo: "Your tickets are listed under My tickets.",
    way: MY_ORDERS,
  },
  "ticket.bad_code": {
    title: "This is not one of our codes.",
    todo: "Ask for a ticket from the account itself.",
  },
};

const isOver = (details: ErrorDetails["event.not_on_sale"]): boolean =>
  "why" in details && (details.why === "cancelled" || details.why === "over");

function notOnSale(details: ErrorDetails["event.not_on_sale"]): string {
  if ("opensAtMs" in details) return "The sale has not opened yet.";
  switch (details.why) {
    case "paused":
      return "The sale is paused for the moment.";
    case "cancelled":
      return "This event was cancelled.";
    case "over":
      return "The sale of this event is over.";
    case "not_published":
    case "presale_only":
    case "sold_out":
      return "This event is not on sale.";
  }
}

function holdTime({ retryAfterMs, unconfirmed }: ErrorDetails["hold.time"]): ErrorWords {
  const minutes = Math.max(1, Math.ceil(retryAfterMs / 60_000));
  const again = `Others come first now. You can hold seats again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`;
  const longer = unconfirmed ? " With a confirmed mail address you may hold for longer." : "";
  return {
    title: "You have held seats for as long as one fan may without buying.",
    todo: `${again}${longer} ${NOT_CHARGED}`,
    ...(unconfirmed ? { way: { label: "Confirm my address", path: "/verify-email" } } : {}),
  };
}
