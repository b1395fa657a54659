import type { SomeNames } from "./some-names.ts";

type None = Record<never, never>;
/** The event that it is about; "" where it has no title. */
type Of = { readonly title: string };
/** What stands in the file in the place of something that could be read. */
type Said = Of & { readonly said: string };
type Point = "start" | "end" | "doors" | "saleStart" | "saleEnd";
/** Which time of an event a clock says twice or never. */
type ClockTime = Of & {
  readonly of: "start" | "end" | "doors" | "sale_start" | "sale_end";
  /** Of a sale: its name. */
  readonly label?: string;
  readonly zone: string;
};

/** Faults and oddities of files of events: iCalendar, Ticketmaster, orchestra programmes, CSV. */
export type EventFileProblems = {
  "file.no_events": None;
  "file.too_many_events": { readonly found: number; readonly max: number };
  "file.wrong_format": { readonly format: string };
  "file.unclosed": { readonly block: string };
  "file.unopened": { readonly block: string };
  "file.truncated": None;
  "file.unclosed_quote": None;
  "file.lines_above_header": { readonly line: number };
  "file.columns_left_out": { readonly columns: SomeNames };
  "line.too_many_cells": { readonly found: number; readonly max: number };
  "column.not_found": { readonly column: string; readonly field: string };
  "column.unknown_field": { readonly field: string; readonly known: readonly string[] };
  "column.missing": { readonly field: "title" | "start" };
  "event.unreadable": { readonly reason: string };
  "event.superseded": Of & { readonly by: string };
  "event.same_uid": Of & { readonly first: string };
  "event.duplicate": Of & { readonly first: string; readonly by: "place_and_time" | "uid" };
  "event.not_an_object": { readonly expected: "event" | "concert" };
  "event.test": Of;
  /** `date`: of a series, the one that is meant. */
  "event.not_happening": Of & { readonly state: "cancelled" | "postponed"; readonly date?: string };
  "event.missing_title": None;
  "event.title_too_long": Of & { readonly max: number };
  "event.missing_venue": Of;
  "event.venue_too_long": Of & { readonly max: number };
  "event.missing_start": Of;
  "event.bad_start": Said;
  "event.bad_end": Said;
  "event.bad_doors": Said;
  "event.bad_sale_start": Said;
  "event.bad_sale_end": Said;
  "event.bad_date": Said;
  "event.bad_time": Said;
  "event.date_unknown": Of;
  "event.time_unknown": Of & { readonly date: string };
  "event.all_day": Of;
  "event.bad_currency": Said;
  "event.bad_price": Of & { readonly from: string; readonly to: string; readonly currency: string };
  "price.bad_currency": Of;
  "price.bad_range": Of;
  "event.unknown_end_zone": Of & { readonly zone: string };
  "event.missing_timezone": Of;
  "event.unknown_timezone": Of & { readonly zone: string };
  "event.timezone_from_venue": Of & { readonly zone: string };
  "event.timezone_replaced": Of & { readonly unknown: string; readonly zone: string };
  "event.timezone_by_clock": Of & { readonly zone: string };
  "event.time_in_gap": ClockTime;
  "event.time_twice": ClockTime;
  "event.end_before_start": Of;
  "event.doors_after_start": Of;
  "event.no_dates": Of;
  "event.endless_recurrence": Of;
  "event.too_often": Of;
  "event.too_many_dates": Of & { readonly max: number };
  "event.unsupported_recurrence": Of;
  "event.bad_recurrence": Of & ({ readonly reason: string } | { readonly date: string });
  "event.series_in_utc": Of & { readonly zone: string; readonly hours: readonly string[] };
  "sale_window.no_start": Of;
  "sale_window.placeholder_start": Of & { readonly label: string; readonly day: string };
  "sale_window.never_open": Of & { readonly label: string };
  "sale_window.too_many": Of & { readonly label: string; readonly max: number };
};

/** The times of a line of a table, with the code that a time which is none has. */
export const BAD_TIME = {
  start: "event.bad_start",
  end: "event.bad_end",
  doors: "event.bad_doors",
  saleStart: "event.bad_sale_start",
  saleEnd: "event.bad_sale_end",
} as const satisfies Record<Point, keyof EventFileProblems>;
