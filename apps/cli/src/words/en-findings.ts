import type { Finding } from "@onsale/core/reconcile/findings";
import { AUDIT_WRONGS_EN } from "./en-audit.ts";
import type { FindingSentences } from "./finding-sentences.ts";
import { plural } from "../words.ts";

/** A fact as it stands in the row. */
const fact = (facts: Finding, name: string): string => {
  const value = facts[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "unknown";
};

/** A counter; none that is not there yet counts nothing. */
const count = (facts: Finding, name: string): string => (facts[name] === null ? "0" : fact(facts, name));

const order = ({ reference }: Finding): string => (reference ? `Order ${reference}` : "An order");
const ofOrder = ({ reference }: Finding): string => (reference ? `order ${reference}` : "an order");

/** "A, B" where several orders are meant: a command for each. */
const show = ({ reference }: Finding): string =>
  reference
    ? reference
        .split(", ")
        .map((one) => `\`ticketctl order show ${one}\``)
        .join(" and ")
    : "`ticketctl reconcile --json`, which has the ids,";

const trail = ({ event }: Finding): string => `\`ticketctl audit list ${event ?? "EVENT"}\``;

const lastError = (facts: Finding): string =>
  typeof facts["last_error"] === "string" ? ` Last error: ${facts["last_error"]}` : "";

const aboutOrder = ({ reference }: Finding): string => (reference ? `, of order ${reference}` : "");

const job = (facts: Finding): string => `Job ${fact(facts, "id")} (${fact(facts, "kind")})`;

const OURS = "This is a fault of ours: please report it with what --json says.";
const countAnew = ({ event }: Finding): string =>
  `\`ticketctl reconcile --event ${event ?? "EVENT"} --fix\` counts anew from the orders. When it comes back, it is a fault of ours: please report it.`;
const A_WORKER = "`ticketctl doctor` says whether a worker runs";

const look = (facts: Finding): string => `Look at ${show(facts)} and ${trail(facts)}. ${OURS}`;
const lookAtLine = (facts: Finding): string =>
  `Look at \`ticketctl line show ${facts.event ?? "EVENT"}\` and ${trail(facts)}. ${OURS}`;
const lookAtWaitlist = (facts: Finding): string =>
  `Look at \`ticketctl waitlist show ${facts.event ?? "EVENT"}\` and ${trail(facts)}. ${OURS}`;

const number = (facts: Finding) => `Number ${fact(facts, "number")} of the line`;

export const FINDINGS_EN: FindingSentences = {
  I1: {
    sold_twice: (facts) => ({
      what: `Seat ${fact(facts, "seat_no")} has ${fact(facts, "tickets")} valid tickets, of ${facts.reference ?? "no order"}: two fans will come for it.`,
      todo: look(facts),
    }),
  },
  I2: {
    no_such_area: (facts) => ({
      what: `Orders have places in standing area ${fact(facts, "area_no")}, which the event does not have.`,
      todo: look(facts),
    }),
    beyond_capacity: (facts) => ({
      what: `Orders have ${count(facts, "sold_by_orders")} places of standing area ${fact(facts, "area_no")} and ${count(facts, "claimed_by_orders")} in checkout; it holds ${fact(facts, "capacity")}.`,
      todo: `Stop its sale (\`ticketctl event pause ${facts.event ?? "EVENT"}\`), then look at ${trail(facts)}. ${OURS}`,
    }),
    miscounted: (facts) => ({
      what: `Standing area ${fact(facts, "area_no")} counts ${fact(facts, "sold")} places sold and ${fact(facts, "claimed")} in checkout; its orders have ${count(facts, "sold_by_orders")} and ${count(facts, "claimed_by_orders")}.`,
      todo: countAnew(facts),
    }),
  },
  I3: {
    tickets_differ: (facts) => ({
      what: `${order(facts)} is paid for ${fact(facts, "item_count")} and has ${plural(Number(facts["tickets"]), "ticket")}.`,
      todo: look(facts),
    }),
  },
  I4: {
    money_without_tickets: (facts) => ({
      what: `${order(facts)} is charged, and has no tickets after a minute.`,
      todo: `Its event's worker issues them: ${A_WORKER}. If it does, look at ${show(facts)}.`,
    }),
  },
  I5: {
    unbalanced: (facts) => ({
      what: `An entry of the ledger of ${ofOrder(facts)} does not sum to zero: ${fact(facts, "off")} too much, in the smallest unit.`,
      todo: look(facts),
    }),
    booked_otherwise: (facts) => ({
      what: `${order(facts)} is booked with ${fact(facts, "off")} less than it cost, in the smallest unit.`,
      todo: look(facts),
    }),
    captured_otherwise: (facts) => ({
      what: `${order(facts)} was charged ${fact(facts, "off")} more than it cost, in the smallest unit.`,
      todo: `Compare ${show(facts)} with the payment provider's books. ${OURS}`,
    }),
  },
  I6: {
    books_differ: (facts) => ({
      what: `The payment ${fact(facts, "provider_ref")} of ${ofOrder(facts)} is ${fact(facts, "ours")} here and ${fact(facts, "theirs")} in the provider's books.`,
      todo: `Look at ${show(facts)}; the provider is right about money. A worker asks it again: ${A_WORKER}.`,
    }),
    kept_by_provider: (facts) => ({
      what: `${order(facts)} is ${fact(facts, "ours")}, and the provider still keeps the fan's money back for it (${fact(facts, "provider_ref")}).`,
      todo: `A worker lets it go: ${A_WORKER}, and \`ticketctl jobs list\` what it failed with. Otherwise void it at the provider.`,
    }),
  },
  I7: {
    past_its_time: (facts) => ({
      what: `Seat ${fact(facts, "seat_no")} is kept for ${ofOrder(facts)}, whose time to pay is over: it is lost for sale.`,
      todo: `A worker ends the order: ${A_WORKER}. If it does, look at ${show(facts)}.`,
    }),
  },
  I9: {
    no_such_seat: (facts) => ({
      what: `Seat ${fact(facts, "seat_no")} is taken, and the event's layout does not have it.`,
      todo: look(facts),
    }),
    not_its_orders: (facts) => ({
      what: `Seat ${fact(facts, "seat_no")} is kept for ${ofOrder(facts)}, which does not have it or is over: it is lost for sale.`,
      todo: look(facts),
    }),
    sold_without_claim: (facts) => ({
      what: `${order(facts)} has seat ${fact(facts, "seat_no")}, and nothing keeps it from being sold again.`,
      todo: `Keep it from sale at once (\`ticketctl event block\`, or \`event pause\`), then look at ${show(facts)}. ${OURS}`,
    }),
  },
  I10: {
    beyond_limit: (facts) => ({
      what: `A fan has ${count(facts, "tickets")} tickets in orders and may have ${fact(facts, "max_per_fan")} (account ${fact(facts, "account_id")}).`,
      todo: look(facts),
    }),
    miscounted: (facts) => ({
      what: `A fan counts ${count(facts, "taken")} tickets and has ${count(facts, "tickets")} in orders (account ${fact(facts, "account_id")}).`,
      todo: countAnew(facts),
    }),
  },
  I11: {
    above_cap: (facts) => ({
      what: `Wave ${fact(facts, "seq")} of the line left ${fact(facts, "active_after")} fans inside; the cap was ${fact(facts, "cap")}.`,
      todo: lookAtLine(facts),
    }),
    above_inflow: (facts) => ({
      what: `The waves of one second (up to ${fact(facts, "seq")}) let ${fact(facts, "admitted")} fans in; the inflow was ${fact(facts, "inflow")}.`,
      todo: lookAtLine(facts),
    }),
  },
  I12: {
    overtaken: (facts) => ({
      what: `${number(facts)} was present and overtaken by a wave before theirs.`,
      todo: lookAtLine(facts),
    }),
    let_in_twice: (facts) => ({ what: `${number(facts)} was let in by two waves.`, todo: lookAtLine(facts) }),
    wave_and_pass_differ: (facts) => ({
      what: `${number(facts)}: its wave and its pass do not agree.`,
      todo: lookAtLine(facts),
    }),
    given_twice: (facts) => ({ what: `${number(facts)} was given to two fans.`, todo: lookAtLine(facts) }),
    above_last_number: (facts) => ({
      what: `${number(facts)} is above the last that was given.`,
      todo: lookAtLine(facts),
    }),
    draw_incomplete: (facts) => ({
      what: `The draw of the line gave ${fact(facts, "number")} numbers, which is not how many it drew.`,
      todo: `\`ticketctl line verify ${facts.event ?? "EVENT"}\` recomputes it. ${OURS}`,
    }),
  },
  I13: {
    key_twice: (facts) => ({
      what: `One press of the button made ${fact(facts, "orders")} orders: ${facts.reference ?? ""}.`,
      todo: look(facts),
    }),
  },
  I14: {
    captured_twice: (facts) => ({
      what: `${order(facts)} was charged ${fact(facts, "times")} times.`,
      todo: `Look at ${show(facts)} and give one back at the payment provider. ${OURS}`,
    }),
    hold_twice: (facts) => ({
      what: `One hold became ${fact(facts, "times")} orders: ${facts.reference ?? ""}.`,
      todo: look(facts),
    }),
  },
  I15: {
    trail_differs: (facts) => ({
      what: `${order(facts)} is ${fact(facts, "state")}; the last entry of its trail is ${fact(facts, "last_entry")}.`,
      todo: look(facts),
    }),
  },
  I16: {
    taken_in_twice: (facts) => ({
      what: `The message ${fact(facts, "provider_event")} of ${fact(facts, "provider")} was taken in ${fact(facts, "times")} times.`,
      todo: OURS,
    }),
  },
  I17: {
    use_and_time_differ: (facts) => ({
      what: `A ticket of ${ofOrder(facts)} is ${fact(facts, "status")}; the time of its use says otherwise.`,
      todo: look(facts),
    }),
  },
  I18: {
    code_miscounted: (facts) => ({
      what: `A code of the presale ${fact(facts, "window_key")} counts ${fact(facts, "counted")} uses; ${fact(facts, "really")} fans have used it.`,
      todo: `Look at \`ticketctl access list ${facts.event ?? "EVENT"}\`. ${OURS}`,
    }),
    code_beyond_uses: (facts) => ({
      what: `A code of the presale ${fact(facts, "window_key")} was used ${fact(facts, "counted")} times and may be ${fact(facts, "bound")} times.`,
      todo: `Look at \`ticketctl access list ${facts.event ?? "EVENT"}\`. ${OURS}`,
    }),
    grant_of_other_presale: (facts) => ({
      what: `A fan is in the presale ${fact(facts, "window_key")} by a code of another.`,
      todo: `Look at \`ticketctl access list ${facts.event ?? "EVENT"}\`. ${OURS}`,
    }),
    presale_miscounted: (facts) => ({
      what: `The presale ${fact(facts, "window_key")} counts ${count(facts, "counted")} places; its orders have ${count(facts, "really")}.`,
      todo: countAnew(facts),
    }),
    presale_beyond_allotment: (facts) => ({
      what: `Orders have ${count(facts, "really")} places of the presale ${fact(facts, "window_key")}; its allotment is ${fact(facts, "bound")}.`,
      todo: look(facts),
    }),
  },
  I19: {
    total_differs: (facts) => ({
      what: `The total of ${ofOrder(facts)} (${fact(facts, "total_minor")} ${fact(facts, "currency")}, in the smallest unit) is not the sum of its parts in the event's currency.`,
      todo: look(facts),
    }),
  },
  I20: {
    not_done: (facts) => ({
      what: `${job(facts)} is due for more than a minute.${lastError(facts)}`,
      todo: `A worker does it: ${A_WORKER}.`,
    }),
  },
  I21: {
    not_captured: (facts) => ({
      what: `${order(facts)} has its seats, and its money could not be taken for two minutes.${lastError(facts)}`,
      todo: `A worker goes on with it once the payment provider answers: ${A_WORKER}; the error stands in ${show(facts)}.`,
    }),
    past_its_time: (facts) => ({
      what: `${order(facts)} awaits a payment for which the time is over; its seats are lost for sale.${lastError(facts)}`,
      todo: `A worker ends it: ${A_WORKER}. If it does, look at ${show(facts)}.`,
    }),
    event_over: (facts) => ({
      what: `${order(facts)} awaits a payment for an event that is over.${lastError(facts)}`,
      todo: `A worker ends it uncharged: ${A_WORKER}. If it does, look at ${show(facts)}.`,
    }),
  },
  I22: {
    unpublished_prices: (facts) => ({
      what: `${order(facts)} was charged by version ${fact(facts, "price_version")} of the prices, which was not published so.`,
      todo: look(facts),
    }),
  },
  I23: {
    not_following: (facts) => ({
      what: `${auditEntry(facts)} ${AUDIT_WRONGS_EN.not_following}.`,
      todo: broken(facts),
    }),
    changed: (facts) => ({ what: `${auditEntry(facts)} ${AUDIT_WRONGS_EN.changed}.`, todo: broken(facts) }),
    head_differs: (facts) => ({
      what: `${auditEntry(facts)} ${AUDIT_WRONGS_EN.head_differs}.`,
      todo: broken(facts),
    }),
  },
  I24: {
    several_open_offers: (facts) => ({
      what: "A fan on the waitlist has several open offers at once.",
      todo: lookAtWaitlist(facts),
    }),
    wait_and_offer_differ: (facts) => ({
      what: "A place on the waitlist and its offer do not agree.",
      todo: lookAtWaitlist(facts),
    }),
    open_past_its_time: () => ({
      what: "An offer of the waitlist is open for a minute beyond its time; its seats are lost for sale.",
      todo: `A worker ends it: ${A_WORKER}.`,
    }),
    bought_without_sale: (facts) => ({
      what: "An offer of the waitlist counts as bought, and nothing was sold for it.",
      todo: lookAtWaitlist(facts),
    }),
    seat_of_no_open_offer: (facts) => ({
      what: "A seat is kept for an offer of the waitlist that is not open: it is lost for sale.",
      todo: lookAtWaitlist(facts),
    }),
  },
  I25: {
    without_payment: (facts) => ({
      what: `${order(facts)} is paid and has no payment: its tickets are valid, and no money came in.`,
      todo: `Look at ${show(facts)} and for its reference in the payment provider's books. ${OURS}`,
    }),
    not_captured: (facts) => ({
      what: `${order(facts)} is paid, and its payment is only ${fact(facts, "payment")} (${fact(facts, "provider_ref")}): its tickets are valid, and the money was not taken.`,
      todo: `Look at ${show(facts)} and take the money at the payment provider while it can be taken. ${OURS}`,
    }),
  },
  I26: {
    other_account: (facts) => ({
      what: `A ticket of ${ofOrder(facts)} belongs to another account than the order.`,
      todo: look(facts),
    }),
    other_event: (facts) => ({
      what: `A ticket of ${ofOrder(facts)} is for another event than the order.`,
      todo: look(facts),
    }),
    other_place: (facts) => ({
      what: `A ticket of ${ofOrder(facts)} is for another place than was bought.`,
      todo: look(facts),
    }),
  },
  I27: {
    parked: (facts) => ({
      what: `${job(facts)} was given up after ${plural(Number(facts["attempts"]), "try", "tries")}${aboutOrder(facts)}.${lastError(facts)}`,
      todo: `When the cause is mended: \`ticketctl jobs retry ${fact(facts, "id")}\`.`,
    }),
    fails_again: (facts) => ({
      what: `${job(facts)} failed ${plural(Number(facts["attempts"]), "time")}${aboutOrder(facts)}, and is tried again.${lastError(facts)}`,
      todo: `When the cause is mended: \`ticketctl jobs retry ${fact(facts, "id")}\` tries it at once.`,
    }),
  },
  I28: {
    parked: (facts) => ({
      what: `${order(facts)} could not be gone on with (at "${fact(facts, "stage")}") and waits for a person.${lastError(facts)}`,
      todo: `Look at ${show(facts)}; when the cause is mended: \`ticketctl order retry ${facts.reference ?? "ORDER"}\`.`,
    }),
  },
};

function auditEntry(facts: Finding): string {
  return `Entry ${fact(facts, "seq")} of the trail of ${facts.event ?? fact(facts, "chain")}`;
}

function broken(facts: Finding): string {
  return `\`ticketctl audit verify ${facts.event ?? fact(facts, "chain")}\` tells all of it. Somebody wrote into the database past the application: keep a copy before anything else.`;
}
