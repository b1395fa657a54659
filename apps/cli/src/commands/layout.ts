import { LayoutId } from "@onsale/core/shared/ids";
import { countWords, PAGE_MAX } from "@onsale/core/shared/page";
import type { Command } from "commander";
import { ACTOR, addCommand, addGroup, type Cli } from "../cli.ts";
import { wholeNumber } from "../options.ts";
import { formatSortable } from "@onsale/core/shared/format";
import { reasonOf } from "./event-end.ts";
import { CliError } from "../cli-error.ts";

const LIMIT = 50;
type Options = { readonly json?: boolean };
type ListOptions = Options & { readonly limit: number; readonly after?: string };

export function addLayoutCommands(program: Command, cli: Cli): void {
  const group = addGroup(program, "layout", "See saved layouts, name them anew, delete what no event uses.");
  addCommand(group, {
    name: "list",
    about: "Saved layouts, newest first.",
    examples: [["layout list", "with their ids, seats and standing places"]],
  })
    .option("--limit <n>", "at most this many", wholeNumber(1, PAGE_MAX), LIMIT)
    .option("--after <cursor>", "go on where the page before ended")
    .action((options: ListOptions) => list(cli, options));
  addCommand(group, {
    name: "rename",
    about: "Call a layout something else in lists. Its document keeps the name it was written with.",
    examples: [['layout rename 4f1c... "Arena, in the round"', "by id"]],
  })
    .argument("<layout>", "id")
    .argument("<name>", "what lists call it from now on")
    .action(async (id: string, name: string, options: Options) => {
      const { services } = await cli.container();
      const { from, to } = await services.layouts.rename(ACTOR, { id: layoutId(id), name });
      if (options.json) cli.output.json({ ok: true, from, to });
      else cli.output.good(`${from} is called ${to}`);
    });
  addCommand(group, {
    name: "delete",
    about: "Delete a layout that no event uses.",
    examples: [['layout delete 4f1c... --reason "a first try" --yes', "by id"]],
  })
    .argument("<layout>", "id")
    .requiredOption("--reason <words>", "kept in the audit trail")
    .option("--yes", "it is meant")
    .action(async (id: string, { reason, yes, json }: Options & { reason: string; yes?: boolean }) => {
      if (!yes) throw new CliError("yes_layout");
      const { services } = await cli.container();
      const deleting = { id: layoutId(id), reason: reasonOf(reason) };
      const { name } = await services.layouts.remove(ACTOR, deleting);
      if (json) cli.output.json({ ok: true, name });
      else cli.output.good(`${name} is deleted`);
    });
}

function layoutId(text: string): LayoutId {
  const id = LayoutId.safeParse(text);
  if (id.success) return id.data;
  throw new CliError("not_a_layout", { text, fileToo: false });
}

async function list(cli: Cli, { limit, after, json }: ListOptions): Promise<void> {
  const { layouts } = await cli.container();
  const { items, total, next } = await layouts.list({ limit, after: after ?? null });
  if (json) return cli.output.json({ ok: true, layouts: items, total, next });
  if (total === 0) return cli.output.note("No layouts. `ticketctl import layout` saves one.");
  cli.output.table(items, [
    { head: "layout", of: ({ name }) => name },
    { head: "seats", of: ({ seatCount }) => seatCount },
    { head: "standing", of: ({ gaCapacity }) => gaCapacity },
    { head: "saved (UTC)", of: ({ createdAtMs }) => formatSortable(createdAtMs, "UTC") },
    { head: "id", of: ({ id }) => id },
  ]);
  if (next !== null)
    cli.output.note(
      `${countWords(items.length, total, ["layout", "layouts"])}; the next page: --after '${next}'`,
    );
}
