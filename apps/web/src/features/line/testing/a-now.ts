import { LineId } from "@onsale/core/line/line";
import { EventId } from "@onsale/core/shared/ids";
import type { Standing } from "@onsale/core/line/standing";
import { LineNow } from "@onsale/core/line/now-serving";

export const A_LINE = "6f2c1f39-3f3a-4c3e-9a51-0d6f5d3d9a10";
const AN_EVENT = "1d0f6a52-7d0a-4d6c-8b2e-5a4c1b9e7f20";

/** A line that is open and moves; say only what matters. */
export function aNow(facts: Partial<Record<keyof LineNow, unknown>>): LineNow {
  return LineNow.parse({
    version: 1,
    line: A_LINE,
    event: AN_EVENT,
    slug: "winter-match",
    windowKey: "public",
    atMs: 1_000_000,
    state: "open",
    finished: false,
    lobbyOpensAtMs: 0,
    drawsAtMs: 500_000,
    commitment: "ab".repeat(32),
    publicValueSource: null,
    entriesRoot: "cd".repeat(32),
    entries: 1_000,
    lastNumber: 1_000,
    servedTo: 100,
    calledTo: 140,
    checkInMs: 4_000,
    graceMs: 300_000,
    perMinute: 60,
    resting: null,
    left: [],
    ticketsPerPass: 2,
    soldOut: false,
    notice: "",
    room: "r1",
    ...facts,
  });
}

export function aStanding(facts: Partial<Standing>): Standing {
  return {
    lineId: LineId.parse(A_LINE),
    eventId: EventId.parse(AN_EVENT),
    windowKey: "public",
    entry: "0f".repeat(16),
    number: 300,
    ticket: "place.x.y",
    phase: "waiting",
    ended: null,
    extensionsLeft: 10,
    ...facts,
  };
}
