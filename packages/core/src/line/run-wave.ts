import type { Clock } from "../shared/clock.ts";
import type { EventId } from "../shared/ids.ts";
import { type LineId, type LineRecord, MORE_TIME_MS } from "./line.ts";
import { type AdmitResult, type LineRoom, roomKey, type RoomState, type RoomWave } from "./line-room.ts";
import type { LineCounts, LineStore } from "./line-store.ts";
import { makePace } from "./pace.ts";
import { frontTargetOf, planWave, type WaveInputs, type WaveReason } from "./wave.ts";

/** What is on sale right now, in the window that a line stands before. */
export type LineStock = {
  /** false: the event is paused, or the window is not open. */
  readonly selling: boolean;
  /** In a presale with an allotment, no more than it has left. */
  readonly free: number;
  /** Held and in checkout. */
  readonly held: number;
  readonly sold: number;
  readonly left: readonly { readonly category: string; readonly label: string; readonly free: number }[];
};

export type LineHealth = {
  readonly ordersWaiting: (eventId: EventId) => Promise<number>;
  readonly databaseMs: () => number;
  readonly sawDatabase: (ms: number) => void;
  readonly providerMs: () => Promise<number>;
};

export type WaveRunnerDeps = {
  readonly store: LineStore;
  readonly room: LineRoom;
  readonly clock: Clock;
  readonly health: LineHealth;
  readonly stockOf: (line: Pick<LineRecord, "eventId" | "windowKey">) => Promise<LineStock>;
  /** Names a room that is set up anew. */
  readonly newRoom: () => string;
  /** openingMs() of forecast.ts, but for tests that drive time themselves. */
  readonly settleAtOpeningMs: (draw: { entries: number; earlyMs: number }) => number;
};

/** What the round of one line ended with, for the public document. */
export type WaveOutcome = {
  readonly state: RoomState | null;
  readonly admitted: number;
  readonly reason: WaveReason;
  readonly ticketsPerPass: number | null;
  readonly joined: number;
  readonly perMinute: number;
};

/** What a controller remembers of a line between rounds; all of it can be had again from the store. */
type Memory = {
  recordedSeq: number;
  endsRecorded: number;
  /** The highest number that Postgres knows to be let in, as far as this controller heard. */
  servedTo: number;
  counts: LineCounts;
  countedAtMs: number;
  readonly pace: ReturnType<typeof makePace>;
};

/** Counting a million entries every few seconds would be a load of its own. */
const COUNTS_EVERY_MS = { usual: 3_000, large: 20_000 };
const LARGE_LINE = 100_000;
/** After a loss: long enough for everybody near the front to have read that the room is new. */
const SETTLE_MS = 6_000;

/** A guess while nobody is through. */
const TICKETS_PER_PASS = 2;
const PASSES_TO_TRUST = 20;
const WAVES_PER_PAGE = 500;

