import type { Container } from "@onsale/api/container";
import type { LineDepthPoint } from "@onsale/core/drill/line-report";
import type { LineId } from "@onsale/core/line/line";
import type { RoomState } from "@onsale/core/line/line-room";
import { LineNow } from "@onsale/core/line/now-serving";
import type { WaveReason } from "@onsale/core/line/wave";
import { roomKey } from "@onsale/core/line/room-key";
import type { DrillEvent } from "./drill-event.ts";
import type { Tally } from "./tally.ts";

const LOOK_EVERY_MS = 200;

/** What the drill sees of the line from outside while the sale goes on. */
export type LineWatch = {
  readonly room: () => RoomState | null;
  readonly now: () => LineNow | null;
  /** The newest wave, as Postgres has it. */
  readonly lastWave: () => { readonly admitted: number; readonly reason: WaveReason } | null;
  /** Most passes above the cap at any look. */
  readonly overCap: () => number;
  readonly mostActive: () => number;
  readonly samples: () => number;
  readonly firstAdmissionSecond: () => number | null;
  readonly soldOutSecond: () => number | null;
  readonly depth: () => readonly LineDepthPoint[];
  /** What the document promised before the draw was made; null: the drill did not see it in time. */
  readonly promised: () => { readonly commitment: string | null; readonly entriesRoot: string | null };
  readonly stop: () => Promise<void>;
};

type Watched = {
  readonly container: Container;
  readonly event: Pick<DrillEvent, "eventId">;
  readonly lineId: LineId;
  readonly cap: number;
  readonly tally: Tally;
  readonly nowMs: () => number;
};

/** Looks at the room five times a second, through the stores and not through the server, and reads the document once a second. */
export function watchLine(watched: Watched): LineWatch {
  const { container, tally, nowMs, cap } = watched;
  const key = roomKey({ id: watched.lineId, eventId: watched.event.eventId });
  const seen = { overCap: 0, mostActive: 0, samples: 0 };
  let room: RoomState | null = null;
  let now: LineNow | null = null;
  let lastWave: { admitted: number; reason: WaveReason } | null = null;
  let soldOutSecond: number | null = null;
  let firstAdmissionSecond: number | null = null;
  const depth: LineDepthPoint[] = [];
  const promised: { commitment: string | null; entriesRoot: string | null } = {
    commitment: null,
    entriesRoot: null,
  };
  const tenth = () => Math.round(nowMs() / 100) / 10;

  async function lookAtRoom(): Promise<void> {
    room = await container.lineRoom.look(key);
    if (!room) return;
    seen.samples += 1;
    seen.mostActive = Math.max(seen.mostActive, room.active);
    seen.overCap = Math.max(seen.overCap, room.active - cap);
    if (room.servedTo > 0) firstAdmissionSecond ??= tenth();
  }

  async function readDocument(): Promise<void> {
    const text = await container.lineRoom.published(key);
    if (text === null) return;
    now = LineNow.parse(JSON.parse(text));
    if (now.state === "lobby") promised.commitment ??= now.commitment;
    if (now.state === "drawing") promised.entriesRoot ??= now.entriesRoot;
    // What comes back from a basket ends an earlier "sold out".
    if (now.soldOut) soldOutSecond ??= tenth();
    else soldOutSecond = null;
  }

  async function readLastWave(): Promise<void> {
    const [wave] = await container.lines.waves({ lineId: watched.lineId, limit: 1 });
    if (wave) lastWave = { admitted: wave.admitted, reason: wave.reason };
  }

  function noteDepth(): void {
    const second = Math.floor(nowMs() / 1_000);
    if (depth.at(-1)?.second === second) return;
    const { inside, entered } = tally.counts;
    const joined = tally.joined.length;
    depth.push({
      second,
      joined,
      // Whoever is gone without having been inside left the line.
      waiting: Math.max(0, joined - entered - (tally.gone() - (entered - inside))),
      active: room?.active ?? 0,
      front: room?.front ?? 0,
      servedTo: room?.servedTo ?? now?.servedTo ?? 0,
      calledTo: room?.calledTo ?? now?.calledTo ?? 0,
    });
  }

  let stopped = false;
  let rounds = 0;
  const looking = (async () => {
    while (!stopped) {
      const from = performance.now();
      // A store that is away for a moment is part of what is drilled.
      await lookAtRoom().catch(() => undefined);
      if (rounds % Math.round(1_000 / LOOK_EVERY_MS) === 0)
        await Promise.allSettled([readDocument(), readLastWave()]);
      rounds += 1;
      noteDepth();
      const leftMs = Math.max(10, LOOK_EVERY_MS - (performance.now() - from));
      await new Promise((resolve) => setTimeout(resolve, leftMs));
    }
  })();

  return {
    room: () => room,
    now: () => now,
    lastWave: () => lastWave,
    overCap: () => Math.max(0, seen.overCap),
    mostActive: () => seen.mostActive,
    samples: () => seen.samples,
    firstAdmissionSecond: () => firstAdmissionSecond,
    soldOutSecond: () => soldOutSecond,
    depth: () => depth,
    promised: () => promised,
    async stop() {
      stopped = true;
      await looking;
    },
  };
}
