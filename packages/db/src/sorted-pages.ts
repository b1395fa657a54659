import { asc, desc, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import {
  cutPage,
  type ListOrder,
  type Page,
  type PageAsk,
  readCursor,
  writeCursor,
} from "@onsale/core/shared/page";
import { z } from "zod";

/** By what a list can be sorted, and how the place of a row is written down and read again. */
type SortKey = {
  readonly by: PgColumn | SQL;
  readonly written: SQL<string>;
  /** null: nothing that was written here. */
  readonly read: (text: string) => SQL | null;
};

const WHOLE = /^-?\d{1,18}$/;

/** Microseconds, because that is what the database keeps and a Date does not. */
export const byTime = (column: PgColumn): SortKey => ({
  by: column,
  written: sql<string>`(extract(epoch from ${column}) * 1000000)::bigint::text`,
  read: (text) =>
    WHOLE.test(text) ? sql`timestamptz 'epoch' + ${text}::bigint * interval '1 microsecond'` : null,
});

export const byNumber = (column: PgColumn): SortKey => ({
  by: column,
  written: sql<string>`${column}::text`,
  read: (text) => (WHOLE.test(text) ? sql`${text}::bigint` : null),
});

/** As dictionaries have it, whatever the database's own collation: small beside capital, é beside e. */
export const byText = (column: PgColumn): SortKey => ({
  by: sql`${column} collate "und-x-icu"`,
  written: sql<string>`${column}`,
  // What Postgres keeps no text with was never written by it.
  read: (text) =>
    text.includes("\0") || !text.isWellFormed() ? null : sql`${text}::text collate "und-x-icu"`,
});

/**
 * Pages of a list by one of its keys and the id, so that what arrives between two pages moves nothing. A cursor holds for the
 * order that wrote it: under another one the list begins at its start.
 */
export function sortedPages<Sort extends string>(
  keys: Readonly<Record<Sort, SortKey>>,
  { id, usual }: { id: PgColumn; usual: NoInfer<Sort> },
) {
  return ({ after, limit, sort = usual, dir = "desc" }: PageAsk & Partial<ListOrder<Sort>>) => {
    const { by, written, read } = keys[sort];
    const order = `${sort}.${dir}`;
    const turn = dir === "desc" ? desc : asc;
    return {
      /** To select beside the row. */
      sortKey: written,
      orderBy: [turn(by), turn(id)] as const,
      /** undefined: from the start. */
      where(): SQL | undefined {
        const cursor = readCursor(after, order);
        const value = cursor && read(cursor.sortKey);
        if (!value || !z.uuid().safeParse(cursor.id).success) return undefined;
        const rest = sql`(${value}, ${cursor.id}::uuid)`;
        return dir === "desc" ? sql`(${by}, ${id}) < ${rest}` : sql`(${by}, ${id}) > ${rest}`;
      },
      /** `rows`: asked for with one more than the page holds. */
      cut<Row extends { sortKey: string; id: string }>(rows: readonly Row[], total: number): Page<Row> {
        return cutPage(rows, { limit, total, cursorOf: (row) => writeCursor(row.sortKey, row.id, order) });
      },
    };
  };
}

/** Of a list that only grows at its front and has no other order. */
export const newestFirst = (createdAt: PgColumn, id: PgColumn) =>
  sortedPages({ created: byTime(createdAt) }, { id, usual: "created" });
