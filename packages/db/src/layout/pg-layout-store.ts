import { eq, and, getTableColumns } from "drizzle-orm";
import type { LayoutRecord, LayoutStore, LayoutSummary } from "@onsale/core/layout/layout-store";
import { must } from "@onsale/core/shared/assert";
import { AppError } from "@onsale/core/shared/errors";
import { z } from "zod";
import { audited, auditAppend } from "../audit/audited.ts";
import type { Database } from "../client.ts";
import { NO_DRILLS } from "../event/no-drills.ts";
import { columnHoldsWords } from "../holds-words.ts";
import { brokenConstraint } from "../pg-errors.ts";
import { ofOrganization } from "../organization/scope.ts";
import { byNumber, byText, byTime, sortedPages } from "../sorted-pages.ts";
import { retryConflicts } from "../retry.ts";
import { layouts } from "../schema/tables.ts";
import { withTx } from "../with-tx.ts";

const { document: _, ...summaryColumns } = getTableColumns(layouts);
const pagesIn = sortedPages(
  { created: byTime(layouts.createdAt), name: byText(layouts.name), seats: byNumber(layouts.seatCount) },
  { id: layouts.id, usual: "created" },
);
const Named = z.object({ name: z.string() });

export function makePgLayoutStore(database: Database): LayoutStore {
  return { ...versions(database), ...changes(database) };
}

/** Written once and never changed. */
function versions(database: Database) {
  const { sql, db } = database;
  const own = ofOrganization(database, layouts.organizationId);
  return {
    async save(actor, { text, ...version }) {
      const input = audited(actor, version);
      await venueKnown(() =>
        retryConflicts(() => sql`select save_layout(${input}::text::jsonb, ${text}::text::jsonb)`),
      );
      const [row] = await db
        .select(summaryColumns)
        .from(layouts)
        .where(and(eq(layouts.organizationId, version.organizationId), eq(layouts.hash, version.hash)));
      const { createdAt: _createdAt, ...saved } = must(row, "the layout was just saved");
      return saved;
    },
    find: (id) => findWhere(eq(layouts.id, id)),
    findByHash: (hash) => findWhere(eq(layouts.hash, hash)),
    async list({ organization, query = "", ...ask }) {
      const pages = pagesIn(ask);
      const filter = and(
        NO_DRILLS.layouts,
        organization ? eq(layouts.organizationId, organization) : undefined,
        columnHoldsWords(layouts.name, query),
        own,
      );
      const [rows, total] = await Promise.all([
        db
          .select({ ...summaryColumns, sortKey: pages.sortKey })
          .from(layouts)
          .where(and(filter, pages.where()))
          .orderBy(...pages.orderBy)
          .limit(ask.limit + 1),
        db.$count(layouts, filter),
      ]);
      const page = pages.cut(rows, total);
      return {
        ...page,
        items: page.items.map(({ createdAt, sortKey: _sortKey, ...row }): LayoutSummary => ({
          ...row,
          createdAtMs: createdAt.getTime(),
        })),
      };
    },
  } satisfies Partial<LayoutStore>;

  async function findWhere(where: ReturnType<typeof eq>): Promise<LayoutRecord | null> {
    const [row] = await db.select().from(layouts).where(and(where, own)).limit(1);
    if (!row) return null;
    const { createdAt: _createdAt, ...layout } = row;
    return layout;
  }
}

/** Of its own organization, decided by the foreign key. */
async function venueKnown(write: () => PromiseLike<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (brokenConstraint(error) !== "layout_venue_known") throw error;
    throw new AppError("venue.not_found", {}, { cause: error });
  }
}

function changes(database: Database) {
  const { sql } = database;
  return {
    rename: (actor, { id, name }) =>
      withTx(database, async (tx) => {
        const [before] = await tx`select name from layout where id = ${id} for no key update`;
        if (!before) return null;
        const { name: from } = Named.parse(before);
        if (from === name) return from;
        await tx`update layout set name = ${name} where id = ${id}`;
        await auditAppend(tx, actor, { chain: id, action: "layout.renamed", detail: { from, to: name } });
        return from;
      }),
    async remove(actor, { id, reason }) {
      try {
        return await withTx(database, async (tx) => {
          const [gone] = await tx`delete from layout where id = ${id} returning name, hash`;
          if (!gone) return { kind: "not_found" } as const;
          const detail = { name: gone["name"] as unknown, hash: gone["hash"] as unknown, reason };
          await auditAppend(tx, actor, { chain: id, action: "layout.deleted", detail });
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
  } satisfies Partial<LayoutStore>;
}
