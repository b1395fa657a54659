import type { EventSummary } from "../event/event-store.ts";
import { isWindowOver } from "../event/sale-window.ts";
import type { EventId } from "../shared/ids.ts";
import { commitmentOf } from "./draw.ts";
import { canMoveLine, LINE_CLOCK, type LineId, type LineRecord, LineState } from "./line.ts";
import { makeDrawRunner } from "./run-draw.ts";
import { makeWaveRunner, type WaveRunnerDeps } from "./run-wave.ts";
import { lineNow } from "./write-now.ts";
import { roomKey } from "./line-room.ts";

export type LineControllerDeps = WaveRunnerDeps & {
  /** Names this process in the lease. */
  readonly holder: string;
  /** 32 random bytes, hex. */
  readonly newSeed: () => string;
  /** Lets other work of the process run between the steps of a long draw. */
  readonly breathe: () => Promise<void>;
  readonly eventOf: (eventId: EventId) => Promise<EventSummary | null>;
  readonly onError: (error: unknown, lineId: LineId) => void;
};

/** A controller that is silent for so long is replaced. */
const LEASE_MS = 5_000;

/**
 * Drives every line, once a second: opens and closes the lobby when their time has come, makes the draw, lets waves in
 * and writes the public document. One process at a time does so: the one that has the lease. The room and the store
 * check the lease's fence, so a process that was slow and lost it can do no harm.
 */
export function makeLineController(deps: LineControllerDeps) {
  const { store, clock } = deps;
  const draws = makeDrawRunner(deps);
  const waves = makeWaveRunner(deps);

  async function step(line: LineRecord, fence: number): Promise<void> {
    const event = await deps.eventOf(line.eventId);
    const moved = await moveOnTime(line, event);
    if (moved.state === "drawing") void draws.run(moved);
    const wave = await waves.run(moved, fence);
    await publish(moved, { wave, slug: event?.slug ?? line.eventId });
  }

  /** The moves that nobody has to make by hand. */
  async function moveOnTime(line: LineRecord, event: EventSummary | null): Promise<LineRecord> {
    const now = clock.nowMs();
    // Fans in it would wait for a sale that does not come back, and more fans would be sent there.
    if (event && line.openedAtMs !== null && isWindowOver(event, line.windowKey, now)) return close(line);
    if (line.state === "closed" && line.openedAtMs === null && now >= line.lobbyOpensAtMs)
      return openLobby(line);
    if (line.state === "lobby" && now >= line.drawsAtMs) {
      const closed = await store.closeLobby(LINE_CLOCK, { lineId: line.id });
      return closed.kind === "moved" ? closed.line : line;
    }
    return line;
  }

  async function openLobby(line: LineRecord): Promise<LineRecord> {
    const seed = deps.newSeed();
    const commitment = commitmentOf(seed);
    const opened = await store.openLobby(LINE_CLOCK, { lineId: line.id, seed, commitment });
    return opened.kind === "moved" ? opened.line : line;
  }

  async function close(line: LineRecord): Promise<LineRecord> {
    const from = LineState.options.filter((state) => canMoveLine(state, "closed"));
    const closed = await store.move(LINE_CLOCK, { lineId: line.id, from, to: "closed" });
    return closed.kind === "moved" ? closed.line : line;
  }

  async function publish(
    line: LineRecord,
    { wave, slug }: { wave: Awaited<ReturnType<typeof waves.run>>; slug: string },
  ): Promise<void> {
    const stock = await deps.stockOf(line);
    const now = lineNow({ line, slug, wave, stock, atMs: clock.nowMs() });
    await deps.room.publish(roomKey(line), JSON.stringify(now));
  }

  return {
    /** One round over all lines. false: another process is the controller. */
    async tick(): Promise<boolean> {
      const asked = clock.nowMs();
      const lease = await store.takeLease({ holder: deps.holder, leaseMs: LEASE_MS });
      if (!lease) return false;
      deps.health.sawDatabase(clock.nowMs() - asked);
      const lines = await store.listLive();
      await Promise.all(
        lines.map((line) => step(line, lease.fence).catch((error: unknown) => deps.onError(error, line.id))),
      );
      return true;
    },
    /** Resolves when no draw is under way here; for a process that ends. */
    idle: () => draws.idle(),
  };
}
export type LineController = ReturnType<typeof makeLineController>;
