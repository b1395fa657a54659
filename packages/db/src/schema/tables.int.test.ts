import { getTableColumns, getTableName, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { expect, it } from "vitest";
import { describeWithDatabase } from "../testing/template-db.ts";
import * as tables from "./tables.ts";

describeWithDatabase("tables", (database) => {
  const all = Object.values(tables).filter((table) => is(table, PgTable));

  it.each(all.map((table) => [getTableName(table), table] as const))(
    "%s has the columns of the database",
    async (name, table) => {
      const rows = await database().sql<{ name: string; type: string; required: boolean }[]>`
      select attname as name, atttypid::regtype::text as type, attnotnull as required
      from pg_attribute where attrelid = ${name}::regclass and attnum > 0 and not attisdropped order by attname`;
      const columns = Object.values(getTableColumns(table))
        .map((column) => ({ name: column.name, type: column.getSQLType(), required: column.notNull }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      expect(columns).toEqual([...rows]);
    },
  );
});
