import { toldWords } from "@onsale/words/told-words";
import { LINE_CLOCK_NAME } from "@onsale/core/line/line";
import { formatFigure } from "@onsale/core/shared/format";
import type { ErrorDetails, InputFault } from "@onsale/core/shared/error-details";
import { formatMoney } from "@onsale/core/shared/money";
import type { Locale } from "@onsale/core/shared/locale";
import type { Problem } from "@onsale/core/shared/problem";
import { problemWords } from "@onsale/words/problem-words";
import { ruleWords } from "@onsale/words/rule-words";
import { seatRuleWords } from "@onsale/words/seat-rule-words";
import { DRAW_FAULTS_EN, REPORT_FAULTS_EN, TOTALS_RULES_EN } from "./en-faults.ts";
import type { ErrorSentences } from "./error-sentences.ts";
import { plural } from "../words.ts";

/** What `ticketctl` says in English when the domain refuses something. */
export const en: ErrorSentences = {
  "input.invalid": inputWords,
  "input.too_large": (details) =>
    "bytesMax" in details
      ? "That is more than this call takes at once."
      : "That lists more, or nests deeper, than any call has to.",
  "account.sign_in_required": () => "Sign in to go on.",
  "account.bad_credentials": () => "That address and password do not match.",
  "account.email_taken": ({ email, keepsRole }) => {
    if (email === undefined) return "There is an account with this address already.";
    return keepsRole === undefined
      ? `There is an account with the address ${email} already. Change its role instead.`
      : `The account of ${email} has the role ${keepsRole} and keeps it: give the operator another address, or make this account an operator yourself.`;
  },
  "account.weak_password": ({ why }) =>
    why === "personal"
      ? "That password is your own name or address. Take another."
      : "That password is one of the first that are tried. Take another.",
  "account.wrong_password": () => "That is not the present password.",
  "account.bad_reset": () => "That link was used, is too old or is not whole. Ask for a new one.",
  "account.not_allowed": ({ why }) =>
    why === "staff_not_blocked"
      ? "Only fans can be blocked; take away the role or the membership of staff instead."
      : "Your account may not do this.",
  "account.not_found": () => "There is no account with this address or id.",
  "account.blocked": () => "This account cannot buy here at the moment.",
  "account.unverified": () => "Confirm your mail address before you join this line.",
  "account.bad_code": ({ triesLeft }) =>
    triesLeft > 0 ? "That code does not fit." : "That code is not good any more. Ask for a new mail.",
  "origin.foreign": () => "This request did not come from this site.",
  "rate.limited": ({ what }) => LIMITED[what ?? "calls"],
  "event.not_found": ({ event, why }) => {
    if (why === "unpriced") return "This event has no layout or no prices yet, so nothing can be sold.";
    return event === undefined ? "There is no such event." : `There is no event "${event}".`;
  },
  "event.not_on_sale": (details) =>
    "opensAtMs" in details ? "The sale has not opened yet." : "This event is not on sale now.",
  "event.bad_transition": (details) =>
    "why" in details
      ? "The layout and the currency are fixed once an event is published."
      : `An event that is ${details.from.replace("_", " ")} cannot become ${details.to.replace("_", " ")}.`,
  "event.incomplete": ({ before, title, ...told }, locale) =>
    before === "prices"
      ? "Choose a seat layout before prices."
      : {
          sentence: `"${title}" cannot be published yet.`,
          points: toldWords(told, locale),
        },
  "event.slug_taken": () => "Another event has this address, or had it before.",
  "change.stale": staleWords,
  "layout.not_found": () => "There is no such layout.",
  "layout.in_use": ({ slugs }) => `This layout stays: events are made with it (${slugs.join(", ")}).`,
  "layout.invalid": ({ count, problems }, locale) =>
    `The layout has ${count === 1 ? "a fault" : `${count} faults; the first`}: ${firstProblem(problems, locale)}`,
  "import.invalid": (details, locale) =>
    "why" in details
      ? "The recording needs a header and a column of times, such as created_at."
      : `The file has ${plural(details.count, "fault")}; nothing was imported. The first: ${firstProblem(details.problems, locale)}`,
  "venue.not_found": () => "There is no such venue.",
  "organization.not_found": ({ why }) =>
    why === "none_yet"
      ? "There is no organization yet; `ticketctl org create` makes one."
      : "There is no such organization; `ticketctl org list` shows them.",
  "organization.slug_taken": ({ slug }) => `Another organization has the slug "${slug}".`,
  "member.not_found": () => "This account is no member of the organization.",
  "member.already": ({ email }) =>
    `${email} is a member already; \`ticketctl org member role\` changes the role.`,
  "member.last_owner": () => "An organization keeps at least one owner. Make somebody else an owner first.",
  "invitation.over": () => "That invitation was used, taken back or is too old.",
  "invitation.other_address": ({ email }) => `The invitation went to another address than ${email}.`,
  "invitation.too_many": ({ max }) =>
    `${max} invitations are open. Take some back, or wait until they are taken up.`,
  "invitation.too_soon": () =>
    "Enough invitations went out today, to this address or for this organization. None was sent; try again tomorrow.",
  "hold.not_found": () => "These seats are no longer held for you.",
  "hold.empty": () => "Choose at least one place.",
  "hold.seats_taken": () => "Someone else just took some of those seats.",
  "hold.area_full": () => "There are not that many places left there.",
  "hold.limit": ({ max, bought, held = 0 }) =>
    `You can have ${plural(max, "ticket")} for this event; you bought ${bought} and hold ${held}.`,
  "hold.seat_rule": ({ violations: [first] }, locale) =>
    first ? seatRuleWords(first, locale) : "These seats cannot be sold together.",
  "hold.expired": ({ why }) =>
    why === "ended"
      ? "That hold is over. Choose again."
      : "These seats are not held for you any more: their time is over, or they were given back. Nothing was charged.",
  "hold.not_extendable": () => "This hold cannot be extended again.",
  "hold.in_checkout": () => "These seats are being paid for.",
  "hold.ordered": ({ reference }) => `These seats are in your order ${reference}; look there how it stands.`,
  "hold.no_block": ({ quantity }) =>
    quantity === 1 ? "There is no place like that left." : `There are no ${quantity} places like that left.`,
  "hold.cycles": () => "You took and gave back seats very often. Wait a few minutes.",
  "hold.time": ({ maxMs, retryAfterMs }) =>
    `You have held seats for ${minutes(maxMs)} of the last hour without buying; others come first now. You can hold again in ${minutes(retryAfterMs)}.`,
  "inventory.rebuilding": () => "Seats are being counted again. Try once more in a few seconds.",
  "price.changed": () => "The price you saw is not the price of this hold. Look at it again before you pay.",
  "price.missing": priceWords,
  "checkout.busy": () =>
    "Very many people are paying right now. Your seats stay held; try again in a moment.",
  "checkout.pending": () =>
    "Your order is waiting to be written. Ask again in a moment; you will not be charged twice.",
  "checkout.key_reused": () => "This idempotency key was used for another request.",
  "checkout.seats_lost": () =>
    "Those seats were sold to someone else before your order arrived. Nothing was charged.",
  "order.not_found": ({ order }) =>
    order === undefined ? "There is no such order." : `There is no order "${order}".`,
  "payment.unavailable": () => "The provider did not say whether it gave the money back.",
  "line.not_found": ({ why }) =>
    why === "not_in_it" ? "You are not in this line." : "There is no such line.",
  "line.exists": () => "There is a line for this sale already.",
  "line.not_open": () => "Nobody can join this line at the moment.",
  "line.person_taken": () => "Somebody with your mail address stands in this line already.",
  "line.not_your_turn": ({ why }) =>
    why === "no_number" ? "The draw gives you a number first." : "It is not your turn yet.",
  "line.pass_required": ({ why }) =>
    why === "ended"
      ? "Your time for choosing seats is over."
      : "This sale has a line; its pass is what opens it.",
  "line.resting": () => "The line is catching its breath; your place is kept.",
  "line.no_more_time": () => "This cannot be extended again.",
  "line.bad_transition": (details) => {
    if ("why" in details)
      return "A public value is entered once, after the lobby closed, for a line that named one.";
    return details.isOver ? "It is over: nothing moves it any more." : LINE_STANDS[details.from];
  },
  "line.settings_fixed": ({ why }) =>
    why === "removal"
      ? "Its lobby was open: a line that fans stood in stays."
      : "These are fixed once the lobby was open.",
  "draw.not_published": ({ why }) =>
    why === "not_in_draw"
      ? "This entry did not take part in the draw."
      : "The draw of this line is not made yet.",
  "draw.refused": ({ why, at }, locale) =>
    `${DRAW_FAULTS_EN[why]}${at === undefined ? "" : ` Entry ${formatFigure(at, { locale })} of the file.`}`,
  "access.required": () => "This presale is for those with a code or an invitation.",
  "access.code_refused": () => "This code opens nothing for this event.",
  "access.allotment_gone": ({ left }) =>
    left > 0
      ? `This presale has only ${plural(left, "place")} left. Nothing was charged.`
      : "The places of this presale are gone. Nothing was charged.",
  "challenge.required": () => "A short check comes first; your browser does it by itself.",
  "challenge.failed": () => "The check did not work. Try again.",
  "risk.refused": () => "These requests look like those of a program.",
  "waitlist.closed": ({ why }) =>
    why === "over" ? "This event has no waitlist now." : "There are seats like that on sale right now.",
  "waitlist.not_found": () => "You are not on the waitlist of this event.",
  "waitlist.offer_over": () => "This offer is over.",
  "report.refused": (details, locale) =>
    [REPORT_FAULTS_EN[details.why], ...reportPlace(details, locale)].join(" "),
  "ticket.not_found": () => "There is no such ticket.",
  "ticket.bad_code": () => "There is no code to check.",
  "service.unavailable": ({ what }) => AWAY[what ?? "stores"],
  "database.role_not_made": ({ role, reason }) =>
    `The role "${role}" cannot be made or granted (${reason}): do it yourself, as docs/configuration.md says under "Two roles of the database", and migrate again.`,
  "database.role_too_powerful": ({ role, power }) =>
    `The role "${role}" ${power}, so it could switch off what guards the audit and keeps organizations apart. Give the application another role, or take this right from it, and migrate again.`,
  "database.not_owner": () =>
    "This role of the database may not change the schema: set MIGRATION_DATABASE_URL to the role that owns it, for this command alone.",
  "database.other_version": (details) =>
    `This database was made by another version of Onsale, which this one cannot bring up to date: ${otherVersion(details)}. Run the version that made it, or start with an empty database (the demo does with \`npm run demo -- --reset\`).`,
};

