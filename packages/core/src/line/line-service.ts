import type { Staff } from "../actor/actor.ts";
import { refuseElsewhere } from "../actor/own-organization.ts";
import { changedMeanwhile } from "../audit/change.ts";
import type { EventSummary } from "../event/event-store.ts";
import { PUBLIC_WINDOW, windowKeyOf } from "../event/window-key.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId } from "../shared/ids.ts";
import { commitmentOf } from "./draw.ts";
import type { DrawFile } from "./draw-file.ts";
import type { LineCatalog, PublicLines } from "./line-catalog.ts";
import {
  canMoveLine,
  type LineId,
  type LineLevers,
  type LineRecord,
  type LineSettings,
  LineState,
} from "./line.ts";
import { type LineRoom, roomKey, type RoomState } from "./line-room.ts";
import type { LineCounts, LineStore, MoveLineResult, WaveRow } from "./line-store.ts";
import { LineNow } from "./now-serving.ts";
import { lineBadMove, lineNotFound } from "./refusals.ts";

/** What a line needs to know of its event. */
type LineEvent = Pick<EventSummary, "saleWindows" | "organizationId">;

export type LineServiceDeps = {
  readonly store: LineStore;
  readonly room: LineRoom;
  readonly catalog: LineCatalog;
  readonly publicLines: PublicLines;
  readonly eventOf: (eventId: EventId) => Promise<LineEvent | null>;
  /** 32 random bytes, hex. */
  readonly newSeed: () => string;
};

export type LiveLine = {
  readonly line: LineRecord;
  readonly now: LineNow | null;
  readonly counts: LineCounts;
  readonly room: RoomState | null;
};

const ENTRIES_PER_PAGE = 20_000;

/** What organizers and operators do to a line. */
export function makeLineService(deps: LineServiceDeps) {
  const { store, catalog } = deps;

  /** What this process remembers must not be older than what it just did. */
  function seen(line: LineRecord): LineRecord {
    catalog.forget(line.eventId);
    return line;
  }

  return {
    async create(actor: Staff, input: { eventId: EventId; settings: LineSettings }): Promise<LineRecord> {
      requireWindow(await requireEvent(deps, actor, input.eventId), input.settings);
      const line = await store.create(actor, input);
      if (!line) throw new AppError("line.exists");
      return seen(line);
    },
    configure: async (actor: Staff, input: Configuration) => seen(await configureLine(deps, actor, input)),
    remove: async (actor: Staff, lineId: LineId) => seen(await removeLine(deps, actor, lineId)),
    /** Throws change.stale where somebody changed or moved the line since `version`. */
    async pullLevers(actor: Staff, input: Pressed & { levers: LineLevers }): Promise<LineRecord> {
      await requireOwn(deps, actor, input.lineId);
      const result = await store.pullLevers(actor, input);
      if (result.kind === "stale") throw changedMeanwhile("line", result);
      if (result.kind === "not_found") throw lineNotFound();
      return seen(result.line);
    },
    /** Throws change.stale as pullLevers does; a move of the clock counts as well. */
    move: async (actor: Staff, input: Pressed & { to: LineState }) =>
      seen(await requireMoved(deps, actor, input)),
    /** The value that was named before; once it stands there it stays. */
    async setPublicValue(actor: Staff, input: { lineId: LineId; publicValue: string }): Promise<LineRecord> {
      await requireOwn(deps, actor, input.lineId);
      const line = await store.setPublicValue(actor, input);
      if (!line) throw new AppError("line.bad_transition", { why: "public_value" });
      return seen(line);
    },
    async linesOf(actor: Staff, eventId: EventId): Promise<LineRecord[]> {
      await requireEvent(deps, actor, eventId);
      return store.findByEvent(eventId);
    },
    async live(actor: Staff, lineId: LineId): Promise<LiveLine> {
      const line = await requireOwn(deps, actor, lineId);
      const [published, counts, room] = await Promise.all([
        deps.room.published(roomKey(line)).catch(() => null),
        store.counts(lineId),
        deps.room.look(roomKey(line)).catch(() => null),
      ]);
      return { line, counts, room, now: published === null ? null : LineNow.parse(JSON.parse(published)) };
    },
    async waves(
      actor: Staff,
      input: { lineId: LineId; limit: number; beforeSeq?: number },
    ): Promise<WaveRow[]> {
      await requireOwn(deps, actor, input.lineId);
      return store.waves(input);
    },
    /** Throws line.not_found or draw.not_published; asked before the work on a draw begins, and answered from memory. */
    async requireDrawn(lineId: LineId): Promise<void> {
      const line = await deps.publicLines.find(lineId);
      if (!line) throw lineNotFound();
      if (line.seed === null) throw drawNotPublished();
    },
    drawFile: (lineId: LineId) => drawFileOf(deps, lineId),
  };
}
export type LineService = ReturnType<typeof makeLineService>;

