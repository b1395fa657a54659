import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Actor } from "@onsale/core/actor/actor";
import { EVENT_NEXT, type EventRecord, type EventState } from "@onsale/core/event/event";
import { Stale } from "@onsale/core/audit/change";
import type { EventMove, EventStore, MoveResult } from "@onsale/core/event/event-store";
import type { LayoutStore } from "@onsale/core/layout/layout-store";
import { compileLayout, houseSeatsOf } from "@onsale/core/layout/seat-plan";
import { must } from "@onsale/core/shared/assert";
import { AppError } from "@onsale/core/shared/errors";
import { EventId } from "@onsale/core/shared/ids";
import { audited } from "../audit/audited.ts";
import type { Database } from "../client.ts";
import { makePgLayoutStore } from "../layout/pg-layout-store.ts";
import { brokenConstraint, type Constraint } from "../pg-errors.ts";
import { retryConflicts } from "../retry.ts";
import { events } from "../schema/tables.ts";
import { eventReads } from "./event-reads.ts";
import { eventOf } from "./event-row.ts";

/** Mails that one transaction writes about a cancellation; a job for the rest goes along. */
const CANCELLED_MAILS_AT_ONCE = 1_000;

/** Events in Postgres. Changes and moves are SQL functions: functions/event. */
export function makePgEventStore(database: Database): EventStore {
  const { sql } = database;
  const layouts = makePgLayoutStore(database);
  return {
    ...drafts(database),
    ...eventReads(database),
    moveEvent: (actor, move) => moveEvent(database, actor, { ...move, findLayout: (id) => layouts.find(id) }),
    async endEventOver() {
      const [row] = await retryConflicts(() => sql`select end_event_over() as id`);
      return EventId.nullable().parse(row?.["id"]);
    },
    async tellCancelled(news) {
      const input = JSON.stringify({ ...news, limit: CANCELLED_MAILS_AT_ONCE });
      await retryConflicts(() => sql`select tell_cancelled(${input}::text::jsonb)`);
    },
  };
}

const NotFound = z.object({ kind: z.literal("not_found") });
const Saved = z.discriminatedUnion("kind", [z.object({ kind: z.literal("saved") }), Stale, NotFound]);
function drafts({ sql, db }: Database) {
  return {
    createEvent: (actor, organizationId, draft) =>
      explained(async () => {
        const input = audited(actor, { organizationId, draft });
        const [made] = await retryConflicts(() => sql`select create_event(${input}::text::jsonb) as id`);
        const id = EventId.parse(made?.["id"]);
        const [row] = await db.select().from(events).where(eq(events.id, id));
        return eventOf(must(row, "an event that was made stays"));
      }),
    updateEvent: (actor, id, change) =>
      explained(async () => {
        const input = audited(actor, { id, ...change });
        const [answer] = await retryConflicts(() => sql`select save_event(${input}::text::jsonb) as answer`);
        const result = Saved.parse(answer?.["answer"]);
        if (result.kind !== "saved") return result;
        const [row] = await db.select().from(events).where(eq(events.id, id));
        return { kind: "saved", event: eventOf(must(row, "an event that was saved stays")) };
      }),
  } satisfies Partial<EventStore>;
}

/** The promises of the schema that a draft may break. */
const REFUSALS: Partial<Record<Constraint, (cause: unknown) => AppError>> = {
  event_slug_once: (cause) => new AppError("event.slug_taken", {}, { cause }),
  event_venue_known: (cause) => new AppError("venue.not_found", {}, { cause }),
  event_layout_known: (cause) => new AppError("layout.not_found", {}, { cause }),
  window_allotment_within: (cause) => new AppError("input.invalid", { why: "allotment_sold" }, { cause }),
  event_layout_frozen: (cause) =>
    new AppError("event.bad_transition", { why: "layout_and_currency_fixed" }, { cause }),
};

export async function explained<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const constraint = brokenConstraint(error);
    const refusal = constraint && REFUSALS[constraint];
    throw refusal ? refusal(error) : error;
  }
}

const Moved = z.object({ kind: z.enum(["moved", "not_found", "refused"]), from: z.string().optional() });

/** Publishing needs the compiled layout: its areas become pools and its house seats are blocked. */
async function moveEvent(
  { sql, db }: Database,
  actor: Actor,
  move: EventMove & { findLayout: LayoutStore["find"] },
): Promise<MoveResult> {
  const from = (Object.keys(EVENT_NEXT) as EventState[]).filter((state) =>
    (EVENT_NEXT[state] as readonly EventState[]).includes(move.to),
  );
  const answer = await retryConflicts(async () => {
    const stock = move.to === "published" ? await stockOf(move.id) : {};
    const { id, to, reason } = move;
    const input = audited(actor, { id, to, from, reason, ...stock });
    const [row] = await sql`select move_event(${input}::text::jsonb) as answer`;
    return Moved.parse(row?.["answer"]);
  });
  if (answer.kind === "not_found") return { kind: "not_found" };
  if (answer.kind === "refused") return { kind: "refused", from: answer.from as EventState };
  return { kind: "moved", event: must(await find(), "the event was just moved") };

  async function find(): Promise<EventRecord | null> {
    const [row] = await db.select().from(events).where(eq(events.id, move.id));
    return row ? eventOf(row) : null;
  }

  async function stockOf(id: EventId) {
    const layoutId = (await find())?.layoutId ?? null;
    const layout = layoutId === null ? null : await move.findLayout(layoutId);
    if (!layout) return { id, layoutId: null, areas: [], houseSeats: [] };
    const plan = compileLayout(layout.document);
    const areas = plan.areas.map(({ capacity }, areaNo) => ({ areaNo, capacity }));
    return { layoutId, areas, houseSeats: houseSeatsOf(plan) };
  }
}
