import type { EventPage } from "@onsale/contract/event";
import type { CheckedIn, PublicLine } from "@onsale/contract/line";

/** What the last sign of life was answered with; after `over` there is none. */
export type CheckIn = Exclude<CheckedIn["kind"], "over">;

type Lines = Pick<EventPage, "lines" | "lineAhead">;

/** The line of the window that was named; else the one ahead, or the last that there was. */
export function lineToShow({ lines, ...event }: Lines, windowKey?: string): PublicLine | null {
  const ahead = windowKey === undefined ? lineAhead({ lines, ...event }) : null;
  const asked = lines.filter((line) => windowKey === undefined || line.windowKey === windowKey);
  const byDraw = asked.toSorted((a, b) => a.drawsAtMs - b.drawsAtMs);
  return ahead ?? byDraw.find((line) => !line.finished) ?? byDraw.at(-1) ?? null;
}

/** A line that stands before the seats right now. */
export function lineAhead(event: Lines): PublicLine | null {
  return event.lines.find(({ id }) => id === event.lineAhead) ?? null;
}
