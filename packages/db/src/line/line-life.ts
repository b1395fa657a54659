import { and, asc, eq, inArray, isNull, notInArray } from "drizzle-orm";
import type { Actor } from "@onsale/core/actor/actor";
import { z } from "zod";
import { Stale } from "@onsale/core/audit/change";
import type { LineId, LineRecord } from "@onsale/core/line/line";
import { LineState } from "@onsale/core/line/line";
import type { LineStore, MoveLineResult } from "@onsale/core/line/line-store";
import { must } from "@onsale/core/shared/assert";
import { AppError } from "@onsale/core/shared/errors";
import { audited } from "../audit/audited.ts";
import type { Database } from "../client.ts";
import { brokenConstraint } from "../pg-errors.ts";
import { ofEvent } from "../organization/scope.ts";
import { retryConflicts } from "../retry.ts";
import { events, lines } from "../schema/tables.ts";
import { batchedCalls } from "./batched-calls.ts";
import { lineOf } from "./line-row.ts";

const LINES_PER_STATEMENT = 500;

const Configured = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["done", "fixed", "not_found"]) }),
  Stale,
]);
const Pulled = z.discriminatedUnion("kind", [z.object({ kind: z.enum(["done", "not_found"]) }), Stale]);
const Removed = z
  .enum(["done", "fixed", "not_found"])
  .transform((word) => (word === "done" ? "removed" : word));
const Moved = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["moved", "refused"]), from: LineState }),
  z.object({ kind: z.literal("not_found") }),
  Stale,
]);

/** What is set up, changed and moved by people and by the clock; each with its audit entry, in one function. */
export function lineLife(database: Database) {
  const { sql, db } = database;
  // Anybody may ask for any id, so a storm of them is a few statements and not all connections.
  const find = batchedCalls((lineIds: readonly LineId[]) => findLines(database, lineIds), {
    batchMax: LINES_PER_STATEMENT,
    flightsMax: 2,
  });

  return {
    async create(actor, input) {
      const [row] = await explained(
        () => sql`select create_line(${audited(actor, input)}::text::jsonb) as id`,
      );
      const id = z.uuid().nullable().parse(row?.["id"]);
      return id === null ? null : findLine(database, id as LineId);
    },
    async configure(actor, input) {
      const [row] = await explained(
        () => sql`select configure_line(${audited(actor, input)}::text::jsonb) as answer`,
      );
      const answer = Configured.parse(row?.["answer"]);
      if (answer.kind === "stale") return answer;
      if (answer.kind !== "done") return { kind: answer.kind };
      return { kind: "done", line: must(await findLine(database, input.lineId), "it was just configured") };
    },
    async remove(actor, lineId) {
      const [row] = await retryConflicts(
        () => sql`select remove_line(${audited(actor, { lineId })}::text::jsonb) as outcome`,
      );
      return Removed.parse(row?.["outcome"]);
    },
    async pullLevers(actor, input) {
      const [row] = await retryConflicts(
        () => sql`select pull_line_levers(${audited(actor, input)}::text::jsonb) as answer`,
      );
      const answer = Pulled.parse(row?.["answer"]);
      if (answer.kind === "stale") return answer;
      if (answer.kind === "not_found") return { kind: "not_found" };
      return {
        kind: "done",
        line: must(await findLine(database, input.lineId), "its levers were just pulled"),
      };
    },
    find,
    async findByEvent(eventId) {
      const rows = await db
        .select()
        .from(lines)
        .where(and(eq(lines.eventId, eventId), ofEvent(database, lines.eventId)))
        .orderBy(asc(lines.lineNo));
      return rows.map(lineOf);
    },
    async listLive() {
      const rows = await db
        .select({ line: lines })
        .from(lines)
        .innerJoin(events, eq(events.id, lines.eventId))
        .where(and(isNull(lines.finishedAt), notInArray(events.state, ["ended", "cancelled"])))
        .orderBy(asc(lines.lineNo));
      return rows.map(({ line }) => lineOf(line));
    },
    openLobby: (actor, input) => moveLine(database, actor, { ...input, from: ["closed"], to: "lobby" }),
    closeLobby: (actor, input) => moveLine(database, actor, { ...input, from: ["lobby"], to: "drawing" }),
    move: (actor, input) => moveLine(database, actor, input),
  } satisfies Partial<LineStore>;
}

async function findLines(database: Database, lineIds: readonly LineId[]): Promise<(LineRecord | null)[]> {
  const rows = await database.db
    .select()
    .from(lines)
    .where(and(inArray(lines.id, [...lineIds]), ofEvent(database, lines.eventId)));
  const byId = new Map(rows.map((row) => [row.id, lineOf(row)]));
  return lineIds.map((lineId) => byId.get(lineId) ?? null);
}

export async function findLine({ db }: Pick<Database, "db">, lineId: LineId): Promise<LineRecord | null> {
  const [row] = await db.select().from(lines).where(eq(lines.id, lineId));
  return row ? lineOf(row) : null;
}

export async function moveLine(
  database: Database,
  actor: Actor,
  move: Parameters<LineStore["move"]>[1] & { seed?: string; commitment?: string },
): Promise<MoveLineResult> {
  const [row] = await retryConflicts(
    () => database.sql`select move_line(${audited(actor, move)}::text::jsonb) as answer`,
  );
  const answer = Moved.parse(row?.["answer"]);
  if (answer.kind === "stale") return answer;
  if (answer.kind === "not_found") return { kind: "not_found" };
  if (answer.kind === "refused") return { kind: "refused", from: answer.from };
  return { kind: "moved", line: must(await findLine(database, move.lineId), "a line that moved stays") };
}

/** The promises of the schema that settings may break, in words. */
async function explained<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await retryConflicts(write);
  } catch (error) {
    const constraint = brokenConstraint(error);
    if (constraint === "line_event_known") throw new AppError("event.not_found", {}, { cause: error });
    if (constraint === "line_window_once") throw new AppError("line.exists", {}, { cause: error });
    throw error;
  }
}
