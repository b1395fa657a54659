"use client";

import type { CsvColumns, CsvField } from "@onsale/core/layout/import/import-result";
import type { ListPreview } from "@onsale/core/layout/import/preview-list";
import { DataTable } from "../../ui/table/data-table.tsx";
import type { TableColumn } from "../../ui/table/table-column.ts";
import styles from "./layout-columns.module.css";

/** What a column may mean, the usual first. */
const MEANINGS: readonly (readonly [CsvField, string])[] = [
  ["section", "Section"],
  ["row", "Row"],
  ["seat", "Seat"],
  ["seats", "Seats of a row (1-10,12)"],
  ["table", "Table"],
  ["category", "Category"],
  ["floor", "Floor"],
  ["x", "Position across (x)"],
  ["y", "Position down (y)"],
  ["capacity", "Standing places"],
  ["accessible", "Accessible"],
  ["companionOf", "Companion of"],
  ["restrictedView", "Restricted view"],
  ["house", "House seat"],
  ["id", "Seat id"],
];

/** Every meaning with the column it has now, so that what is shown is what is read. */
export function columnsOf({ columns }: ListPreview): CsvColumns {
  return Object.fromEntries(
    MEANINGS.map(([field]) => {
      const at = columns[field];
      return [field, at === undefined ? "" : `#${at + 1}`];
    }),
  );
}

type ColumnsProps = { readonly preview: ListPreview; readonly onColumns: (columns: CsvColumns) => void };

/** Which column means what, with the first lines of the file beside it; every change is checked at once. */
export function LayoutColumns({ preview, onColumns }: ColumnsProps) {
  const { header, rows, columns } = preview;
  const chosen = columnsOf(preview);
  const meaningOf = (at: number) =>
    MEANINGS.filter(([field]) => columns[field] === at).map(([, words]) => words);
  const nameOf = (cell: string, at: number) => (cell.trim() === "" ? `Column ${at + 1}` : cell.trim());
  const shown = header.map((cell, at): TableColumn<readonly string[]> => ({
    id: String(at),
    header: `${nameOf(cell, at)}: ${meaningOf(at).join(", ") || "not used"}`,
    head: (
      <>
        {nameOf(cell, at)}
        <span className={styles["means"]}>{meaningOf(at).join(", ") || "not used"}</span>
      </>
    ),
    cell: (cells) => cells[at] ?? "",
  }));
  return (
    <section className={styles["columns"]} aria-labelledby="columns-title">
      <h2 id="columns-title">Columns</h2>
      <p className="soft">Say which column of the file is what. The check below follows.</p>
      <div className={styles["meanings"]}>
        {MEANINGS.map(([field, words]) => (
          <label key={field} className={styles["meaning"]}>
            {words}
            <select
              value={chosen[field] ?? ""}
              onChange={({ currentTarget: { value } }) => onColumns({ ...chosen, [field]: value })}
            >
              <option value="">Not in the file</option>
              {header.map((cell, at) => (
                <option key={at} value={`#${at + 1}`}>
                  {nameOf(cell, at)}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <DataTable
        label="First lines of the file, with what each column means"
        scrolls
        columns={shown}
        rows={rows}
        keyOf={(_, line) => String(line)}
      />
    </section>
  );
}
