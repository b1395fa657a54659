import type { SomeNames } from "./some-names.ts";
import type { SchemaRule, ZodIssueCode } from "./schema-rule.ts";

type None = Record<never, never>;
/** Of something of which there may only be so many. */
type Count = { readonly found: number; readonly max: number };
/** `first`: where the earlier of two stands that have to differ. */
type Twin = { readonly first: string };

/** A seat as its file labels it. */
type SeatOf = {
  readonly section: string;
  readonly row: string;
  readonly run: "row" | "table";
  readonly seat: string;
};

/** Why the bytes of a file are not the text of one. */
export type DecodeFault =
  | { readonly why: "zero_bytes" | "unknown_charset" }
  | { readonly why: "damaged"; readonly line: number };

/** Why a text names no seats of a row. */
export type SeatRangeFault =
  | { readonly why: "none" | "zero" }
  | { readonly why: "form"; readonly text: string }
  | { readonly why: "too_many"; readonly max: number };

/** Why a text such as "Floor, 3, 7-12" names no seats of a layout. */
export type FindSeatsFault =
  | { readonly why: "form"; readonly text: string }
  | { readonly why: "section"; readonly section: string }
  | { readonly why: "row"; readonly section: string; readonly row: string }
  | { readonly why: "seat"; readonly section: string; readonly row: string; readonly seat: string };

/** What a file of a layout is, by the name of its format. */
export type LayoutFormat = "onsale" | "pretix" | "seatsio" | "csv" | "row-ranges" | "svg-sections";

type FormatFault =
  | { readonly why: "markup" | "events" }
  | { readonly why: "text"; readonly begins: string }
  | { readonly why: "json"; readonly fields: SomeNames | null }
  | { readonly why: "not_as_said"; readonly said: LayoutFormat; readonly seems: LayoutFormat | null };

/** Faults and notes of layouts and of the files that they are read from; docs/layouts.md lists them. */
export type LayoutProblems = {
  readonly [C in ZodIssueCode as `document.${C}`]: { readonly rule: SchemaRule };
} & {
  "layout.empty": None;
  "layout.too_many_seats": Count;
  "layout.too_many_rows": Count;
  "layout.too_many_areas": Count;
  "layout.too_many_sections": Count;
  "layout.too_many_categories": Count;
  "row.too_long": Count & { readonly section: string; readonly row: string };
  "category.duplicate_key": Twin & { readonly key: string };
  "category.missing_label": None;
  "category.unknown": { readonly name: string; readonly known: SomeNames };
  "section.missing_label": None;
  "section.duplicate_label": Twin & { readonly section: string };
  "section.duplicate_key": Twin & { readonly section: string; readonly key: string };
  "section.unknown_category": { readonly section: string; readonly category: string };
  "section.bad_outline": { readonly section: string };
  "section.empty": { readonly section: string };
  "ga.no_capacity": { readonly area: string; readonly capacity: number };
  "ga.missing_category": { readonly area: string };
  "row.missing_label": { readonly section: string };
  "table.missing_label": { readonly section: string };
  "row.empty": { readonly section: string; readonly label: string };
  "table.empty": { readonly section: string; readonly label: string };
  "shape.bad_outline": None;
  "shape.missing_size": { readonly shape: "rectangle" | "ellipse" };
  "seat.missing_label": SeatOf;
  /** `alike`: the labels are spelt differently, which nobody can see. */
  "seat.duplicate_label": SeatOf & Twin & { readonly alike: boolean };
  "seat.duplicate_id": SeatOf & Twin & { readonly id: string };
  "seat.missing_category": SeatOf;
  "seat.unknown_category": SeatOf & { readonly category: string };
  "seat.missing_position": SeatOf;
  "seat.companion_without_partner": SeatOf & { readonly partner: string };
  "seat.companion_of_itself": SeatOf;
  "seat.companion_not_accessible": SeatOf & { readonly partner: string };
  /** `more`: seats of which none is named. */
  "seat.coincident": (SeatOf & Twin & { readonly other: SeatOf }) | { readonly more: number };
  "file.empty": None;
  "file.too_large": Count | { readonly why: "memory" };
  "file.too_slow": { readonly maxMs: number };
  "file.bad_encoding": DecodeFault;
  "file.lost_character": None;
  "file.unknown_format": FormatFault;
  /** `reason`: in the words of the program that read it; null where that says nothing of use. */
  "file.bad_json": { readonly reason: string | null };
  "file.too_many_lines": Count;
  "file.too_many_columns": { readonly max: number };
  "file.too_deep": { readonly max: number };
  "file.too_many_values": Count;
  "file.bad_type": { readonly expected: "list" | "object" };
  "csv.unclosed_quote": None;
  /** `column`: the name that was chosen for `field`; without both, no column has seats. */
  "csv.no_column": { readonly found: SomeNames; readonly chosen?: { column: string; field: string } };
  "csv.bad_number": { readonly text: string };
  "csv.lines_above_header": None;
  "csv.columns_left_out": { readonly columns: SomeNames };
  "csv.companions_paired": None;
  "row.bad_seats": SeatRangeFault & { readonly row?: string; readonly section?: string };
  "svg.no_sections": None;
  "seatsio.book_as_a_whole": { readonly table: string };
  "pretix.nameless_category": { readonly count: number; readonly called: SomeNames };
  "pretix.duplicate_guid": { readonly count: number };
};
