import type { LineRecord } from "./line.ts";
import type { RoomState } from "./line-room.ts";
import type { LineCounts } from "./line-store.ts";
import type { LineNow } from "./now-serving.ts";

/** What is known of a line at one moment. `now` and `room` are null while Redis is away or before the first tick. */
export type LineMoment = {
  readonly line: Pick<LineRecord, "cap" | "finishedAtMs" | "seed" | "lastNumber">;
  readonly now: LineNow | null;
  readonly counts: Pick<LineCounts, "joined" | "admitted" | "inside" | "ended">;
  readonly room: RoomState | null;
};

/** The numbers that a release is run by. null: not known, or not yet. */
export type LineFigures = {
  readonly waiting: number;
  readonly inside: number;
  readonly cap: number;
  readonly perMinute: number | null;
  readonly free: number | null;
  /** Of those whose pass is over, the share who bought; 0 to 1. */
  readonly conversion: number | null;
  /** How long the line as it stands takes at this pace. */
  readonly minutesLeft: number | null;
  /** How many of those who wait the free seats are enough for, as far as one can tell now. */
  readonly fansServed: number | null;
};

/** The seed is published with the order, and read from the store no earlier. */
export const isDrawn = ({ seed }: Pick<LineRecord, "seed">): boolean => seed !== null;

export function lineFiguresOf({ line, now, counts, room }: LineMoment): LineFigures {
  const waiting = waitingIn({ line, now, counts, room });
  const perMinute = isDrawn(line) && now ? now.perMinute : null;
  const free = now ? now.left.reduce((sum, level) => sum + level.free, 0) : null;
  const over = Object.values(counts.ended).reduce((sum, count) => sum + count, 0);
  const perPass = now?.ticketsPerPass ?? null;
  return {
    waiting,
    inside: room?.active ?? counts.inside,
    cap: line.cap,
    perMinute,
    free,
    conversion: over > 0 ? counts.ended.bought / over : null,
    minutesLeft: perMinute !== null && perMinute > 0 && waiting > 0 ? waiting / perMinute : null,
    fansServed:
      free !== null && perPass !== null && perPass > 0 ? Math.min(waiting, Math.floor(free / perPass)) : null,
  };
}

/**
 * Before the draw everybody who joined; after it the numbers that were given and not yet served, and at least those who
 * stand at the front: some of them were called before others who went in.
 */
export function waitingIn({ line, now, counts, room }: LineMoment): number {
  if (line.finishedAtMs !== null) return 0;
  if (!isDrawn(line)) return now?.entries ?? counts.joined;
  // In the second after the draw the document is still the one from before it.
  const waiting = now
    ? Math.max(now.lastNumber, line.lastNumber) - now.servedTo
    : line.lastNumber - counts.admitted;
  return Math.max(0, waiting, room?.front ?? 0);
}

/** "1 h 20 min", "12 min", "under a minute"; for what nobody knows to the second. */
export function roughMinutes(minutes: number): string {
  if (minutes < 1) return "under a minute";
  const all = Math.ceil(minutes);
  const hours = Math.floor(all / 60);
  return hours === 0 ? `${all} min` : `${hours} h ${all % 60} min`;
}

/** "4:10:09", "10:09", "2 d 04:10:09" until then; "0:00" when it is past. */
export function countdown(ms: number): string {
  const all = Math.max(0, Math.ceil(ms / 1_000));
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = two(Math.floor(all / 60) % 60);
  const hours = Math.floor(all / 3_600) % 24;
  const days = Math.floor(all / 86_400);
  if (days > 0) return `${days} d ${two(hours)}:${minutes}:${two(all % 60)}`;
  if (hours > 0) return `${hours}:${minutes}:${two(all % 60)}`;
  return `${Math.floor(all / 60)}:${two(all % 60)}`;
}