const LIMITED = {
  calls: "That was a little fast. Wait a moment and try again.",
  mail: "A mail was sent a moment ago. Look for it, or wait a little.",
  sign_in: "Very many people are signing in right now. Try again in a few seconds.",
  codes: "Too many codes were wrong. Wait a few minutes, then look at yours again.",
  streams: "Too many live maps are open here. Try again in a moment.",
};

const AWAY = {
  stores: "Onsale does not answer right now. Try again in a moment.",
  imports: "Other files are being read. Try again in a moment.",
  stopping: "This server is stopping. Try again in a moment.",
  challenge: "The check does not answer right now. Try again in a moment.",
  seats: "The seat store does not answer.",
};

const LINE_STANDS = {
  closed: "It is not open yet: its lobby can be opened, or the line removed.",
  lobby: "Its lobby is open: the draw can be made, or the line closed.",
  drawing: "Its draw is being made: it opens by itself, or can be closed.",
  open: "It is open: it can be paused, drained or closed.",
  paused: "It is paused: it can be opened again, drained or closed.",
  draining: "It is draining: it can be opened again, paused or closed.",
};

const firstProblem = ([first]: readonly Problem[], locale: Locale): string =>
  first ? `${first.path === "" ? "" : `${first.path}: `}${problemWords(first, locale)}` : "";

