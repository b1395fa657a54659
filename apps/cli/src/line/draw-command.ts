import { ACTOR, type Cli } from "../cli.ts";
import { plural } from "../words.ts";
import { findLine } from "./find-line.ts";
import type { LineOptions } from "./lever-commands.ts";
import { CliError } from "../cli-error.ts";

type Options = LineOptions & { readonly publicValue?: string; readonly yes?: boolean };

/** Closes the lobby, gives the public value, or both in this order: a value counts only after the close. */
export async function draw(cli: Cli, id: string, options: Options): Promise<void> {
  const container = await cli.container();
  const { lines } = container.services;
  const { event, line: found } = await findLine(container, id, options.window);
  const value = options.publicValue?.trim();
  let line = found;
  const close = { lineId: found.id, version: found.settingsVersion, to: "drawing" } as const;
  if (line.state === "lobby") {
    if (!options.yes) throw new CliError("yes_draw", { title: event.title });
    line = await lines.move(ACTOR, close);
  } else if (value === undefined || value === "") {
    // Nothing is left to do but what the service refuses, with the words of its table.
    line = await lines.move(ACTOR, close);
  }
  if (value) line = await lines.setPublicValue(ACTOR, { lineId: line.id, publicValue: value });
  const waits = line.publicValueSource !== null && line.publicValue === null;
  if (options.json) {
    cli.output.json({ ok: true, line, waitsForPublicValue: waits });
    return;
  }
  cli.output.good(`The lobby is closed: ${plural(line.drawn ?? 0, "entry", "entries")} in the draw`);
  if (waits) cli.output.note(`The draw waits for: ${line.publicValueSource}. Give it with --public-value.`);
  else cli.output.note("The controller draws within a second or two; the line opens by itself.");
}
