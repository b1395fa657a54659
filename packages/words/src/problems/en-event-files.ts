import type { EventFileProblems } from "@onsale/core/shared/event-file-problems";
import { shortName } from "@onsale/core/shared/some-names";
import { counted, listed, named } from "../english.ts";
import type { SomeProblems } from "./problem-catalog.ts";

type Of = { readonly title: string };
type Said = Of & { readonly said: string };

const quoted = (title: string): string => `"${shortName(title, 60)}"`;
const event = ({ title }: Of): string => (title === "" ? "The event" : quoted(title));
/** In the middle of a sentence. */
const theEvent = ({ title }: Of): string => (title === "" ? "the event" : quoted(title));

const noTime = (what: string) => (of: Said) =>
  `${event(of)} has ${what} "${of.said}", which is no date and time such as 2026-05-01 20:00.`;
/** A series whose dates cannot be listed. */
const repeats = (how: string) => (of: Of) => `${event(of)} repeats ${how}.`;

const CLOCK_TIMES = {
  start: "The start",
  end: "The end",
  doors: "The opening of the doors",
  sale_start: "The sale start",
  sale_end: "The sale end",
};
type ClockTime = EventFileProblems["event.time_in_gap"];
const clockTime = ({ of, label, title }: ClockTime): string =>
  `${CLOCK_TIMES[of]}${label === undefined ? "" : ` ${quoted(label)}`} of ${theEvent({ title })}`;