export function makeWaveRunner(deps: WaveRunnerDeps) {
  const memories = new Map<LineId, Memory>();

  async function remember(line: LineRecord): Promise<Memory> {
    const nowMs = deps.clock.nowMs();
    const known = memories.get(line.id);
    const every = (known?.counts.joined ?? 0) < LARGE_LINE ? COUNTS_EVERY_MS.usual : COUNTS_EVERY_MS.large;
    if (known && nowMs - known.countedAtMs < every) return known;
    const counts = await deps.store.counts(line.id);
    if (known) {
      const servedTo = Math.max(known.servedTo, counts.servedTo);
      return Object.assign(known, { counts, countedAtMs: nowMs, servedTo });
    }
    const [last] = await deps.store.waves({ lineId: line.id, limit: 1 });
    const memory = {
      recordedSeq: last?.seq ?? 0,
      endsRecorded: 0,
      servedTo: counts.servedTo,
      counts,
      countedAtMs: nowMs,
      pace: makePace(),
    };
    memories.set(line.id, memory);
    return memory;
  }

  return {
    async run(line: LineRecord, fence: number): Promise<WaveOutcome> {
      const memory = await remember(line);
      const ticketsPerPass = ticketsPerPassOf(memory.counts);
      const base = { ticketsPerPass, joined: memory.counts.joined };
      if (line.state !== "open" && line.state !== "paused" && line.state !== "draining")
        return { ...base, state: null, admitted: 0, reason: "not_open", perMinute: 0 };
      const before = await requireRoom(deps, { line, fence, memory });
      if (!before) return { ...base, state: null, admitted: 0, reason: "settling", perMinute: 0 };
      const inputs = await inputsOf(deps, { line, before, ticketsPerPass });
      const plan = planWave(inputs);
      const result = await admit(deps, { line, fence, memory, size: plan.size });
      if (result.kind !== "admitted")
        return { ...base, state: before, admitted: 0, reason: "settling", perMinute: 0 };
      const { state, wave, ends } = result;
      const admitted = wave?.admitted.length ?? 0;
      const reason = admitted < plan.size ? whyFewer(state, line.cap) : plan.reason;
      if (wave) await recordWave(deps, { line, fence, memory, wave, inputs, reason });
      await recordEnds(deps, { line, memory, ends });
      const perMinute = memory.pace.perMinute({ atMs: deps.clock.nowMs(), servedTo: state.servedTo });
      return { ...base, state, admitted, reason, perMinute };
    },
  };
}

/**
 * null: another controller has taken over, or Redis lost the room again at once. A room that is behind Postgres came
 * back from an older copy. It is set up again at once: fans who were let in since are missing in it, and would stay so
 * if nobody else waits.
 */
async function requireRoom(deps: WaveRunnerDeps, { line, fence, memory }: Round): Promise<RoomState | null> {
  const found = await deps.room.look(roomKey(line));
  if (found && found.servedTo >= memory.servedTo) return found;
  await restoreRoom(deps, line, fence);
  const restored = await deps.room.look(roomKey(line));
  if (restored) memory.servedTo = restored.servedTo;
  return restored;
}

async function inputsOf(
  { health, stockOf }: WaveRunnerDeps,
  { line, before, ticketsPerPass }: { line: LineRecord; before: RoomState; ticketsPerPass: number | null },
): Promise<WaveInputs> {
  const [stock, ordersWaiting, providerMs] = await Promise.all([
    stockOf(line),
    health.ordersWaiting(line.eventId),
    health.providerMs(),
  ]);
  return {
    state: line.state,
    selling: stock.selling,
    cap: line.cap,
    inflowPerSecond: line.inflowPerSecond,
    pacePct: line.pacePct,
    active: before.active,
    front: before.front,
    ordersWaiting,
    databaseMs: health.databaseMs(),
    providerMs,
    free: stock.free,
    held: stock.held,
    ticketsPerPass: ticketsPerPass ?? TICKETS_PER_PASS,
  };
}

type Round = { readonly line: LineRecord; readonly fence: number; readonly memory: Memory };

async function admit(
  { room }: WaveRunnerDeps,
  { line, fence, memory, size }: Round & { size: number },
): Promise<AdmitResult> {
  const { endsRecorded } = memory;
  // 0 in case the answer is lost: the same ends are named again then, and taking them away twice would forget others.
  memory.endsRecorded = 0;
  return room.admit({
    ...roomKey(line),
    fence,
    size,
    cap: line.cap,
    inflowPerSecond: line.inflowPerSecond,
    frontTarget: frontTargetOf(line),
    lastNumber: line.lastNumber,
    passTtlMs: line.passTtlMs,
    graceMs: line.graceMs,
    recordedSeq: memory.recordedSeq,
    endsRecorded,
  });
}

/** The script let fewer in than it might have: nobody was there, the cap was nearer than it looked, or the room settles. */
function whyFewer({ front, active }: RoomState, cap: number): WaveReason {
  if (front === 0) return "nobody_present";
  return active >= cap ? "cap" : "settling";
}

