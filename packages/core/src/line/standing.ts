import { z } from "zod";
import { EventId } from "../shared/ids.ts";
import { LineId, PassEnd } from "./line.ts";

/** lobby: takes part in the draw. waiting: has a number. inside: was let in, the pass may run. over: the pass is over. */
const StandingPhase = z.enum(["lobby", "waiting", "inside", "over"]);

/** What a fan is told about their own place; everything else is in the public document. */
export const Standing = z.object({
  lineId: LineId,
  eventId: EventId,
  windowKey: z.string(),
  /** The fan's name in the published draw, 32 hex digits. */
  entry: z.string(),
  number: z.number().nullable(),
  /** Signed proof of the place; keep it, it outlives every store. */
  ticket: z.string(),
  phase: StandingPhase,
  ended: PassEnd.nullable(),
  extensionsLeft: z.number(),
});
export type Standing = z.infer<typeof Standing>;

/** Opens the sale to its fan until `expiresAtMs`, and renewed until `shopUntilMs`. */
export const IssuedPass = z.object({
  pass: z.string(),
  expiresAtMs: z.number(),
  shopUntilMs: z.number(),
  extensionsLeft: z.number(),
});
export type IssuedPass = z.infer<typeof IssuedPass>;