export const EVENT_FILE_PROBLEMS_EN: SomeProblems<EventFileProblems> = {
  "file.no_events": () => "The file has no events.",
  "file.too_many_events": ({ found, max }, locale) =>
    `The file has ${counted(found, "event", locale)}; at most ${counted(max, "event", locale)} are read at once.`,
  "file.wrong_format": ({ format }) => `The file is JSON, but not of the format ${format}.`,
  "file.unclosed": ({ block }) => `${block} begins here and does not end.`,
  "file.unopened": ({ block }) => `${block} ends here and did not begin.`,
  "file.truncated": () => "The file ends before its calendar does (no END:VCALENDAR); events may be missing.",
  "file.unclosed_quote": () => "A quote opens here and never closes.",
  "file.lines_above_header": ({ line }) =>
    `The header stands in line ${line}; what is above it was left out.`,
  "file.columns_left_out": ({ columns }, locale) =>
    `Columns that say nothing here were left out: ${named(columns, locale)}. Name them with --columns if they do.`,
  "line.too_many_cells": ({ found, max }) => `The line has ${found} cells, its header ${max}.`,
  "column.not_found": ({ column, field }) => `There is no column "${column}" for ${field}.`,
  "column.unknown_field": ({ field, known }) =>
    `"${field}" is no field of an event; fields are ${known.join(", ")}.`,
  "column.missing": ({ field }) =>
    `There is no column for the ${field}. Name it with --columns if it is called otherwise.`,
  "event.unreadable": ({ reason }) => `The event cannot be read: ${reason}.`,
  "event.superseded": ({ title, by }) =>
    `${event({ title })} is here again at ${by} under the same UID, as new or newer; that one is taken.`,
  "event.same_uid": ({ title, first }) =>
    `${event({ title })} has the same UID as ${first}, and neither SEQUENCE nor DTSTAMP says which is newer. Give each event a UID of its own.`,
  "event.duplicate": ({ title, first, by }) =>
    `${event({ title })} ${by === "uid" ? "with this UID" : "at this venue and time"} stands in the file already, at ${first}.`,
  "event.not_an_object": ({ expected }) =>
    `This entry is ${expected === "event" ? "no event" : "no concert"}.`,
  "event.test": (of) => `${event(of)} is marked as a test; it is left out.`,
  "event.not_happening": ({ title, state, date }) =>
    `${event({ title })}${date === undefined ? "" : `, its date ${date},`} is ${state}; it is left out.`,
  "event.missing_title": () => "The event has no title.",
  "event.title_too_long": ({ title, max }) =>
    `${event({ title })} has a title of more than ${max} characters.`,
  "event.missing_venue": (of) => `${event(of)} names no venue. Say which with --venue.`,
  "event.venue_too_long": ({ title, max }) =>
    `${event({ title })} has a venue name of more than ${max} characters.`,
  "event.missing_start": (of) => `${event(of)} has no start.`,
  "event.bad_start": noTime("the start"),
  "event.bad_end": noTime("the end"),
  "event.bad_doors": noTime("the opening of the doors"),
  "event.bad_sale_start": noTime("the sale start"),
  "event.bad_sale_end": noTime("the sale end"),
  "event.bad_date": ({ title, said }) =>
    `${event({ title })} has date "${said}", which is not midnight in New York.`,
  "event.bad_time": ({ title, said }) =>
    `${event({ title })} has time "${said}", which is no time such as 7:30PM.`,
  "event.date_unknown": (of) => `${event(of)} has no fixed date yet.`,
  "event.time_unknown": ({ title, date }) =>
    `${event({ title })} is on ${date} and has no time yet: when it starts is unknown.`,
  "event.all_day": (of) => `${event(of)} is an all-day entry; midnight is taken as its start.`,
  "event.bad_currency": ({ title, said }) =>
    `${event({ title })} has currency "${said}", which is no currency of ISO 4217, such as EUR.`,
  "event.bad_price": ({ title, from, to, currency }) =>
    `${event({ title })} has prices from "${from}" to "${to}", which is no range in ${currency}.`,
  "price.bad_currency": (of) =>
    `The prices of ${theEvent(of)} have no currency that is known; they are left out.`,
  "price.bad_range": (of) => `The price range of ${theEvent(of)} is no range of amounts; it is left out.`,
  "event.unknown_end_zone": ({ title, zone }) =>
    `The end of ${theEvent({ title })} is in "${zone}", which is unknown; it is left out.`,
  "event.missing_timezone": (of) =>
    `${event(of)} has no time zone, and neither has its venue. Say which with --venue-timezone.`,
  "event.unknown_timezone": ({ title, zone }) =>
    `${event({ title })} has time zone "${zone}", which is not an IANA zone. Say which is meant with --venue-timezone.`,
  "event.timezone_from_venue": ({ title, zone }) =>
    `${event({ title })} has no time zone; its venue's is taken: ${zone}.`,
  "event.timezone_replaced": ({ title, unknown, zone }) =>
    `${event({ title })} has time zone "${unknown}", which nobody knows; ${zone} is taken.`,
  "event.timezone_by_clock": ({ title, zone }) => {
    const why =
      zone === "UTC"
        ? "is in UTC and names no zone of a place"
        : "has a zone whose rules only its file knows";
    return `${event({ title })} ${why}; it is shown in ${zone}, whose clock says the same. Say another with --venue-timezone.`;
  },
  "event.time_in_gap": (time) =>
    `${clockTime(time)} is at a time that clocks in ${time.zone} skip; the time after is taken.`,
  "event.time_twice": (time) =>
    `${clockTime(time)} is at a time that clocks in ${time.zone} show twice; the first is taken.`,
  "event.end_before_start": (of) => `${event(of)} ends before it starts; its end is left out.`,
  "event.doors_after_start": (of) => `The doors of ${theEvent(of)} open after its start; they are left out.`,
  "event.no_dates": repeats("by a rule that has no dates"),
  "event.endless_recurrence": repeats("without an end (its RRULE has no COUNT and no UNTIL)"),
  "event.too_often": repeats("several times a day, which is no series of performances"),
  "event.too_many_dates": ({ title, max }, locale) =>
    `${event({ title })} repeats more than ${counted(max, "time", locale)}, or over centuries.`,
  "event.unsupported_recurrence": repeats(
    "by a rule of a kind that is not read; write its dates out as RDATE",
  ),
  "event.bad_recurrence": (details) =>
    "reason" in details
      ? `${event(details)} repeats by a rule that cannot be read: ${details.reason}.`
      : `${event(details)} adds or leaves out the date "${details.date}", which is none in a known zone.`,
  "event.series_in_utc": ({ title, zone, hours }) =>
    `${event({ title })} repeats in UTC, so on the clock of ${zone} its dates start at ${listed(hours)}.`,
  "sale_window.no_start": (of) => `${event(of)} has an end of its sale and no start; the sale is left out.`,
  "sale_window.placeholder_start": ({ title, label, day }) =>
    `The sale ${quoted(label)} of ${theEvent({ title })} starts on ${day}, which stands for unknown; it is left out.`,
  "sale_window.never_open": ({ title, label }) =>
    `The sale ${quoted(label)} of ${theEvent({ title })} ends before it starts; it is left out.`,
  "sale_window.too_many": ({ title, label, max }) =>
    `${event({ title })} has more than ${max} sale windows; ${quoted(label)} is left out.`,
};
