"use client";

import {
  type ColumnDef,
  createSortedRowModel,
  rowExpandingFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { Fragment, useMemo } from "react";
import { SortChoice, SortHead } from "./sort-controls.tsx";
import { compareValues, ROLE, type Sorting, type TableColumn } from "./table-column.ts";
import styles from "./data-table.module.css";

type TableProps<Row> = {
  readonly label: string;
  /** The label is to be seen. */
  readonly titled?: boolean;
  /** There may be any number of columns: what does not fit is reached in its own box, also by keys. */
  readonly scrolls?: boolean;
  /** Few short columns: they fit beside something else, where more of them would be cards. */
  readonly few?: boolean;
  /** Many short columns. */
  readonly dense?: boolean;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => string;
  /** Rows are a page of a longer list: the server sorts it, and each order is a link. */
  readonly server?: { readonly sorting: Sorting; readonly hrefOf: (next: Sorting) => string };
};

const features = tableFeatures({
  rowSortingFeature,
  rowExpandingFeature,
  sortedRowModel: createSortedRowModel(),
});

/**
 * A table that is never cut off: where it has little room its rows become cards with the head's words at each value, and what
 * its columns call the rest is opened row by row. Lists of one page are sorted here, longer ones by the server.
 */
export function DataTable<Row extends object>(props: TableProps<Row>) {
  const { label, titled = false, dense = false, scrolls = false, few = false, columns, server } = props;
  const table = useRows(props);
  const [first] = table.state.sorting;
  const sorting = server?.sorting ?? first ?? null;
  const sorts = {
    sorting,
    onSort: (next: Sorting) => table.setSorting([next]),
    hrefOf: server?.hrefOf,
  };
  const hasRest = columns.some(({ rest }) => rest);
  return (
    <div
      className={[styles["box"], few && styles["few"]].filter(Boolean).join(" ")}
      {...(scrolls && { role: "region", "aria-label": label, tabIndex: 0 })}
    >
      <SortChoice columns={columns} {...sorts} />
      <table
        {...ROLE.table}
        className={[styles["table"], dense && styles["dense"]].filter(Boolean).join(" ")}
        aria-label={titled ? undefined : label}
      >
        {titled && <caption>{label}</caption>}
        <thead {...ROLE.rowgroup}>
          <tr {...ROLE.row}>
            {columns.map((column) => (
              <SortHead key={column.id} column={column} {...sorts} />
            ))}
            {hasRest && (
              <th {...ROLE.columnheader} scope="col" className={styles["more"]}>
                <span className="visually-hidden">More</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody {...ROLE.rowgroup}>
          {table.getRowModel().rows.map((row) => (
            <Fragment key={row.id}>
              <tr {...ROLE.row} className={styles["row"]}>
                {columns.map((column) => (
                  <Cell key={column.id} column={column} row={row.original} index={row.index} />
                ))}
                {hasRest && (
                  <td {...ROLE.cell} className={styles["more"]}>
                    <button
                      type="button"
                      aria-expanded={row.getIsExpanded()}
                      onClick={() => row.toggleExpanded()}
                    >
                      {row.getIsExpanded() ? "Less" : "More"}
                      <span className="visually-hidden"> of row {row.index + 1}</span>
                    </button>
                  </td>
                )}
              </tr>
              {hasRest && row.getIsExpanded() && (
                <Rest columns={columns} row={row.original} index={row.index} />
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function useRows<Row extends object>({ columns, rows, keyOf, server }: TableProps<Row>) {
  const defs = useMemo(
    () =>
      columns.map(({ id, sort }): ColumnDef<typeof features, Row> => {
        const valueOf = (row: Row) => sort?.value?.(row) ?? null;
        return {
          id,
          accessorFn: valueOf,
          sortFn: (a, b) => compareValues(valueOf(a.original), valueOf(b.original)),
        };
      }),
    [columns],
  );
  return useTable({
    features,
    columns: defs,
    data: rows,
    getRowId: keyOf,
    manualSorting: server !== undefined,
    getRowCanExpand: () => true,
    autoResetExpanded: false,
  });
}

type CellProps<Row> = { readonly column: TableColumn<Row>; readonly row: Row; readonly index: number };

function Cell<Row>({ column, row, index }: CellProps<Row>) {
  const look = {
    className: [styles["cell"], column.figures && styles["figures"], column.rest && styles["rest"]]
      .filter(Boolean)
      .join(" "),
    "data-head": column.action ? undefined : column.header,
  };
  return column.names ? (
    <th {...ROLE.rowheader} scope="row" {...look}>
      {column.cell(row, index)}
    </th>
  ) : (
    <td {...ROLE.cell} {...look}>
      {column.cell(row, index)}
    </td>
  );
}

/** What the row holds besides; only there while its columns are not. */
function Rest<Row>({
  columns,
  row,
  index,
}: Omit<CellProps<Row>, "column"> & { columns: readonly TableColumn<Row>[] }) {
  return (
    <tr {...ROLE.row} className={styles["opened"]}>
      <td {...ROLE.cell} colSpan={columns.length + 1}>
        <dl>
          {columns
            .filter(({ rest }) => rest)
            .map((column) => (
              <div key={column.id}>
                <dt>{column.header}</dt>
                <dd>{column.cell(row, index)}</dd>
              </div>
            ))}
        </dl>
      </td>
    </tr>
  );
}
