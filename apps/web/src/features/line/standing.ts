import type { LineState } from "@onsale/core/line/line";
import { z } from "zod";

/** What a fan is told about their own place, as `line.join` and `line.mine` answer it and as this browser keeps it. */
export const Standing = z.object({
  lineId: z.string(),
  eventId: z.string(),
  windowKey: z.string(),
  entry: z.string(),
  number: z.number().nullable(),
  ticket: z.string(),
  phase: z.enum(["lobby", "waiting", "inside", "over"]),
  ended: z.enum(["bought", "left", "expired", "removed"]).nullable(),
  extensionsLeft: z.number(),
});
export type Standing = z.infer<typeof Standing>;

/** What the last sign of life was answered with. */
export const CheckIn = z.enum(["present", "inside", "not_called", "lapsed"]);
export type CheckIn = z.infer<typeof CheckIn>;

/** As `line.enter`, `line.renew` and `line.moreTime` answer; times are the server's clock. */
export type IssuedPass = {
  readonly pass: string;
  readonly expiresAtMs: number;
  readonly shopUntilMs: number;
  readonly extensionsLeft: number;
  readonly nowMs: number;
};

/** A line as the event's page knows it. */
export type LineOfEvent = {
  readonly id: string;
  readonly windowKey: string;
  readonly state: LineState;
  readonly finished: boolean;
  readonly lobbyOpensAtMs: number;
  readonly drawsAtMs: number;
};

/** The line that counts for a fan who names none: of those that are not finished the one whose draw comes first. */
export function lineToShow(lines: readonly LineOfEvent[], windowKey?: string): LineOfEvent | null {
  const asked = lines.filter((line) => windowKey === undefined || line.windowKey === windowKey);
  const byDraw = asked.toSorted((a, b) => a.drawsAtMs - b.drawsAtMs);
  return byDraw.find((line) => !line.finished) ?? byDraw.at(-1) ?? null;
}

/** A line that stands before the seats right now. */
export function lineAhead(lines: readonly LineOfEvent[]): LineOfEvent | null {
  return lineToShow(lines.filter((line) => !line.finished));
}
