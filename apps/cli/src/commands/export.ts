import { LayoutId } from "@onsale/core/shared/ids";
import { tellProblems } from "@onsale/core/shared/problem";
import { formatFigure } from "../format.ts";
import { existsSync } from "node:fs";
import { EXPORT_FORMATS, type ExportFormat, exportLayout } from "@onsale/core/layout/export/export-layout";
import { importLayout } from "@onsale/core/layout/import/import-layout";
import type { LayoutDocument } from "@onsale/core/layout/layout";
import { type Command, Option } from "commander";
import { addCommand, addGroup, type Cli } from "../cli.ts";
import { readText, writeText } from "../files.ts";
import { CliError } from "../cli-error.ts";

type Options = { readonly json?: boolean; readonly format: ExportFormat; readonly output?: string };

export function addExportCommands(program: Command, cli: Cli): void {
  const group = addGroup(program, "export", "Give layouts out in our format or in others'.");
  addCommand(group, {
    name: "layout",
    about:
      "Write a saved layout, or convert a file of any format that import reads; converting needs no service.",
    examples: [
      ["export layout 4f1c... -o arena.json", "keep everything, in our own JSON"],
      ["export layout plan.json --format csv -o seats.csv", "a pretix plan as a seat list"],
      ["export layout arena.csv --format pretix | jq .", "to standard output"],
    ],
  })
    .argument("<source>", "id of a saved layout, or a file (- for standard input)")
    .addOption(new Option("--format <format>", "what to write").choices(EXPORT_FORMATS).default("onsale"))
    .option("-o, --output <file>", "write here instead of standard output")
    .action((source: string, options: Options) => run(cli, source, options));
}

async function run(cli: Cli, source: string, options: Options): Promise<void> {
  const layout = await find(cli, source);
  const text = exportLayout(layout, options.format);
  const bytes = Buffer.byteLength(text);
  if (options.output !== undefined) await writeText(options.output, text);
  if (options.json) {
    const { format, output = null } = options;
    cli.output.json({
      ok: true,
      name: layout.name,
      format,
      bytes,
      file: output,
      ...(output === null && { text }),
    });
  } else if (options.output === undefined) cli.output.terminal.stdout(text);
  else
    cli.output.good(`${layout.name} -> ${options.output} (${options.format}, ${formatFigure(bytes)} bytes)`);
}

async function find(cli: Cli, source: string): Promise<LayoutDocument> {
  if (source === "-" || existsSync(source)) return convert(source, await readText(source));
  const id = LayoutId.safeParse(source);
  if (!id.success) throw new CliError("not_a_layout", { text: source, fileToo: true });
  const { layouts } = await cli.container();
  const record = await layouts.find(id.data);
  if (!record) throw new CliError("no_layout", { id: source });
  return record.document;
}

function convert(source: string, text: string): LayoutDocument {
  const { layout, problems } = importLayout(text);
  if (layout) return layout;
  throw new CliError("layout_faults", { source, ...tellProblems(problems) });
}