/** Fans of this wave get their passes once it is written; until then nobody else goes in. */
async function recordWave(
  deps: WaveRunnerDeps,
  {
    line,
    fence,
    memory,
    wave,
    inputs,
    reason,
  }: Round & { wave: RoomWave; inputs: WaveInputs; reason: WaveReason },
): Promise<void> {
  const { seq, atMs, activeAfter, admitted, cap, inflowPerSecond } = wave;
  const known = { ...inputs, cap, inflowPerSecond };
  const row = { seq, atMs, fence, inputs: known, reason, activeAfter, admitted: admitted.length };
  const result = await deps.store.recordWave({ lineId: line.id, wave: row, admitted });
  if (result.kind === "recorded" || result.kind === "known") {
    memory.recordedSeq = seq;
    memory.servedTo = Math.max(memory.servedTo, ...admitted.map(({ number }) => number));
  }
  // The room is older than Postgres: Redis came back with a stale copy. What it let in never happened.
  if (result.kind === "differs") await restoreRoom(deps, line, fence);
}

async function recordEnds(
  { store }: WaveRunnerDeps,
  {
    line,
    memory,
    ends,
  }: {
    line: LineRecord;
    memory: Memory;
    ends: Extract<AdmitResult, { kind: "admitted" }>["ends"];
  },
): Promise<void> {
  if (ends.length > 0) await store.endPasses(line.id, ends);
  memory.endsRecorded = ends.length;
}

/** Sets the lost room up from what Postgres knows: how far the line was, and who is inside. */
async function restoreRoom(
  { store, room, clock, newRoom, settleAtOpeningMs }: WaveRunnerDeps,
  line: LineRecord,
  fence: number,
): Promise<void> {
  const nowMs = clock.nowMs();
  const [open, counts] = await Promise.all([store.openPasses(line.id), store.counts(line.id)]);
  const recent = await wavesSince(store, line.id, nowMs - line.graceMs);
  let upTo = 0;
  const served: [number, number][] = [];
  const letIn: [number, number][] = [];
  for (const { atMs, numbers } of recent.toReversed()) {
    upTo = Math.max(upTo, numbers.at(-1) ?? 0);
    served.push([atMs, upTo]);
    for (const number of numbers) letIn.push([number, atMs]);
  }
  await room.restore({
    ...roomKey(line),
    fence,
    room: newRoom(),
    servedTo: counts.servedTo,
    lastSeq: recent[0]?.seq ?? 0,
    served,
    letIn,
    // Whoever is inside gets the time of one renewal to say so, but never more than they had.
    passes: open.map(({ accountId, admittedAtMs, extensions }) => ({
      accountId,
      untilMs: Math.min(nowMs + line.passTtlMs, admittedAtMs + line.passMaxMs + extensions * MORE_TIME_MS),
    })),
    settleMs:
      recent.length === 0
        ? settleAtOpeningMs({ entries: line.drawn ?? 0, earlyMs: line.drawsAtMs - nowMs })
        : SETTLE_MS,
  });
}

/** Newest first; at least the last wave, whose number and reach the room must know. */
async function wavesSince(store: LineStore, lineId: LineId, sinceMs: number) {
  const waves = await store.waves({ lineId, limit: WAVES_PER_PAGE });
  for (let oldest = waves.at(-1); oldest && oldest.atMs >= sinceMs; oldest = waves.at(-1)) {
    const more = await store.waves({ lineId, limit: WAVES_PER_PAGE, beforeSeq: oldest.seq });
    if (more.length === 0) break;
    waves.push(...more);
  }
  return waves;
}

function ticketsPerPassOf({ admitted, inside, tickets }: LineCounts): number | null {
  const through = admitted - inside;
  return through >= PASSES_TO_TRUST ? tickets / through : null;
}
