import type { LayoutCounts } from "../describe-layout.ts";
import type { LayoutDocument } from "../layout.ts";
import type { LayoutFormat } from "../../shared/layout-problems.ts";
import type { Problem } from "../../shared/problem.ts";

/**
 * Header of a column in the file by what it means here, e.g. `{ seat: "Sitzplatz" }`. Headers match without case; "#3" is
 * the third column, "" no column.
 */
export type CsvColumns = Readonly<Partial<Record<CsvField, string>>>;
export const CSV_FIELDS = [
  "section",
  "row",
  "seat",
  "seats",
  "category",
  "floor",
  "x",
  "y",
  "accessible",
  "companionOf",
  "restrictedView",
  "house",
  "capacity",
  "table",
  "id",
] as const;
export type CsvField = (typeof CSV_FIELDS)[number];

export type ImportOptions = {
  /** Absent: found out from the text. */
  readonly format?: LayoutFormat;
  /** Name of the layout; absent: the file's own, else "Imported layout". */
  readonly name?: string;
  /** Give sections, rows and seats that repeat a label a new one ("A-2") instead of refusing the file. */
  readonly renameDuplicates?: boolean;
  readonly csvColumns?: CsvColumns;
  /** Names of categories that are not for sale. */
  readonly notForSale?: readonly string[];
  /** One character; absent: found out from the first line. */
  readonly delimiter?: string;
};

export type Renaming = {
  readonly kind: "section" | "row" | "table" | "seat";
  /** Where in the file, as in problems. */
  readonly path: string;
  readonly from: string;
  readonly to: string;
};

/**
 * All or nothing: `layout` is there exactly when `ok`, and `ok` exactly when `problems` is empty. `counts` are of what
 * the file holds, also when it is refused. `notes` are things that the layout cannot say and that were left out.
 */
export type ImportResult = {
  readonly ok: boolean;
  readonly format: LayoutFormat | null;
  readonly layout: LayoutDocument | null;
  readonly counts: LayoutCounts;
  readonly problems: readonly Problem[];
  readonly renamed: readonly Renaming[];
  readonly notes: readonly Problem[];
};