/** Where in the report, and what has to be there. */
function reportPlace(details: ErrorDetails["report.refused"], locale: Locale): string[] {
  switch (details.why) {
    case "not_a_report":
      return details.rule ? [`${details.at ?? "The report"}: ${ruleWords(details.rule, locale)}`] : [];
    case "key":
      return [`signature.publicKey: it is ${details.fingerprint}.`];
    case "totals":
      return [`${details.at}: ${TOTALS_RULES_EN[details.rule]}.`];
    case "draw":
      return [
        details.at === "line.draw"
          ? "line.draw: commitment and entriesRoot are those of the file."
          : `line.draw.entries: the file has ${formatFigure(details.entries, { locale })}.`,
      ];
    case "not_json":
    case "spelling":
    case "signature":
    case "no_draw":
      return [];
  }
}

function inputWords(fault: InputFault, locale: Locale): string {
  switch (fault.why) {
    case "characters":
      return "This text has characters that cannot be stored.";
    case "account":
      return `This account cannot be made. ${fault.faults.map(({ path, rule }) => `${path}: ${ruleWords(rule, locale)}`).join(" ")}`;
    case "layout_name":
      return `This is no name for a layout. ${fault.faults.map(({ rule }) => ruleWords(rule, locale)).join(" ")}`;
    case "reason":
      return `Give a reason of 1 to ${fault.max} characters.`;
    case "presale": {
      const known = fault.known.length === 0 ? "no presale window yet" : fault.known.join(", ");
      return `This event has no presale "${fault.windowKey}". It has ${known}.`;
    }
    case "window":
      return `This event has no sale window "${fault.windowKey}". It has ${fault.known.join(", ")}.`;
    case "items":
      return toldWords(fault, locale).join(" ") || "This cannot be sold.";
    case "times":
      return toldWords(fault, locale).join(" ");
    case "places_fixed":
      return "Ticket types may change here, places may not.";
    case "allotment_sold":
      return "A presale has sold more places than this allotment already.";
    case "wish":
      return `This event has no such ${fault.what.replace("_", " ")}.`;
    case "wish_price":
      return `Tickets like that cost ${formatMoney(fault.cheapestMinor, fault.currency, locale)} or more each, with fees and taxes.`;
    case "names_nothing":
      return "Say which organization, or what of it, this is about.";
    case "which_organization":
      return `Say whose it is with --org; there are ${fault.slugs.join(", ")}.`;
    case "fault_schedule":
      return `"${fault.text}" is no fault such as T+30:kill-worker; there are ${fault.known.join(", ")}.`;
  }
}

