import { desc, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { cutPage, type Page, type PageAsk, readCursor, writeCursor } from "@onsale/core/shared/page";
import { z } from "zod";

const Key = z.object({ us: z.string().regex(/^\d{1,18}$/), id: z.uuid() });

/**
 * Pages of a list that only grows at its front: by creation and id, so that what arrives between two pages moves nothing.
 * Microseconds, because that is what the database keeps and a Date does not.
 */
export function newestFirst(createdAt: PgColumn, id: PgColumn) {
  const us = sql<string>`(extract(epoch from ${createdAt}) * 1000000)::bigint::text`;
  return {
    /** To select beside the row. */
    us,
    orderBy: [desc(createdAt), desc(id)] as const,
    /** undefined: from the start; a cursor that is none of ours says nothing either. */
    after(cursor: string | null): SQL | undefined {
      const read = readCursor(cursor);
      const key = Key.safeParse(read && { us: read.sortKey, id: read.id });
      if (!key.success) return undefined;
      const at = sql`timestamptz 'epoch' + ${key.data.us}::bigint * interval '1 microsecond'`;
      return sql`(${createdAt}, ${id}) < (${at}, ${key.data.id}::uuid)`;
    },
    cut<Row extends { us: string; id: string }>(
      rows: readonly Row[],
      ask: PageAsk,
      total: number,
    ): Page<Row> {
      return cutPage(rows, { limit: ask.limit, total, cursorOf: (row) => writeCursor(row.us, row.id) });
    },
  };
}
