import { formatFigure } from "@onsale/core/shared/format";
import type { LayoutFormat, LayoutProblems, SeatRangeFault } from "@onsale/core/shared/layout-problems";
import type { Locale } from "@onsale/core/shared/locale";
import type { ProblemDetails } from "@onsale/core/shared/problem";
import type { SchemaRule } from "@onsale/core/shared/schema-rule";
import { counted, named } from "../english.ts";
import { decodeWordsEn, SAVE_AGAIN_EN } from "../files/en.ts";
import { ruleWords } from "../rule-words.ts";
import type { SomeProblems } from "./problem-catalog.ts";

const unfit = ({ rule }: { readonly rule: SchemaRule }, locale: Locale): string => ruleWords(rule, locale);

/** "The layout has 200,001 seats; at most 200,000 are possible." */
const tooMany =
  (thing: string, of: string) => (count: Readonly<Record<"found" | "max", number>>, locale: Locale) =>
    `${thing} has ${formatFigure(count.found, { locale })} ${of}; at most ${formatFigure(count.max, { locale })} are possible.`;

type SeatOf = ProblemDetails["seat.missing_label"];
const seat = ({ section, row, run, seat: label }: SeatOf): string =>
  `Seat ${label === "" ? "without a label" : label} of ${run} ${row}, section ${section},`;

const sectionNamed = (label: string): string => (label === "" ? "The section" : `Section ${label}`);

export const LAYOUT_PROBLEMS_EN: SomeProblems<LayoutProblems> = {
  "document.invalid_type": unfit,
  "document.too_big": unfit,
  "document.too_small": unfit,
  "document.invalid_format": unfit,
  "document.not_multiple_of": unfit,
  "document.unrecognized_keys": unfit,
  "document.invalid_union": unfit,
  "document.invalid_key": unfit,
  "document.invalid_element": unfit,
  "document.invalid_value": unfit,
  "document.custom": unfit,
  "layout.empty": () => "The layout has no section, so nothing could be sold.",
  "layout.too_many_seats": tooMany("The layout", "seats"),
  "layout.too_many_rows": tooMany("The layout", "rows and tables"),
  "layout.too_many_areas": tooMany("The layout", "general admission areas"),
  "layout.too_many_sections": tooMany("The layout", "sections"),
  "layout.too_many_categories": tooMany("The layout", "categories"),
  "row.too_long": ({ row, section, ...count }, locale) =>
    tooMany(`Row ${row} of section ${section}`, "seats")(count, locale),
  "category.duplicate_key": ({ key, first }) => `The category key "${key}" is taken by ${first}.`,
  "category.missing_label": () => "The category has no label.",
  "category.unknown": ({ name, known }, locale) =>
    `There is no category "${name}" to keep from sale; there are ${named(known, locale)}.`,
  "section.missing_label": () => "The section has no label.",
  "section.duplicate_label": ({ section, first }) =>
    `${sectionNamed(section)} has the same label as ${first}.`,
  "section.duplicate_key": ({ section, key, first }) =>
    `${sectionNamed(section)} has the same key "${key}" as ${first}.`,
  "section.unknown_category": ({ section, category }) =>
    `${sectionNamed(section)} has category "${category}", which the layout does not declare.`,
  "section.bad_outline": ({ section }) =>
    `The outline of ${section === "" ? "the section" : `section ${section}`} encloses no area.`,
  "section.empty": ({ section }) => `${sectionNamed(section)} has no seats.`,
  "ga.no_capacity": ({ area, capacity }) => `Area ${area} has capacity ${capacity}; it needs at least 1.`,
  "ga.missing_category": ({ area }) => `Area ${area} has no category.`,
  "row.missing_label": ({ section }) => `A row of section ${section} has no label.`,
  "table.missing_label": ({ section }) => `A table of section ${section} has no label.`,
  "row.empty": ({ section, label }) => `Row ${label} of section ${section} has no seats.`,
  "table.empty": ({ section, label }) => `Table ${label} of section ${section} has no seats.`,
  "shape.bad_outline": () => "The polygon encloses no area.",
  "shape.missing_size": ({ shape }) => `The ${shape} has no width or no height.`,
  "seat.missing_label": (of) => `A seat of ${of.run} ${of.row}, section ${of.section}, has no label.`,
  "seat.duplicate_label": ({ first, alike, ...of }) =>
    alike
      ? `${seat(of)} looks the same as ${first}; what is different between them cannot be seen.`
      : `${seat(of)} has the same label as ${first}.`,
  "seat.duplicate_id": ({ id, first, ...of }) => `${seat(of)} has the same id "${id}" as ${first}.`,
  "seat.missing_category": (of) => `${seat(of)} has no category, and neither has its section.`,
  "seat.unknown_category": ({ category, ...of }) =>
    `${seat(of)} has category "${category}", which the layout does not declare.`,
  "seat.missing_position": (of) => `${seat(of)} has no position: x and y must be numbers.`,
  "seat.companion_without_partner": ({ partner, ...of }) =>
    `${seat(of)} accompanies "${partner}", which is no seat.`,
  "seat.companion_of_itself": (of) => `${seat(of)} accompanies itself.`,
  "seat.companion_not_accessible": ({ partner, ...of }) =>
    `${seat(of)} accompanies ${partner}, which is not an accessible seat.`,
  "seat.coincident": (details, locale) =>
    "more" in details
      ? `${counted(details.more, ["more seat stands", "more seats stand"], locale)} where others stand.`
      : `${seat(details)} stands where ${seat(details.other).replace(/^S/, "s")} stands (${details.first}).`,
  "file.empty": () => "The file is empty.",
  "file.too_large": (details, locale) =>
    "why" in details
      ? "Reading the file takes more memory than a file may have."
      : tooMany("The file", "characters")(details, locale),
  "file.too_slow": ({ maxMs }, locale) =>
    `Reading the file takes longer than ${counted(maxMs / 1_000, "second", locale)}.`,
  "file.bad_encoding": decodeWordsEn,
  "file.lost_character": () => `A character was lost here (\uFFFD) when the file was saved. ${SAVE_AGAIN_EN}`,
  "file.unknown_format": formatWords,
  "file.bad_json": ({ reason }) =>
    reason === null ? "The file is no JSON; it may be cut off." : `The file is no complete JSON: ${reason}.`,
  "file.too_many_lines": tooMany("The file", "lines"),
  "file.too_many_columns": ({ max }, locale) =>
    `A line of the file has more than ${counted(max, "column", locale)}; no seat list does.`,
  "file.too_deep": ({ max }) => `The file nests lists in lists more than ${max} deep; no layout does.`,
  "file.too_many_values": tooMany("The file", "values"),
  "file.bad_type": ({ expected }) => `This must be ${expected === "list" ? "a list" : "an object"}.`,
  "csv.unclosed_quote": () => "A quote is opened here and never closed.",
  "csv.no_column": ({ found, chosen }, locale) =>
    chosen
      ? `There is no column "${chosen.column}" for ${chosen.field}; the file has ${named(found, locale)}.`
      : `No column with seat numbers (seat, number, seats) among ${named(found, locale)}. Say which one has them.`,
  "csv.bad_number": ({ text }) => `The capacity "${text}" is no whole number.`,
  "csv.lines_above_header": () => "The header stands here; what is above it was left out.",
  "csv.columns_left_out": ({ columns }, locale) =>
    `Columns that say nothing here were left out: ${named(columns, locale)}. Say what they are if they do.`,
  "csv.companions_paired": () => "Companion seats are paired with the nearest accessible seat of their row.",
  "row.bad_seats": ({ row, section, ...fault }, locale) =>
    `${row === undefined ? "" : `Row ${row} of sector ${section}: `}${rangeWords(fault, locale)}`,
  "svg.no_sections": () =>
    "No shape in the drawing has an id such as section-12, so no section could be read.",
  "seatsio.book_as_a_whole": ({ table }) =>
    `Table ${table} is sold as a whole in seats.io; here its seats are sold one by one.`,
  "pretix.nameless_category": ({ count, called }, locale) =>
    `The file names ${formatFigure(count, { locale })} of its categories by UUID only; they are called ${named(called, locale)}.`,
  "pretix.duplicate_guid": ({ count }, locale) =>
    `${counted(count, ["seat repeats", "seats repeat"], locale)} a seat_guid; ids are made from zone, row and seat number instead.`,
};

