import { type SQL, sql as raw, type SQLWrapper } from "drizzle-orm";
import type { Sql } from "postgres";

/** Whether one of these columns holds these words, whatever their case in any alphabet; all do where nothing was typed. */
export function holdsWords(sql: Sql, words: string, columns: readonly ReturnType<Sql>[]) {
  const found = columns.map(
    (column) =>
      sql`strpos(lower(${column} collate "und-x-icu"), lower(${words}::text collate "und-x-icu")) > 0`,
  );
  return sql`(${words}::text = '' ${found.map((one) => sql`or ${one}`)})`;
}

/** The same of one column, for a query that is built. */
export const columnHoldsWords = (column: SQLWrapper, words: string): SQL | undefined =>
  words === ""
    ? undefined
    : raw`strpos(lower(${column} collate "und-x-icu"), lower(${words}::text collate "und-x-icu")) > 0`;
