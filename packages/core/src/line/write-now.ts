import type { LineRecord } from "./line.ts";
import { LineNow } from "./now-serving.ts";
import type { LineStock, WaveOutcome } from "./run-wave.ts";

/** How often those who are called say that they are there; three of them fit into the time of presence. */
export const CHECK_IN_MS = 4_000;

/** The public document, from facts that are public. */
export function lineNow({
  line,
  slug,
  wave,
  stock,
  atMs,
}: {
  line: LineRecord;
  slug: string;
  wave: WaveOutcome;
  stock: LineStock;
  atMs: number;
}): LineNow {
  const { state } = wave;
  return LineNow.parse({
    version: 1,
    line: line.id,
    event: line.eventId,
    slug,
    windowKey: line.windowKey,
    atMs,
    state: line.state,
    finished: line.finishedAtMs !== null,
    lobbyOpensAtMs: line.lobbyOpensAtMs,
    drawsAtMs: line.drawsAtMs,
    commitment: line.commitment,
    publicValueSource: line.publicValueSource,
    entriesRoot: line.entriesRoot,
    entries: line.drawn ?? wave.joined,
    lastNumber: line.lastNumber,
    servedTo: state?.servedTo ?? 0,
    calledTo: state?.calledTo ?? 0,
    checkInMs: CHECK_IN_MS,
    graceMs: line.graceMs,
    perMinute: Math.round(wave.perMinute * 10) / 10,
    resting: wave.admitted > 0 ? null : wave.reason,
    left: stock.left,
    ticketsPerPass: wave.ticketsPerPass === null ? null : Math.round(wave.ticketsPerPass * 100) / 100,
    soldOut: stock.free === 0 && stock.held === 0 && stock.sold > 0,
    notice: line.notice,
    room: state?.room ?? "",
  });
}
