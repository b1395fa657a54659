import type { Container } from "@onsale/api/compose/container";
import type { LineDepthPoint } from "@onsale/core/drill/line-report";
import type { LineId } from "@onsale/core/line/line";
import { roomKey, type RoomState } from "@onsale/core/line/line-room";
import { LineNow } from "@onsale/core/line/now-serving";
import type { WaveReason } from "@onsale/core/line/wave";
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
  const seen: Seen = {
    room: null,
    now: null,
    lastWave: null,
    overCap: 0,
    mostActive: 0,
    samples: 0,
    firstAdmissionSecond: null,
    soldOutSecond: null,
    depth: [],
    commitment: null,
    entriesRoot: null,
  };
  let stopped = false;

  async function lookAgainAndAgain(): Promise<void> {
    for (let rounds = 0; !stopped; rounds += 1) {
      const from = performance.now();
      // A store that is away for a moment is part of what is drilled.
      await lookAtRoom(watched, seen).catch(() => undefined);
      if (rounds % LOOKS_PER_READING === 0)
        await Promise.allSettled([readDocument(watched, seen), readLastWave(watched, seen)]);
      noteDepth(watched, seen);
      const leftMs = Math.max(10, LOOK_EVERY_MS - (performance.now() - from));
      await new Promise((resolve) => setTimeout(resolve, leftMs));
    }
  }
  const looking = lookAgainAndAgain();

  return {
    room: () => seen.room,
    now: () => seen.now,
    lastWave: () => seen.lastWave,
    overCap: () => seen.overCap,
    mostActive: () => seen.mostActive,
    samples: () => seen.samples,
    firstAdmissionSecond: () => seen.firstAdmissionSecond,
    soldOutSecond: () => seen.soldOutSecond,
    depth: () => seen.depth,
    promised: () => ({ commitment: seen.commitment, entriesRoot: seen.entriesRoot }),
    async stop() {
      stopped = true;
      await looking;
    },
  };
}

const LOOKS_PER_READING = 5;

type Seen = {
  room: RoomState | null;
  now: LineNow | null;
  lastWave: { admitted: number; reason: WaveReason } | null;
  overCap: number;
  mostActive: number;
  samples: number;
  firstAdmissionSecond: number | null;
  soldOutSecond: number | null;
  readonly depth: LineDepthPoint[];
  commitment: string | null;
  entriesRoot: string | null;
};

const keyOf = ({ lineId, event }: Watched) => roomKey({ id: lineId, eventId: event.eventId });
const tenthsOf = ({ nowMs }: Watched) => Math.round(nowMs() / 100) / 10;

async function lookAtRoom(watched: Watched, seen: Seen): Promise<void> {
  const room = await watched.container.lineRoom.look(keyOf(watched));
  seen.room = room;
  if (!room) return;
  seen.samples += 1;
  seen.mostActive = Math.max(seen.mostActive, room.active);
  seen.overCap = Math.max(seen.overCap, room.active - watched.cap);
  if (room.servedTo > 0) seen.firstAdmissionSecond ??= tenthsOf(watched);
}

async function readDocument(watched: Watched, seen: Seen): Promise<void> {
  const text = await watched.container.lineRoom.published(keyOf(watched));
  if (text === null) return;
  const now = LineNow.parse(JSON.parse(text));
  seen.now = now;
  if (now.state === "lobby") seen.commitment ??= now.commitment;
  if (now.state === "drawing") seen.entriesRoot ??= now.entriesRoot;
  // What comes back from a hold ends an earlier "sold out".
  seen.soldOutSecond = now.soldOut ? (seen.soldOutSecond ?? tenthsOf(watched)) : null;
}

async function readLastWave({ container, lineId }: Watched, seen: Seen): Promise<void> {
  const [wave] = await container.lines.waves({ lineId, limit: 1 });
  if (wave) seen.lastWave = { admitted: wave.admitted, reason: wave.reason };
}

function noteDepth({ tally, nowMs }: Watched, { depth, room, now }: Seen): void {
  const second = Math.floor(nowMs() / 1_000);
  if (depth.at(-1)?.second === second) return;
  depth.push({
    second,
    joined: tally.joined.length,
    waiting: waitingIn(tally),
    active: room?.active ?? 0,
    front: room?.front ?? 0,
    servedTo: room?.servedTo ?? now?.servedTo ?? 0,
    calledTo: room?.calledTo ?? now?.calledTo ?? 0,
  });
}

/** Fans in the line; whoever is gone without having been inside left it. */
export function waitingIn(tally: Tally): number {
  const { inside, entered } = tally.counts;
  const gone = Math.max(0, tally.gone() - (entered - inside));
  return Math.max(0, tally.joined.length - entered - gone);
}
