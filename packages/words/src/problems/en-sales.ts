import { formatFigure } from "@onsale/core/shared/format";
import type { SaleProblems } from "@onsale/core/shared/sale-problems";
import { counted, seatNamed } from "../english.ts";
import { ruleWords } from "../rule-words.ts";
import type { SomeProblems } from "./problem-catalog.ts";

/** Of one event of a file, its title stands before what is wrong. */
const ofTitle = (title: string | undefined, words: string): string =>
  title === undefined ? words : `"${title}": ${words}`;

export const SALE_PROBLEMS_EN: SomeProblems<SaleProblems> = {
  "items.empty": () => "Choose at least one ticket.",
  "items.too_many": ({ max }, locale) => `One order takes at most ${counted(max, "ticket", locale)}.`,
  "items.too_expensive": () => "This is more than one order can charge. Take fewer tickets.",
  "seat.unknown": ({ seatNo }) => `There is no seat number ${seatNo} in this plan.`,
  "seat.duplicate": ({ seat }) => `${seatNamed(seat)} is chosen twice.`,
  "area.unknown": ({ areaNo }) => `There is no standing area number ${areaNo} in this plan.`,
  "ticket_type.unknown": ({ ticketType }) => `There is no ticket type "${ticketType}" for this event.`,
  "price.missing": (details, locale) =>
    "category" in details
      ? `Price level "${details.category}" has ${counted(details.places, "place", locale)} and no price.`
      : `${typeof details.place === "string" ? details.place : seatNamed(details.place)} is not sold as ${details.ticketType}.`,
  "ticket_type.duplicate": ({ key }) => `Two ticket types have the key "${key}".`,
  "fee.duplicate": ({ key }) => `Two fees have the key "${key}".`,
  "tax.duplicate": ({ key }) => `Two taxes have the key "${key}".`,
  "price.unknown_category": ({ category }) => `The layout has no price level "${category}".`,
  "price.unknown_ticket_type": ({ ticketType }) => `The list has no ticket type "${ticketType}".`,
  "price.unknown_seat": ({ seatId }) => `The layout has no seat "${seatId}".`,
  "price.duplicate": (details) =>
    "category" in details
      ? `Price level "${details.category}" has two prices for ${details.ticketType}.`
      : `Seat "${details.seatId}" has two prices for ${details.ticketType ?? "all ticket types"}.`,
  "event.no_layout": () => "Choose a seat layout.",
  "event.no_places": () => "The layout has no seat and no standing place. Choose another one.",
  "event.no_price_list": () => "Publish a price list.",
  "event.other_currency": ({ prices, event }) =>
    `Prices are in ${prices}, the event is in ${event}. Save the prices in ${event}.`,
  "event.past": () => "The start is in the past.",
  "event.sales_over": () => "The end of the online sale is in the past.",
  "event.doors_late": ({ title }) => ofTitle(title, "The doors open after the start."),
  "event.ends_early": ({ title }) => ofTitle(title, "The end is not after the start."),
  "event.sales_end_late": ({ title }) => ofTitle(title, "The online sale ends after the event."),
  "event.invalid": ({ title, field, rule }, locale) => `"${title}", ${field}: ${ruleWords(rule, locale)}`,
  "sale.no_date": ({ window }) =>
    `"${window}" opens before the year 2000: programs write such a date where they know none. Say when it opens.`,
  "sale.opens_late": ({ window }) => `"${window}" opens when the online sale of this event has ended.`,
  "sale.overlap": ({ window, other }) => `"${window}" and "${other}" are open at the same time.`,
  "sale.over": () => "The last sale window has closed already.",
  "email.invalid": (details, locale) => {
    if ("text" in details) return `"${details.text}" is not an e-mail address.`;
    if ("max" in details)
      return `A list may have ${formatFigure(details.max, { locale })} addresses. Send it in parts.`;
    return details.why === "none"
      ? "There is no address in this list."
      : "A quote is opened here and never closed.";
  },
};
