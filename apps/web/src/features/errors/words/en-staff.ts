import type { ErrorCode, ErrorDetails, InputFault } from "@onsale/core/shared/error-details";
import type { Locale } from "@onsale/core/shared/locale";
import { formatMoney } from "@onsale/core/shared/money";
import type { ACCOUNT_WORDS_EN } from "./en-account.ts";
import { EVENT_PAGE } from "../ways.ts";
import type { SALE_WORDS_EN } from "./en-sale.ts";
import type { ErrorWords, SomeWords } from "./error-words.ts";

type StaffCode = Exclude<ErrorCode, keyof typeof ACCOUNT_WORDS_EN | keyof typeof SALE_WORDS_EN>;

const MOVED_ON = "Reload to see its state; someone may have changed it.";
const AT_START: ErrorWords = {
  title: "The database is not set up.",
  todo: "`ticketctl migrate` says what is wrong.",
};

/** For organizers and operators, and for what a fan's own page never causes. */
export const STAFF_WORDS_EN: SomeWords<StaffCode> = {
  "input.invalid": inputWords,
  "input.too_large": { title: "That is too much at once.", todo: "Send it in smaller parts." },
  "organization.not_found": {
    title: "There is no such organization.",
    todo: "Choose another one at the top of the portal.",
  },
  "organization.slug_taken": ({ slug }) => ({
    title: `Another organization has the address "${slug}".`,
    todo: "Choose another one.",
  }),
  "member.not_found": { title: "Nobody with this account is a member.", todo: "Load the page again." },
  "member.already": ({ email }) => ({
    title: `${email} is a member already.`,
    todo: "Change the role in the list instead.",
  }),
  "member.last_owner": {
    title: "An organization keeps at least one owner.",
    todo: "Make somebody else an owner first.",
  },
  "invitation.over": {
    title: "This invitation was used, taken back or is too old.",
    todo: "Ask whoever invited you for a new one.",
  },
  "invitation.other_address": ({ email }) => ({
    title: `This invitation went to another address than ${email}.`,
    todo: "Sign out at the top of the page, then use the account with the address of the mail.",
  }),
  "invitation.too_many": ({ max }) => ({
    title: `${max} invitations are open.`,
    todo: "Take some back, or wait until they are taken up.",
  }),
  "invitation.too_soon": {
    title: "Enough invitations went out today, to this address or for this organization.",
    todo: "None was sent. Try again tomorrow, or tell them another way that a mail is waiting.",
  },
  "event.slug_taken": {
    title: "Another event has this address, or had it before.",
    todo: "Choose another short name.",
  },
  "event.bad_transition": (details) =>
    "why" in details
      ? {
          title: "The layout and the currency are fixed once an event is published.",
          todo: "Leave both as they are.",
        }
      : {
          title: `An event that is ${stateWords(details.from)} cannot become ${stateWords(details.to)}.`,
          todo: MOVED_ON,
        },
  "event.incomplete": ({ before, title }) =>
    before === "prices"
      ? { title: "Choose a seat layout before prices.", todo: "Save it in the details first." }
      : {
          title: `"${title}" cannot be published yet.`,
          todo: "It needs a layout and a price for every price level on sale.",
        },
  "change.stale": (details) => ({
    title:
      details.thing === "venue"
        ? `The address of this venue ${details.address === "" ? "was taken away" : `is "${details.address}" now`}. Nothing of yours was saved.`
        : "Somebody else changed this meanwhile. Nothing of yours was saved.",
    todo: "Look at what stands there now, and save again from it.",
  }),
  "layout.in_use": ({ slugs }) => ({
    title: `This layout stays: events are made with it (${slugs.join(", ")}).`,
    todo: "It stays for as long as one of them is there.",
  }),
  "layout.not_found": { title: "There is no such layout.", todo: "Choose one from the list." },
  "layout.invalid": ({ count }) => ({
    title: `The layout has ${count === 1 ? "a fault" : `${count} faults`}.`,
    todo: "Mend what the list names, then import it again.",
  }),
  "import.invalid": {
    title: "The file could not be imported.",
    todo: "Nothing was saved. Mend it and try again.",
  },
  "venue.not_found": { title: "There is no such venue.", todo: "Choose one from the list, or create it." },
  "price.missing": priceWords,
  "line.not_found": ({ why }) => ({
    title: why === "not_in_it" ? "You are not in this line." : "There is no line for this event.",
    todo: "Open the event's page again.",
    way: EVENT_PAGE,
  }),
  "line.exists": { title: "There is a line for this sale already.", todo: "Change that one instead." },
  "line.bad_transition": (details) => {
    if ("why" in details)
      return {
        title: "A public value is entered once, after the lobby closed, for a line that named one.",
        todo: MOVED_ON,
      };
    const title = details.isOver ? "It is over: nothing moves it any more." : LINE_STANDS[details.from];
    return { title, todo: MOVED_ON };
  },
  "line.settings_fixed": ({ why }) => ({
    title:
      why === "removal"
        ? "Its lobby was open: a line that fans stood in stays."
        : "These are fixed once the lobby was open.",
    todo: "Fans have joined under it. Use the levers instead.",
  }),
  "draw.refused": {
    title: "This draw does not follow the rule.",
    todo: "Check that the file is complete and unchanged.",
  },
  "report.refused": {
    title: "This report is not the one that was signed.",
    todo: "Ask for the original file.",
  },
  "database.role_not_made": AT_START,
  "database.role_too_powerful": AT_START,
  "database.not_owner": AT_START,
  "database.other_version": AT_START,
};

