import type { LineState } from "@onsale/core/line/line";

/** What a fan is told about their own place, as `line.join` and `line.mine` answer it and as this browser keeps it. */
export type Standing = {
  readonly lineId: string;
  readonly eventId: string;
  readonly windowKey: string;
  readonly entry: string;
  readonly number: number | null;
  readonly ticket: string;
  readonly phase: "lobby" | "waiting" | "inside" | "over";
  readonly ended: "bought" | "left" | "expired" | "removed" | null;
  readonly extensionsLeft: number;
};

/** What the last sign of life was answered with. */
export type CheckIn = "present" | "inside" | "not_called" | "lapsed";

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

/** The lines of an event as its page has them; `lineAhead` is the id of the one that this visitor meets. */
export type Lines = { readonly lines: readonly LineOfEvent[]; readonly lineAhead: string | null };

/** The line of the window that was named; else the one ahead, or the last that there was. */
export function lineToShow({ lines, ...event }: Lines, windowKey?: string): LineOfEvent | null {
  const ahead = windowKey === undefined ? lineAhead({ lines, ...event }) : null;
  const asked = lines.filter((line) => windowKey === undefined || line.windowKey === windowKey);
  const byDraw = asked.toSorted((a, b) => a.drawsAtMs - b.drawsAtMs);
  return ahead ?? byDraw.find((line) => !line.finished) ?? byDraw.at(-1) ?? null;
}

/** A line that stands before the seats right now. */
export function lineAhead(event: Lines): LineOfEvent | null {
  return event.lines.find(({ id }) => id === event.lineAhead) ?? null;
}
