import { type LineRecord, LineId, LineSettings } from "@onsale/core/line/line";
import type { WaveRow } from "@onsale/core/line/line-store";
import { LineNow } from "@onsale/core/line/now-serving";
import { EventId } from "@onsale/core/shared/ids";

/** An open line with these differences. */
export function sampleLine(over: Partial<LineRecord> = {}): LineRecord {
  return {
    ...LineSettings.parse({ lobbyOpensAtMs: 0, drawsAtMs: 0 }),
    id: LineId.parse("11111111-1111-4111-8111-111111111111"),
    eventId: EventId.parse("22222222-2222-4222-8222-222222222222"),
    state: "open",
    commitment: null,
    entriesRoot: null,
    seed: "ab".repeat(32),
    publicValue: null,
    drawn: 10,
    lastNumber: 10,
    openedAtMs: 1,
    finishedAtMs: null,
    settingsVersion: 1,
    ...over,
  };
}

export function sampleWave(over: Partial<WaveRow> = {}): WaveRow {
  return {
    seq: 1,
    atMs: 0,
    fence: 1,
    admitted: 5,
    activeAfter: 5,
    numbers: [],
    reason: "cap",
    inputs: {
      state: "open",
      selling: true,
      cap: 500,
      inflowPerSecond: 50,
      pacePct: 100,
      active: 0,
      front: 5,
      ordersWaiting: 0,
      databaseMs: 3,
      providerMs: 0,
      free: 100,
      held: 0,
      ticketsPerPass: 2.5,
    },
    ...over,
  };
}

export function sampleNow(over: Partial<LineNow> = {}): LineNow {
  const { id, eventId, windowKey, state, lobbyOpensAtMs, drawsAtMs } = sampleLine();
  const times = { atMs: 0, lobbyOpensAtMs, drawsAtMs, checkInMs: 4_000, graceMs: 300_000 };
  const numbers = { entries: 10, lastNumber: 10, servedTo: 5, calledTo: 8, perMinute: 60 };
  const draw = { commitment: null, publicValueSource: null, entriesRoot: null };
  return LineNow.parse({
    version: 1,
    line: id,
    event: eventId,
    slug: "a-show",
    windowKey,
    state,
    finished: false,
    resting: null,
    left: [],
    ticketsPerPass: null,
    soldOut: false,
    notice: "",
    room: "r",
    ...times,
    ...numbers,
    ...draw,
    ...over,
  });
}
