import { ACTOR } from "../cli.ts";
import type { Container } from "@onsale/api/compose/container";
import type { EventSummary } from "@onsale/core/event/event-store";
import { PUBLIC_WINDOW } from "@onsale/core/event/window-key";
import type { LineRecord } from "@onsale/core/line/line";
import { CliError } from "../cli-error.ts";

export type EventLines = { readonly event: EventSummary; readonly lines: readonly LineRecord[] };
export type EventLine = { readonly event: EventSummary; readonly line: LineRecord };

/** An event by slug or id, and its lines. */
export async function findLines(container: Container, event: string): Promise<EventLines> {
  const found = await container.services.events.require(event);
  return { event: found, lines: await container.services.lines.linesOf(ACTOR, found.id) };
}

/** The line of the window; without one the public line, or the only one there is. */
export async function findLine(
  container: Container,
  event: string,
  windowKey: string | undefined,
): Promise<EventLine> {
  const found = await findLines(container, event);
  return { event: found.event, line: pickLine(found, windowKey) };
}

export function pickLine({ event, lines }: EventLines, windowKey: string | undefined): LineRecord {
  const wanted = windowKey ?? PUBLIC_WINDOW;
  const named = lines.find((line) => line.windowKey === wanted);
  const only = windowKey === undefined && lines.length === 1 ? lines[0] : undefined;
  const line = named ?? only;
  if (line) return line;
  if (lines.length === 0) throw new CliError("no_line", { title: event.title, slug: event.slug });
  throw new CliError("no_line_of_window", {
    title: event.title,
    windowKey: wanted,
    known: lines.map((one) => one.windowKey),
  });
}
