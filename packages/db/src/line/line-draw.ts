import type { Actor } from "@onsale/core/actor/actor";
import type { LineStore } from "@onsale/core/line/line-store";
import { audited } from "../audit/audited.ts";
import type { Database } from "../client.ts";
import { brokenConstraint } from "../pg-errors.ts";
import { retryConflicts } from "../retry.ts";
import { findLine, moveLine } from "./line-life.ts";

/** Keeps one statement far below its time limit, whatever the caller's page is. */
const NUMBERS_PER_STATEMENT = 5_000;

/** The entries of the draw, what it is made from, and the numbers that come of it. */
export function lineDraw(database: Database) {
  const { sql } = database;

  async function setFact(
    actor: Actor,
    fact: { lineId: string; entriesRoot?: string; publicValue?: string },
  ): Promise<boolean> {
    const [row] = await retryConflicts(
      () => sql`select set_draw_fact(${audited(actor, fact)}::text::jsonb) as stands`,
    );
    return row?.["stands"] === true;
  }

  return {
    async setEntriesRoot(actor, input) {
      if (await setFact(actor, input)) return;
      throw new Error(`line ${input.lineId} is not drawing, or has another root`);
    },
    setPublicValue: async (actor, input) =>
      (await setFact(actor, input)) ? findLine(database, input.lineId) : null,
    async drawEntries({ lineId, after, limit }) {
      const rows = await sql<{ entry: string }[]>`
        select entry from draw_entries(${lineId}, ${after}, ${limit}) as entry`;
      return rows.map((row) => row.entry);
    },
    async seedForDraw(lineId) {
      const [row] = await sql<{ seed: string }[]>`
        select s.seed from line_seed s join line l on l.line_no = s.line_no where l.id = ${lineId}`;
      return row?.seed ?? null;
    },
    async numberEntries({ lineId, first, entries }) {
      for (let at = 0; at < entries.length; at += NUMBERS_PER_STATEMENT) {
        const page = entries.slice(at, at + NUMBERS_PER_STATEMENT);
        await retryConflicts(() => sql`select number_entries(${lineId}, ${first + at}, ${page}::uuid[])`);
      }
    },
    async finishDraw(actor, lineId) {
      try {
        return await moveLine(database, actor, { lineId, from: ["drawing"], to: "open" });
      } catch (error) {
        const constraint = brokenConstraint(error);
        if (constraint === "line_all_drawn" || constraint === "line_drawn_in_public")
          return { kind: "refused", from: "drawing" };
        throw error;
      }
    },
    // By line_number_once and, for those who have another number by now, line_drawn_once.
    async drawnEntries({ lineId, first, limit }) {
      const last = first + limit - 1;
      const rows = await sql<{ entry: string }[]>`
        select encode(uuid_send(d.entry), 'hex') as entry
        from line l cross join lateral (
          select e.number, e.entry from line_entry e
          where e.line_no = l.line_no and e.number between ${first} and least(l.drawn, ${last})
          union all
          select e.drawn_as, e.entry from line_entry e
          where e.line_no = l.line_no and e.drawn_as between ${first} and ${last}) d
        where l.id = ${lineId} and l.seed is not null
        order by d.number`;
      return rows.map((row) => row.entry);
    },
  } satisfies Partial<LineStore>;
}
