import { type LineRecord, LineSettings, LineState } from "@onsale/core/line/line";
import { z } from "zod";

/** What everybody may know about a line, on the event's page. */
export const PublicLine = z.object({
  id: z.string(),
  windowKey: z.string(),
  state: LineState,
  finished: z.boolean(),
  lobbyOpensAtMs: z.number(),
  drawsAtMs: z.number(),
  requireVerifiedEmail: z.boolean(),
});

export function publicLine(line: LineRecord): z.infer<typeof PublicLine> {
  const { id, windowKey, state, lobbyOpensAtMs, drawsAtMs, requireVerifiedEmail } = line;
  return {
    id,
    windowKey,
    state,
    finished: line.finishedAtMs !== null,
    lobbyOpensAtMs,
    drawsAtMs,
    requireVerifiedEmail: requireVerifiedEmail || line.onePer === "address",
  };
}

/** For those who run it; the seed is in there only once the draw is made. */
export const LineView = z.object({
  ...LineSettings.shape,
  id: z.string(),
  eventId: z.string(),
  state: LineState,
  commitment: z.string().nullable(),
  entriesRoot: z.string().nullable(),
  seed: z.string().nullable(),
  publicValue: z.string().nullable(),
  drawn: z.number().nullable(),
  lastNumber: z.number(),
  openedAtMs: z.number().nullable(),
  finishedAtMs: z.number().nullable(),
  settingsVersion: z.number(),
});
