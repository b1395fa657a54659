import { parseCsv } from "@onsale/core/shared/csv";
import { parseMoney } from "@onsale/core/shared/money";
import { Currency } from "@onsale/core/shared/money-schema";
import type { EventFileOptions, ImportedEvent } from "@onsale/core/event/import-event";
import {
  type DraftWindow,
  type EventReading,
  readInstant,
  readWallClock,
  type Report,
  type When,
} from "./event-draft.ts";

/** Our fields and the headers they are found under when nobody maps them; headers match without case, "_", "-" or " ". */
export const EVENT_COLUMNS = {
  id: ["id", "eventid", "uid"],
  title: ["title", "name", "event", "eventname", "summary"],
  subtitle: ["subtitle"],
  description: ["description"],
  genre: ["genre", "category"],
  venue: ["venue", "venuename", "location"],
  city: ["city", "town"],
  country: ["country"],
  timeZone: ["timezone", "tz", "zone"],
  start: ["start", "starts", "startsat", "datetime", "startdatetime"],
  date: ["date", "startdate"],
  time: ["time", "starttime"],
  doors: ["doors", "doorsopen"],
  end: ["end", "ends", "endsat", "enddatetime"],
  saleStart: ["salestart", "onsale", "onsalestart", "salesstart"],
  saleEnd: ["saleend", "offsale", "salesend"],
  currency: ["currency"],
  priceMin: ["pricemin", "minprice", "pricefrom"],
  priceMax: ["pricemax", "maxprice", "priceto"],
} as const satisfies Record<string, readonly string[]>;
export type EventColumn = keyof typeof EVENT_COLUMNS;

const plain = (header: string): string => header.toLowerCase().replaceAll(/[\s_-]+/g, "");

/** Events one per line under a header line. Times are "2026-05-01 20:00" on the venue's clock, or ISO 8601 with an offset. */
export function readEventCsv(
  text: string,
  options: EventFileOptions,
  report: Report,
): { found: number; readings: EventReading[] } {
  const { records, unclosedQuoteLine } = parseCsv(text);
  if (unclosedQuoteLine !== null) {
    const message = "A quote opens here and never closes.";
    report.problems.push({ code: "file.unclosed_quote", path: `line ${unclosedQuoteLine}`, message });
  }
  const [header, ...rows] = records;
  if (!header) return { found: 0, readings: [] };
  const columns = findColumns(header.cells, options, report);
  if (!columns) return { found: rows.length, readings: [] };
  const readings = rows.flatMap(({ line, cells }) => {
    const path = `line ${line}`;
    if (cells.length > header.cells.length) {
      const message = `The line has ${cells.length} cells, its header ${header.cells.length}.`;
      report.problems.push({ code: "line.too_many_cells", path, message });
      return [];
    }
    const cell = (name: EventColumn) => cells[columns.get(name) ?? -1]?.trim() ?? "";
    return [readRow(cell, path, report)];
  });
  return { found: rows.length, readings };
}

/** null when the file cannot be read at all; what is missing is then in the report. */
function findColumns(
  headers: readonly string[],
  { columns = {} }: EventFileOptions,
  report: Report,
): Map<EventColumn, number> | null {
  const found = new Map<EventColumn, number>();
  const plainHeaders = headers.map(plain);
  const fault = (code: string, message: string) =>
    void report.problems.push({ code, path: "line 1", message });
  for (const [name, known] of Object.entries(EVENT_COLUMNS) as [EventColumn, readonly string[]][]) {
    const wanted = columns[name];
    const index = plainHeaders.findIndex((header) =>
      wanted === undefined ? known.includes(header) : header === plain(wanted),
    );
    if (index >= 0) found.set(name, index);
    else if (wanted !== undefined) fault("column.not_found", `There is no column "${wanted}" for ${name}.`);
  }
  for (const name of Object.keys(columns)) {
    if (!Object.hasOwn(EVENT_COLUMNS, name)) {
      fault(
        "column.unknown_field",
        `"${name}" is no field of an event; fields are ${Object.keys(EVENT_COLUMNS).join(", ")}.`,
      );
    }
  }
  if (!found.has("title")) fault("column.missing", "There is no column for the title.");
  if (!found.has("start") && !found.has("date")) fault("column.missing", "There is no column for the start.");
  return report.problems.some((problem) => problem.code.startsWith("column.")) ? null : found;
}

