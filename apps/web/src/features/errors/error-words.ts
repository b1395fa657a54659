import type { ErrorCode } from "@onsale/core/shared/errors";
import { type AppFailure, OFFLINE } from "./app-failure.ts";

/** What happened, and what to do now. Whether money moved is said wherever it could be a question. */
export type ErrorWords = {
  readonly title: string;
  readonly todo: string;
  /** Where that is done. */
  readonly way?: { readonly label: string; readonly path: string };
};

const NOT_CHARGED = "Nothing was charged.";

type Say = ErrorWords | ((details: Readonly<Record<string, unknown>>) => ErrorWords);

/** Total over the codes: a new code does not compile until it has words for a fan. */
const WORDS: Record<ErrorCode, Say> = {
  "input.invalid": {
    title: "Something in that form does not fit.",
    todo: "Check the fields and send it again.",
  },
  "input.too_large": { title: "That is too much at once.", todo: "Send it in smaller parts." },
  "account.sign_in_required": { title: "You are not signed in.", todo: "Sign in; your choice is kept." },
  "account.bad_credentials": {
    title: "That address and password do not match.",
    todo: "Check both, or create an account.",
  },
  "account.email_taken": {
    title: "There is an account with this address already.",
    todo: "Sign in with it instead.",
  },
  "account.weak_password": (details) => ({
    title:
      details["why"] === "personal"
        ? "That password is your own name or address."
        : "That password is one of the first that strangers try.",
    todo: "Take another: three or four words that do not belong together are easy to keep.",
  }),
  "account.wrong_password": {
    title: "Your present password is another one.",
    todo: "Check it. If you do not remember it, sign out and have a mail sent to set a new one.",
  },
  "account.bad_reset": {
    title: "That link is not good any more.",
    todo: "It works once and for an hour. Ask for a new one.",
  },
  "account.not_allowed": {
    title: "Your account may not do this.",
    todo: "Sign in with an account of the organizer's team.",
  },
  "account.not_found": { title: "There is no such account.", todo: "Check the address or the id." },
  "origin.foreign": {
    title: "This request did not come from this page.",
    todo: "Open the shop at its own address and try again there.",
  },
  "rate.limited": {
    title: "That was a little fast.",
    todo: "Wait a moment, then try again. Nothing is lost by it.",
  },
  "event.not_found": { title: "There is no such event.", todo: "Look for it in the programme." },
  "event.slug_taken": {
    title: "Another event has this address, or had it before.",
    todo: "Choose another short name.",
  },
  "change.stale": {
    title: "Somebody else changed this meanwhile. Nothing of yours was saved.",
    todo: "Look at what stands there now, and save again from it.",
  },
  "event.not_on_sale": (details) => ({
    title:
      typeof details["opensAtMs"] === "number"
        ? "The sale has not opened yet."
        : details["why"] === "paused"
          ? "The sale is paused for the moment."
          : details["why"] === "cancelled"
            ? "This event was cancelled."
            : details["why"] === "over"
              ? "The sale of this event is over."
              : "This event is not on sale.",
    todo: "The event page says when seats can be bought.",
  }),
  "event.bad_transition": {
    title: "The event cannot go there from its present state.",
    todo: "Reload to see its state; someone may have changed it.",
  },
  "event.incomplete": {
    title: "Something is missing before this event can be published.",
    todo: "It needs a layout and a price for every category on sale.",
  },
  "layout.in_use": {
    title: "Events are made with this layout.",
    todo: "It stays for as long as one of them is there.",
  },
  "layout.not_found": { title: "There is no such layout.", todo: "Choose one from the list." },
  "layout.invalid": {
    title: "The layout has faults.",
    todo: "Mend what the list below names, then import it again.",
  },
  "import.invalid": {
    title: "The file could not be imported.",
    todo: "Nothing was saved. Mend it and try again.",
  },
  "venue.not_found": { title: "There is no such venue.", todo: "Choose one from the list, or create it." },
  "hold.not_found": {
    title: "These seats are no longer held for you.",
    todo: `${NOT_CHARGED} Choose seats again; they may still be free.`,
  },
  "hold.empty": { title: "No seat is chosen.", todo: "Choose at least one place." },
  "hold.seats_taken": {
    title: "Someone else was faster.",
    todo: "Choose other seats; the rest of your choice is kept.",
  },
  "hold.area_full": {
    title: "There are not that many places left there.",
    todo: "Take fewer, or another area.",
  },
  "hold.limit": (details) => ({
    title:
      typeof details["max"] === "number"
        ? `You can have ${details["max"] === 1 ? "1 ticket" : `${details["max"]} tickets`} for this event.`
        : "That is more than one fan may have.",
    todo: "Seats that you hold or have bought count too.",
  }),
  "hold.seat_rule": { title: "These seats cannot be sold together.", todo: "Choose as the note says." },
  "hold.expired": {
    title: "These seats are not held for you any more.",
    todo: `${NOT_CHARGED} Choose seats again; they may still be free.`,
  },
  "hold.not_extendable": {
    title: "More time is not possible for these seats.",
    todo: "Finish, or let them go.",
  },
  "hold.in_checkout": {
    title: "These seats are being paid for.",
    todo: "Look at your order to see how it stands.",
  },
  "hold.time": (details) => ({
    title: "You have held seats for as long as one fan may without buying.",
    todo: `${againIn(details["retryAfterMs"])}${details["unconfirmed"] === true ? " With a confirmed mail address you may hold for longer." : ""} ${NOT_CHARGED}`,
    ...(details["unconfirmed"] === true
      ? { way: { label: "Confirm my address", path: "/verify-email" } }
      : {}),
  }),
  "hold.ordered": {
    title: "These seats are in your order already.",
    todo: "Look at the order to see how it stands. Do not pay for them again.",
  },
  "hold.no_block": {
    title: "There are not that many seats together.",
    todo: "Take fewer, or allow other price levels and sections.",
  },
  "inventory.rebuilding": {
    title: "Seats are being counted again.",
    todo: "This takes a few seconds. Try again then.",
  },
  "price.changed": {
    title: "The price is not the one you saw.",
    todo: `${NOT_CHARGED} Look at the new price and decide again.`,
  },
  "price.missing": { title: "There is no price for that.", todo: "Choose another ticket type." },
  "checkout.busy": {
    title: "Very many people are paying right now.",
    todo: `${NOT_CHARGED} Your seats stay held; try again in a moment.`,
  },
  "checkout.pending": {
    title: "Your order is waiting its turn.",
    todo: "Do not pay again. This page goes on by itself.",
  },
  "checkout.key_reused": {
    title: "This order was sent before.",
    todo: "Reload the page to see how it stands.",
  },
  "checkout.seats_lost": {
    title: "These seats went to someone else before they were paid.",
    todo: `${NOT_CHARGED} Choose other seats.`,
  },
  "order.not_found": { title: "There is no such order.", todo: "Your orders are listed under My tickets." },
  "payment.unavailable": {
    title: "The bank does not answer.",
    todo: "You are not charged twice. This page asks again by itself.",
  },
  "hold.cycles": {
    title: "You took and gave back seats very often.",
    todo: `Wait a few minutes, then choose once more. ${NOT_CHARGED}`,
  },
  "line.not_found": { title: "There is no line for this event.", todo: "Open the event's page again." },
  "line.exists": { title: "There is a line for this sale already.", todo: "Change that one instead." },
  "line.not_open": {
    title: "Nobody can join the line at the moment.",
    todo: "The event page says when it opens.",
  },
  "line.person_taken": {
    title: "Somebody with your mail address stands in this line already.",
    todo: "Sign in with that account; its place is kept.",
  },
  "line.not_your_turn": {
    title: "It is not your turn yet.",
    todo: "Your place is kept. This page tells you when it is.",
  },
  "line.pass_required": (details) => ({
    title:
      details["why"] === "missing"
        ? "There is a line for this sale."
        : "Your time for choosing seats is over.",
    todo: `Go to the line; it says where you stand. ${NOT_CHARGED}`,
  }),
  "line.resting": {
    title: "The line is catching its breath.",
    todo: "Your place is kept. Try again in a few seconds.",
  },
  "line.no_more_time": {
    title: "This cannot be extended again.",
    todo: "If you run out of time you can join the line again.",
  },
  "line.bad_transition": {
    title: "The line cannot go there from its present state.",
    todo: "Reload to see its state; someone may have changed it.",
  },
  "line.settings_fixed": {
    title: "This is fixed once the lobby is open.",
    todo: "Fans have joined under it. Use the levers instead.",
  },
  "draw.not_published": { title: "The draw is not made yet.", todo: "It is published when the sale opens." },
  "draw.refused": {
    title: "This draw does not follow the rule.",
    todo: "Check that the file is complete and unchanged.",
  },
  "access.required": {
    title: "This presale needs a code.",
    todo: "Enter yours on the event's page, or wait for the public sale.",
  },
  "access.code_refused": {
    title: "This code opens nothing here.",
    todo: "Check each letter. A code works for its own sale alone, and most of them once.",
  },
  "access.allotment_gone": (details) => {
    const left = typeof details["left"] === "number" ? details["left"] : 0;
    return left > 0
      ? {
          title: `This presale has only ${left === 1 ? "1 place" : `${left} places`} left.`,
          todo: `${NOT_CHARGED} Take fewer seats.`,
        }
      : {
          title: "The places of this presale are gone.",
          todo: `${NOT_CHARGED} The event's page says when seats are sold next.`,
        };
  },
  "challenge.required": {
    title: "A short check comes first.",
    todo: "Your browser does it by itself; it takes a few seconds.",
  },
  "challenge.failed": { title: "The check did not work.", todo: "Reload the page and try again." },
  "risk.refused": {
    title: "Too much here looks like a machine at the moment.",
    todo: "Wait an hour and try again, or write to the organizer. Nothing was charged.",
  },
  "account.blocked": {
    title: "This account cannot buy here at the moment.",
    todo: "Write to the organizer if you think that is wrong.",
  },
  "account.unverified": {
    title: "Your mail address is not confirmed yet.",
    todo: "Ask for a code at /verify-email and enter the six digits that we send you.",
  },
  "account.bad_code": {
    title: "That code does not fit.",
    todo: "Check the digits, or ask for a new mail.",
  },
  "waitlist.closed": (details) =>
    details["why"] === "on_sale"
      ? {
          title: "Seats like these are on sale.",
          todo: "Take them on the event's page, or wait for others: another price level, other sections, a lower price.",
        }
      : {
          title: "There is no waitlist for this event at the moment.",
          todo: "The event page says whether seats are on sale.",
        },
  "waitlist.not_found": { title: "You are not on this waitlist.", todo: "Join it on the event's page." },
  "waitlist.offer_over": {
    title: "This offer is over.",
    todo: `${NOT_CHARGED} The seats went to the next fan; you can join the waitlist again.`,
  },
  "report.refused": {
    title: "This report is not the one that was signed.",
    todo: "Ask for the original file.",
  },
  "ticket.not_found": {
    title: "There is no such ticket.",
    todo: "Your tickets are listed under My tickets.",
  },
  "ticket.bad_code": {
    title: "This is not one of our codes.",
    todo: "Ask for a ticket from the account itself.",
  },
  "service.unavailable": {
    title: "Onsale cannot answer right now.",
    todo: "Wait a moment, then try again. A payment is never taken twice.",
  },
};

function againIn(retryAfterMs: unknown): string {
  if (typeof retryAfterMs !== "number") return "Others come first now; try again later.";
  const minutes = Math.max(1, Math.ceil(retryAfterMs / 60_000));
  return `Others come first now. You can hold seats again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`;
}

const UNREACHABLE: ErrorWords = {
  title: "The connection broke.",
  todo: "Check your connection and try again. A payment is never taken twice.",
};
const UNKNOWN: ErrorWords = {
  title: "Something went wrong on our side.",
  todo: "Try again. If you were paying, look under My tickets first.",
};

const NO_NETWORK: ErrorWords = {
  title: "You are offline. Nothing was sent.",
  todo: `${NOT_CHARGED} Press again when you have a connection; nothing happens by itself.`,
};

export function wordsFor({ code, details, category }: AppFailure): ErrorWords {
  const say = code === null ? undefined : WORDS[code];
  if (category === OFFLINE) return NO_NETWORK;
  if (say === undefined) return category === null ? UNREACHABLE : UNKNOWN;
  return typeof say === "function" ? say(details) : say;
}
