import type { ReactNode } from "react";

/** By what a column sorts, which also says its usual direction and the words of both. */
type SortKind = "text" | "number" | "time";

export type TableColumn<Row> = {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row, index: number) => ReactNode;
  /** More in the head than its words. */
  readonly head?: ReactNode;
  /** The cell that names its row. */
  readonly names?: true | undefined;
  /** Holds what can be done with its row: its head is only read out, and a card needs none. */
  readonly action?: true | undefined;
  /** Aligned at its end, as figures are. */
  readonly figures?: true | undefined;
  /** Where there is no room for every column, this one is shown when somebody asks for more of its row. */
  readonly rest?: true | undefined;
  /** Without `value` the server sorts, and the column's id is its sort key. */
  readonly sort?: { readonly by: SortKind; readonly value?: (row: Row) => string | number | null };
};

export type Sorting = { readonly id: string; readonly desc: boolean };

/** Said besides the elements: some browsers forget what a table is when its rows are shown as cards. */
export const ROLE = {
  table: { role: "table" },
  rowgroup: { role: "rowgroup" },
  row: { role: "row" },
  columnheader: { role: "columnheader" },
  rowheader: { role: "rowheader" },
  cell: { role: "cell" },
} as const;

const DIRECTIONS: Readonly<Record<SortKind, { readonly up: string; readonly down: string }>> = {
  text: { up: "A to Z", down: "Z to A" },
  number: { up: "fewest first", down: "most first" },
  time: { up: "earliest first", down: "latest first" },
};

type Sorted = { readonly header: string; readonly sort?: { readonly by: SortKind } };

export function sortWords({ header, sort }: Sorted, desc: boolean): string {
  const words = DIRECTIONS[sort?.by ?? "text"];
  return `${header}, ${desc ? words.down : words.up}`;
}

/** Pressed once more, a head turns its order round. */
export function nextSorting(column: Sorted & { readonly id: string }, now: Sorting | null): Sorting {
  const usual = column.sort?.by !== "text";
  return { id: column.id, desc: now?.id === column.id ? !now.desc : usual };
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** What is not there stands last in the usual order. */
export function compareValues(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return collator.compare(String(a), String(b));
}