/** Who looked at the line and then pressed: `version` is the one that they saw. */
type Pressed = { readonly lineId: LineId; readonly version?: number };
type Configuration = { lineId: LineId; version: number; settings: LineSettings };

async function configureLine(deps: LineServiceDeps, actor: Staff, input: Configuration): Promise<LineRecord> {
  const { eventId } = await required(deps, input.lineId);
  requireWindow(await requireEvent(deps, actor, eventId), input.settings);
  const result = await deps.store.configure(actor, input);
  switch (result.kind) {
    case "done":
      return result.line;
    case "not_found":
      throw lineNotFound();
    case "fixed":
      throw new AppError("line.settings_fixed");
    case "stale":
      throw changedMeanwhile("line", result);
  }
}

async function requireEvent(
  { eventOf }: Pick<LineServiceDeps, "eventOf">,
  actor: Staff,
  eventId: EventId,
): Promise<LineEvent> {
  const event = await eventOf(eventId);
  const unknown = () => new AppError("event.not_found");
  if (!event) throw unknown();
  refuseElsewhere(actor, event.organizationId, unknown);
  return event;
}

/** A line for a window that is not there would never stand before anything. */
function requireWindow(event: LineEvent, { windowKey }: Pick<LineSettings, "windowKey">): void {
  const known = [...new Set([PUBLIC_WINDOW, ...event.saleWindows.map(windowKeyOf)])];
  if (known.includes(windowKey)) return;
  throw new AppError("input.invalid", { why: "window", windowKey, known });
}

async function required({ store }: Pick<LineServiceDeps, "store">, lineId: LineId): Promise<LineRecord> {
  const line = await store.find(lineId);
  if (!line) throw lineNotFound();
  return line;
}

/** The line, where it is one of the actor's own organization. */
async function requireOwn(
  deps: Pick<LineServiceDeps, "store" | "eventOf">,
  actor: Staff,
  lineId: LineId,
): Promise<LineRecord> {
  const line = await required(deps, lineId);
  const event = await deps.eventOf(line.eventId);
  refuseElsewhere(actor, event?.organizationId ?? null, lineNotFound);
  return line;
}

/** Gives the sale back to whoever is fastest; only while nobody could stand in the line. */
async function removeLine(
  deps: Pick<LineServiceDeps, "store" | "eventOf">,
  actor: Staff,
  lineId: LineId,
): Promise<LineRecord> {
  const line = await requireOwn(deps, actor, lineId);
  switch (await deps.store.remove(actor, lineId)) {
    case "removed":
      return line;
    case "not_found":
      throw lineNotFound();
    case "fixed":
      throw new AppError("line.settings_fixed", { why: "removal" });
  }
}

async function requireMoved(
  deps: LineServiceDeps,
  actor: Staff,
  input: Pressed & { to: LineState },
): Promise<LineRecord> {
  await requireOwn(deps, actor, input.lineId);
  const result = await moveLine(deps, actor, input);
  if (result.kind === "moved") return result.line;
  if (result.kind === "stale") throw changedMeanwhile("line", result);
  throw lineBadMove(await required(deps, input.lineId), input.to);
}

/**
 * Opening the lobby makes a seed, closing it fixes the entries, and only the controller draws. Every other move is a
 * plain one.
 */
async function moveLine(
  { store, newSeed }: LineServiceDeps,
  actor: Staff,
  { to, ...pressed }: Pressed & { to: LineState },
): Promise<MoveLineResult> {
  if (to === "lobby") {
    const seed = newSeed();
    return store.openLobby(actor, { ...pressed, seed, commitment: commitmentOf(seed) });
  }
  if (to === "drawing") return store.closeLobby(actor, pressed);
  const from = LineState.options.filter(
    (state) => canMoveLine(state, to) && !(state === "drawing" && to === "open"),
  );
  return store.move(actor, { ...pressed, from, to });
}

const drawNotPublished = () => new AppError("draw.not_published");

/** The published draw; its form is fixed in docs/fair-draw.md. */
async function drawFileOf(deps: LineServiceDeps, lineId: LineId): Promise<DrawFile> {
  const line = await required(deps, lineId);
  const { commitment, seed, entriesRoot, drawn } = line;
  if (commitment === null || seed === null || entriesRoot === null || drawn === null)
    throw drawNotPublished();
  const entries: string[] = [];
  while (entries.length < drawn) {
    const page = await deps.store.drawnEntries({
      lineId,
      first: entries.length + 1,
      limit: Math.min(ENTRIES_PER_PAGE, drawn - entries.length),
    });
    if (page.length === 0) break;
    for (const entry of page) entries.push(entry);
  }
  return {
    version: 1,
    event: line.eventId,
    commitment,
    seed,
    publicValue: line.publicValue,
    entriesRoot,
    entries,
  };
}