function readRow(cell: (name: EventColumn) => string, path: string, report: Report): EventReading {
  const fault = (code: string, message: string) => void report.problems.push({ code, path, message });
  const title = cell("title");
  const when = (name: EventColumn): When | null => {
    const said = cell(name);
    if (said === "") return null;
    const read = readMoment(said);
    if (!read)
      fault(
        `event.bad_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
        `"${title}" has ${name} "${said.slice(0, 40)}", which is no date and time such as 2026-05-01 20:00.`,
      );
    return read;
  };
  const currency = currencyOf(cell("currency"), title, fault);
  return {
    path,
    sourceId: cell("id"),
    title,
    subtitle: cell("subtitle"),
    description: cell("description"),
    genre: cell("genre"),
    venue: { name: cell("venue"), city: cell("city"), country: cell("country") },
    timeZone: cell("timeZone"),
    venueTimeZone: "",
    currency,
    doors: when("doors"),
    starts: cell("start") === "" ? dateAndTime(cell, title, fault) : when("start"),
    ends: when("end"),
    windows: windowOf(when("saleStart"), when("saleEnd")),
    priceRange: currency === null ? null : rangeOf(cell, { title, currency, fault }),
  };
}

const windowOf = (opens: When | null, closes: When | null): DraftWindow[] =>
  opens === null ? [] : [{ kind: "public", label: "", opens, closes }];

function readMoment(text: string): When | null {
  const [date = "", ...time] = text.split(/[T ]+/);
  return readInstant(text) ?? readInstant(text.replace(" ", "T")) ?? readWallClock(date, time.join(" "));
}

function dateAndTime(
  cell: (name: EventColumn) => string,
  title: string,
  fault: (code: string, message: string) => void,
): When | null {
  const [date, time] = [cell("date"), cell("time")];
  if (date === "") {
    fault("event.missing_start", `"${title}" has no date.`);
    return null;
  }
  if (time === "") {
    const whole = readMoment(date);
    if (!whole) fault("event.time_unknown", `"${title}" is on ${date.slice(0, 40)} and has no time.`);
    return whole;
  }
  const when = readWallClock(date, time);
  if (!when)
    fault(
      "event.bad_start",
      `"${title}" starts at "${`${date} ${time}`.slice(0, 60)}", which is no date and time such as 2026-05-01 20:00.`,
    );
  return when;
}

function currencyOf(
  said: string,
  title: string,
  fault: (code: string, message: string) => void,
): string | null {
  if (said === "") return null;
  const currency = Currency.safeParse(said.toUpperCase());
  if (currency.success) return currency.data;
  fault(
    "event.bad_currency",
    `"${title}" has currency "${said.slice(0, 20)}"; a currency is three letters, such as EUR.`,
  );
  return null;
}

function rangeOf(
  cell: (name: EventColumn) => string,
  {
    title,
    currency,
    fault,
  }: { title: string; currency: string; fault: (code: string, message: string) => void },
): ImportedEvent["priceRange"] {
  const [low, high] = [cell("priceMin") || cell("priceMax"), cell("priceMax") || cell("priceMin")];
  if (low === "") return null;
  const minMinor = parseMoney(low, currency);
  const maxMinor = parseMoney(high, currency);
  if (minMinor === null || maxMinor === null || minMinor < 0 || minMinor > maxMinor) {
    fault(
      "event.bad_price",
      `"${title}" has prices from "${low.slice(0, 20)}" to "${high.slice(0, 20)}", which is no range in ${currency}.`,
    );
    return null;
  }
  return { minMinor, maxMinor };
}
