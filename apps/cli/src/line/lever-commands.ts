import { formatFigure } from "../format.ts";
import { type LineLevers, lineMoves, type LineRecord, type LineState } from "@onsale/core/line/line";
import { isDrawn } from "@onsale/core/line/staff-figures";
import { ACTOR, type Cli } from "../cli.ts";
import { findLine } from "./find-line.ts";
import { CliError } from "../cli-error.ts";

export type LineOptions = { readonly json?: boolean; readonly window?: string };

export type Move = LineOptions & {
  readonly verb: string;
  readonly to: LineState;
  readonly done: string;
  readonly final: boolean;
  readonly yes?: boolean;
};

export async function move(cli: Cli, id: string, asked: Move): Promise<void> {
  if (asked.final && !asked.yes) throw new CliError("yes_line_end", { verb: asked.verb });
  const container = await cli.container();
  const { event, line } = await findLine(container, id, asked.window);
  if (asked.to === "lobby" && isDrawn(line) && line.finishedAtMs === null)
    throw new CliError("line_drawn", {
      slug: event.slug,
      from: line.state,
      to: asked.to,
      next: lineMoves(line),
    });
  const moved = await container.services.lines.move(ACTOR, {
    lineId: line.id,
    version: line.settingsVersion,
    to: asked.to,
  });
  if (asked.json) cli.output.json({ ok: true, line: moved });
  else cli.output.good(`${asked.done}: ${event.title}, ${moved.windowKey}`);
}

export async function pull(
  cli: Cli,
  id: string,
  { levers, options }: { levers: LineLevers; options: LineOptions },
): Promise<void> {
  const container = await cli.container();
  const { event, line } = await findLine(container, id, options.window);
  const pulled = await container.services.lines.pullLevers(ACTOR, {
    lineId: line.id,
    version: line.settingsVersion,
    levers,
  });
  if (options.json) cli.output.json({ ok: true, line: pulled });
  else cli.output.good(`${event.title}, ${pulled.windowKey}: ${leverWords(pulled)}`);
}

export const leverWords = ({ cap, inflowPerSecond, pacePct, notice }: LineRecord): string =>
  `cap ${formatFigure(cap)}, inflow ${formatFigure(inflowPerSecond)} per second, pace ${pacePct} %, ${notice === "" ? "no notice" : `notice "${notice}"`}`;