function rangeWords(fault: SeatRangeFault, locale: Locale): string {
  switch (fault.why) {
    case "none":
      return "No seats are given.";
    case "zero":
      return "A row cannot have 0 seats.";
    case "form":
      return `"${fault.text}" is neither a count of seats nor a range such as 1-10.`;
    case "too_many":
      return `A row cannot have more than ${counted(fault.max, "seat", locale)}.`;
  }
}

const FORMATS: Readonly<Record<LayoutFormat, string>> = {
  onsale: "a layout document of our own",
  pretix: "a pretix seating plan",
  seatsio: "a seats.io chart",
  csv: "a seat list",
  "row-ranges": "a list of row ranges",
  "svg-sections": "an SVG drawing of sections",
};
const KNOWN_FORMATS =
  "Known are our own JSON, pretix seating plans, seats.io charts, seat lists (CSV), row ranges (JSON) and SVG sections.";

function formatWords(fault: ProblemDetails["file.unknown_format"], locale: Locale): string {
  switch (fault.why) {
    case "events":
      return "This is no Ticketmaster Discovery JSON, orchestra programme JSON, iCalendar or CSV with a header line.";
    case "markup":
      return `The file is markup, but not an SVG drawing. ${KNOWN_FORMATS}`;
    case "text":
      return `No known layout format: it begins with "${fault.begins}", and none of its first lines names a seat column. ${KNOWN_FORMATS}`;
    case "json": {
      const has =
        fault.fields === null ? "is a list" : fault.fields.names.length === 0 ? "has no fields" : "";
      return `The file is JSON, but no known layout format: it ${has || `has ${named(fault.fields ?? { names: [], more: 0 }, locale)}`}. ${KNOWN_FORMATS}`;
    }
    case "not_as_said":
      return `The file is not ${FORMATS[fault.said]}${fault.seems === null ? `. ${KNOWN_FORMATS}` : `; it looks like ${FORMATS[fault.seems]}.`}`;
  }
}