function priceWords(details: ErrorDetails["price.missing"], locale: Locale): string {
  if ("problems" in details) return toldWords(details, locale).join(" ") || "This cannot be sold.";
  return details.why === "gone"
    ? "The prices of this hold are gone."
    : `Prices are in ${details.prices}, the event is in ${details.event}.`;
}

const THINGS = {
  details: "The details of this event",
  prices: "The prices of this event",
  line: "The settings or the state of this line",
  organization: "The settings of this organization",
};

function staleWords(stale: ErrorDetails["change.stale"]): string {
  if (stale.thing === "venue") {
    const now = stale.address === "" ? "was taken away" : `is "${stale.address}" now`;
    return `The address of this venue ${now}. Nothing of yours was saved.`;
  }
  const said = stale.changes.map(({ by, atMs, fields }) => {
    const when = `${new Date(atMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
    return `${stale.thing === "line" && by === LINE_CLOCK_NAME ? "the clock" : by} at ${when}${fields.length > 0 ? ` (${fields.join(", ")})` : ""}`;
  });
  const who = said.length > 0 ? ` by ${said.join("; ")}` : "";
  return `${THINGS[stale.thing]} were changed meanwhile${who}. Nothing of yours was saved. Look at what stands there now and save again from it.`;
}

function otherVersion(details: ErrorDetails["database.other_version"]): string {
  switch (details.why) {
    case "no_record":
      return "it keeps no record of its functions";
    case "migration":
      return `migration ${details.applied} was applied here, but this build has ${details.here ?? "no such file"}`;
    case "changed":
      return `migration ${details.applied} was changed after it was applied; write a new one instead`;
  }
}

function minutes(ms: number): string {
  return plural(Math.max(1, Math.ceil(ms / 60_000)), "minute");
}
