import { z } from "zod";
import { WindowKey } from "../event/window-key-schema.ts";
import { EventId } from "../shared/ids.ts";
import { LineId, LineState } from "./line.ts";

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * The one public document of a line, at /api/lines/{id}/now: built once a second, the same for everybody, cacheable for
 * a second. With it and their number fans know all there is to know; nobody asks a store.
 */
export const LineNow = z.object({
  version: z.literal(1),
  line: LineId,
  event: EventId,
  slug: z.string(),
  windowKey: WindowKey,
  /** The server's clock when it was written. */
  atMs: z.int(),
  state: LineState,
  finished: z.boolean(),
  lobbyOpensAtMs: z.int(),
  drawsAtMs: z.int(),
  commitment: hex64.nullable(),
  publicValueSource: z.string().nullable(),
  entriesRoot: hex64.nullable(),
  /** In the lobby: who joined so far. After it: who took part in the draw. */
  entries: z.int(),
  /** The highest number given. */
  lastNumber: z.int(),
  /** Numbers up to this one were let in. */
  servedTo: z.int(),
  /** Numbers up to this one are asked to check in now, and then every `checkInMs`. */
  calledTo: z.int(),
  checkInMs: z.int(),
  /** Who was away when called keeps the number for this long. */
  graceMs: z.int(),
  /** Numbers served per minute, smoothed over the last minutes. */
  perMinute: z.number(),
  /** Nobody is let in at the moment, and why, in the terms of a wave's reason; null while waves go in. */
  resting: z.string().nullable(),
  /** Free places by price level, the names as the map's legend has them. */
  left: z.array(z.object({ category: z.string(), label: z.string(), free: z.int() })).max(200),
  /** Tickets per fan who is through, so far; null while nobody is. */
  ticketsPerPass: z.number().nullable(),
  /** Everything is sold and nothing is held: those who wait may join the waitlist. */
  soldOut: z.boolean(),
  /** The organizer's words, or "". */
  notice: z.string(),
  /** Changes when the room was lost: check in again now. */
  room: z.string(),
});
export type LineNow = z.infer<typeof LineNow>;
