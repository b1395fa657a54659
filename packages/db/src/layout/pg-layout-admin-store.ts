import type { LayoutAdminStore } from "@onsale/core/layout/layout-admin-store";
import { z } from "zod";
import type { Database } from "../client.ts";
import { brokenConstraint } from "../pg-errors.ts";
import { withTx } from "../with-tx.ts";

const Named = z.object({ name: z.string() });

export function makePgLayoutAdminStore(database: Database): LayoutAdminStore {
  const { sql } = database;
  return {
    rename: ({ id, name, actor }) =>
      withTx(database, async (tx) => {
        const [before] = await tx`select name from layout where id = ${id} for no key update`;
        if (!before) return null;
        const { name: from } = Named.parse(before);
        if (from === name) return from;
        await tx`update layout set name = ${name} where id = ${id}`;
        const detail = JSON.stringify({ from, to: name });
        await tx`select audit_append(${id}, ${actor}, 'layout.renamed', ${detail}::text::jsonb)`;
        return from;
      }),
    async remove({ id, reason, actor }) {
      try {
        return await withTx(database, async (tx) => {
          const [gone] = await tx`delete from layout where id = ${id} returning name, hash`;
          if (!gone) return { kind: "not_found" } as const;
          const detail = JSON.stringify({
            name: gone["name"] as unknown,
            hash: gone["hash"] as unknown,
            reason,
          });
          await tx`select audit_append(${id}, ${actor}, 'layout.deleted', ${detail}::text::jsonb)`;
          return { kind: "deleted", name: Named.parse(gone).name } as const;
        });
      } catch (error) {
        // Decided by the foreign key, also against an event that is made at the same moment.
        if (brokenConstraint(error) !== "event_layout_known") throw error;
        const rows = await sql<{ slug: string }[]>`
          select slug from event where layout_id = ${id} order by created_at desc, id limit 20`;
        return { kind: "in_use", slugs: rows.map(({ slug }) => slug) };
      }
    },
  };
}
