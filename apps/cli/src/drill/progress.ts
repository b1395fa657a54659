import type { DrillPhase, DrillProgress } from "@onsale/core/drill/drill-progress";
import type { BotTally } from "./bots/bot-tally.ts";
import type { DrillSettings } from "./drill-settings.ts";
import type { FaultRun } from "./fault-runner.ts";
import { type LineWatch, waitingIn } from "./line-watch.ts";
import type { Tally } from "./tally.ts";

export type OnProgress = (progress: DrillProgress) => void;

const EVERY_MS = 1_000;

/** Before anybody comes and after everybody has gone: what goes on, in words. */
export function stillProgress(
  phase: DrillPhase,
  note: string,
  { fans, bots, seats, line }: DrillSettings,
): DrillProgress {
  return {
    phase,
    note,
    second: null,
    fans: { total: fans, arrived: 0, waiting: 0, inside: 0, gone: 0 },
    bots: { total: bots, requests: 0, refused: 0 },
    line: line && {
      joined: 0,
      servedTo: 0,
      calledTo: 0,
      active: 0,
      cap: line.cap,
      front: 0,
      lastWave: null,
      overCap: 0,
    },
    tickets: 0,
    seats,
    perSecond: { requests: 0, holds: 0, orders: 0 },
    p95: { hold: null, checkout: null },
    errors: {},
    outcomes: {},
    faults: [],
  };
}

export type Watched = {
  readonly settings: DrillSettings;
  readonly seats: number;
  readonly tally: Tally;
  readonly bots: BotTally | null;
  readonly watch: LineWatch | null;
  readonly faults: FaultRun;
  readonly nowMs: () => number;
};

/** Tells a new progress each second until it is stopped. */
export function tellProgress(watched: Watched, onProgress: OnProgress): { stop: () => void } {
  let requestsBefore = 0;
  const tell = () => {
    onProgress(progressOf(watched, requestsBefore));
    requestsBefore = watched.tally.latencies.total();
  };
  const timer = setInterval(tell, EVERY_MS);
  return { stop: () => clearInterval(timer) };
}

function progressOf(
  { settings, seats, tally, bots, watch, faults, nowMs }: Watched,
  requestsBefore: number,
): DrillProgress {
  const second = Math.floor(nowMs() / 1_000);
  const { arrived, inside } = tally.counts;
  const [now, room, gone] = [watch?.now() ?? null, watch?.room() ?? null, tally.gone()];
  const lastSecond = tally.at(second - 1);
  return {
    phase: phaseOf(watch, second),
    note: noteOf(tally, settings, second),
    second,
    fans: {
      total: settings.fans,
      arrived,
      waiting: waitingIn(tally),
      inside,
      gone,
    },
    bots: { total: settings.bots, requests: bots?.requests() ?? 0, refused: bots?.refused() ?? 0 },
    line: settings.line && {
      joined: now?.entries ?? 0,
      servedTo: room?.servedTo ?? 0,
      calledTo: room?.calledTo ?? 0,
      active: room?.active ?? 0,
      cap: settings.line.cap,
      front: room?.front ?? 0,
      lastWave: watch?.lastWave() ?? null,
      overCap: watch?.overCap() ?? 0,
    },
    tickets: tally.ticketCount(),
    seats,
    perSecond: {
      requests: tally.latencies.total() - requestsBefore,
      holds: lastSecond.holds,
      orders: lastSecond.orders,
    },
    p95: { hold: tally.recentP95Ms("hold"), checkout: tally.recentP95Ms("checkout") },
    errors: tally.errors() as Record<string, number>,
    outcomes: tally.outcomes(),
    faults: faults
      .findings()
      .map(({ second: at, kind, doneAtSecond }) => ({ second: at, kind, done: doneAtSecond !== null })),
  };
}

function phaseOf(watch: LineWatch | null, second: number): DrillPhase {
  const state = watch?.now()?.state;
  if (watch && (state === "closed" || state === "lobby" || (state === undefined && second < 0)))
    return "lobby";
  return state === "drawing" ? "drawing" : "selling";
}

function noteOf(tally: Tally, { fans }: DrillSettings, second: number): string {
  const when = second < 0 ? `T-${-second} s` : `T+${second} s`;
  return `${when}  ${tally.counts.arrived} of ${fans} fans came, ${tally.gone()} gone  ${tally.ticketCount()} tickets`;
}