const LINE_STANDS = {
  closed: "It is not open yet: its lobby can be opened, or the line removed.",
  lobby: "Its lobby is open: the draw can be made, or the line closed.",
  drawing: "Its draw is being made: it opens by itself, or can be closed.",
  open: "It is open: it can be paused, drained or closed.",
  paused: "It is paused: it can be opened again, drained or closed.",
  draining: "It is draining: it can be opened again, paused or closed.",
};

const stateWords = (state: string): string => state.replace("_", " ");

function inputWords(fault: InputFault, locale: Locale): ErrorWords {
  const todo = "Check the fields and send it again.";
  switch (fault.why) {
    case "characters":
      return { title: "This text has characters that cannot be stored.", todo };
    case "account":
      return { title: "This account cannot be made.", todo };
    case "layout_name":
      return { title: "This is no name for a layout.", todo };
    case "reason":
      return { title: `Give a reason of 1 to ${fault.max} characters.`, todo };
    case "presale": {
      const known = fault.known.length === 0 ? "no presale window yet" : fault.known.join(", ");
      return { title: `This event has no presale "${fault.windowKey}". It has ${known}.`, todo };
    }
    case "window":
      return {
        title: `This event has no sale window "${fault.windowKey}". It has ${fault.known.join(", ")}.`,
        todo,
      };
    case "items":
    case "times":
      return { title: "Something in that form does not fit.", todo };
    case "places_fixed":
      return { title: "Ticket types may change here, places may not.", todo };
    case "allotment_sold":
      return { title: "A presale has sold more places than this allotment already.", todo };
    case "wish":
      return { title: `This event has no such ${fault.what.replace("_", " ")}.`, todo };
    case "wish_price":
      return {
        title: `Tickets like that cost ${formatMoney(fault.cheapestMinor, fault.currency, locale)} or more each, with fees and taxes.`,
        todo,
      };
    case "names_nothing":
    case "which_organization":
      return {
        title: "It is not said whose this is.",
        todo: "Choose an organization at the top of the portal.",
      };
    case "fault_schedule":
      return { title: "Something in that form does not fit.", todo };
  }
}

function priceWords(details: ErrorDetails["price.missing"]): ErrorWords {
  const todo = "Choose another ticket type.";
  if ("problems" in details) return { title: "There is no price for that.", todo };
  return details.why === "gone"
    ? { title: "There is no price for that.", todo }
    : {
        title: `Prices are in ${details.prices}, the event is in ${details.event}.`,
        todo: "Save them in the event's currency.",
      };
}
