"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { nextSorting, ROLE, type Sorting, sortWords, type TableColumn } from "./table-column.ts";
import styles from "./data-table.module.css";

type Sorts = {
  readonly sorting: Sorting | null;
  readonly onSort: (next: Sorting) => void;
  /** The server sorts: each order has an address. */
  readonly hrefOf: ((next: Sorting) => string) | undefined;
};

/** The head of a column; by a press on it the rows are sorted. */
export function SortHead<Row>({ column, ...sorts }: Sorts & { column: TableColumn<Row> }) {
  const { sorting } = sorts;
  const isSorted = sorting?.id === column.id;
  return (
    <th
      {...ROLE.columnheader}
      scope="col"
      className={[styles["head"], column.figures && styles["figures"], column.rest && styles["rest"]]
        .filter(Boolean)
        .join(" ")}
      aria-sort={isSorted ? (sorting.desc ? "descending" : "ascending") : undefined}
    >
      {column.sort ? <SortControl column={column} {...sorts} /> : <HeadWords {...column} />}
    </th>
  );
}

function HeadWords({ action, head, header }: Pick<TableColumn<never>, "action" | "head" | "header">) {
  return action ? <span className="visually-hidden">{header}</span> : (head ?? header);
}

function SortControl<Row>({ column, sorting, onSort, hrefOf }: Sorts & { column: TableColumn<Row> }) {
  const next = nextSorting(column, sorting);
  const look = { className: styles["sort"], title: sortWords(column, next.desc) };
  const words = column.head ?? column.header;
  return hrefOf ? (
    <Link href={hrefOf(next)} {...look} prefetch={false} scroll={false}>
      {words}
    </Link>
  ) : (
    <button type="button" {...look} onClick={() => onSort(next)}>
      {words}
    </button>
  );
}

/** Where rows are cards there are no heads to press. */
export function SortChoice<Row>({
  columns,
  sorting,
  onSort,
  hrefOf,
}: Sorts & { columns: readonly TableColumn<Row>[] }) {
  const router = useRouter();
  const orders = columns
    .filter(({ sort }) => sort)
    .flatMap((column) =>
      [false, true].map((desc) => ({ id: column.id, desc, words: sortWords(column, desc) })),
    );
  if (orders.length === 0) return null;
  const now = orders.findIndex(({ id, desc }) => id === sorting?.id && desc === sorting.desc);
  return (
    <label className={styles["choice"]}>
      Sorted by
      <select
        value={now}
        onChange={({ currentTarget }) => {
          const next = orders[Number(currentTarget.value)];
          if (!next) return;
          if (hrefOf) router.push(hrefOf(next), { scroll: false });
          else onSort(next);
        }}
      >
        {now === -1 && <option value={-1}>the usual order</option>}
        {orders.map(({ words }, index) => (
          <option key={words} value={index}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
