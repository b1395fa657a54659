import path from "node:path";
import type { Container } from "@onsale/api/compose/container";
import { importLayout } from "@onsale/core/layout/import/import-layout";
import type { CsvColumns, ImportOptions, ImportResult } from "@onsale/core/layout/import/import-result";
import type { LayoutFormat } from "@onsale/core/shared/layout-problems";
import { VenueId } from "@onsale/core/shared/ids";
import { type Command, Option } from "commander";
import { addOrgOption, chosenOrganization } from "../organization-choice.ts";
import { ACTOR, addCommand, type Cli } from "../cli.ts";
import { CliError } from "../cli-error.ts";
import { importExitCode } from "../exit-codes.ts";
import { readImport } from "../files.ts";
import { parseColumns } from "../options.ts";
import { printProblems, told } from "../problem-list.ts";

const FORMATS = [
  "onsale",
  "pretix",
  "seatsio",
  "csv",
  "row-ranges",
  "svg-sections",
] as const satisfies readonly LayoutFormat[];

type Options = {
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly format?: LayoutFormat;
  readonly renameDuplicates?: boolean;
  readonly columns?: CsvColumns;
  readonly notForSale?: readonly string[];
  readonly name?: string;
  readonly venue?: string;
  readonly org?: string;
};

export function addImportLayout(parent: Command, cli: Cli): void {
  const command = addCommand(parent, {
    name: "layout",
    about:
      "Read a seat layout, check every seat of it and save it. All or nothing: a file with a fault is refused with the list of its faults.",
    examples: [
      ["import layout arena.json --dry-run", "check a file; needs no running service"],
      ["import layout arena.csv --columns section=Block,seat=Nr", "name the columns of a seat list"],
      ["import layout plan.json --rename-duplicates --venue 4f1c...", "save it for a venue"],
      ["import layout - --dry-run --json < plan.json", "from a pipe, for a script"],
    ],
  });
  addOrgOption(command)
    .argument(
      "<file>",
      "JSON of ours, pretix or seats.io; CSV seat list; row ranges; SVG sections; - for standard input",
    )
    .option("--dry-run", "check and count only; with --json the verdict is `ok` and the exit code 0")
    .addOption(new Option("--format <format>", "do not guess the format").choices(FORMATS))
    .option("--rename-duplicates", "give what repeats a label a new one instead of refusing it")
    .option("--columns <list>", "columns of a seat list: section=Block,row=Reihe,seat=Nr", parseColumns)
    .option(
      "--not-for-sale <category>",
      "its places are kept by the organizer and need no price; repeat it for more",
      (name: string, before: readonly string[] | undefined) => [...(before ?? []), name],
    )
    .option("--name <name>", "name of the layout (default: the file's)")
    .option("--venue <id>", "venue it belongs to")
    .action((file: string, options: Options) => run(cli, file, options));
}

async function run(cli: Cli, file: string, options: Options): Promise<void> {
  const text = await readImport(cli, file);
  const result = importLayout(text, importOptions(options));
  const saved = result.layout && !options.dryRun ? await save(cli, result.layout, options) : null;
  cli.exitCode = importExitCode(result.ok, options);
  const { ok, format, counts, problems, renamed, notes } = result;
  if (options.json) {
    const { seats, gaCapacity, sections, rows, categories, tables } = counts;
    const shown = { ok, format, seats, gaCapacity, sections, rows, categories, problems: problems.map(told) };
    cli.output.json({
      ...shown,
      tables,
      renamed,
      notes: notes.map(told),
      dryRun: options.dryRun === true,
      layoutId: saved?.id ?? null,
    });
    return;
  }
  print(cli, file, result);
  if (saved) cli.output.line(`  saved as layout ${saved.id}`);
  else if (ok) cli.output.note("Nothing was saved (--dry-run).");
}

function importOptions(options: Options): ImportOptions {
  return {
    ...(options.format && { format: options.format }),
    ...(options.renameDuplicates && { renameDuplicates: true }),
    ...(options.columns && { csvColumns: options.columns }),
    ...(options.notForSale && { notForSale: options.notForSale }),
    ...(options.name !== undefined && { name: options.name }),
  };
}

async function save(
  cli: Cli,
  layout: NonNullable<ImportResult["layout"]>,
  { venue, org }: Pick<Options, "venue" | "org">,
) {
  const container = await cli.container();
  const owner =
    venue === undefined
      ? { venueId: null, organizationId: (await chosenOrganization(container, org)).id }
      : await venueOf(container, venue);
  return container.services.layouts.save(ACTOR, layout, owner);
}

/** A layout for a venue is its organization's. */
async function venueOf({ organizations }: Container, venue: string) {
  const id = VenueId.safeParse(venue);
  const owner = id.success ? await organizations.ownerOf({ venueId: id.data }) : null;
  if (id.success && owner) return { venueId: id.data, organizationId: owner };
  throw new CliError("not_a_venue", { text: venue });
}

function print(
  { output }: Cli,
  file: string,
  { ok, format, counts, problems, renamed, notes }: ImportResult,
): void {
  const name = file === "-" ? "standard input" : path.basename(file);
  if (ok) output.good(`${output.strong(name)} is a layout (${format ?? "unknown"})`);
  else
    output.bad(
      `${output.strong(name)} was refused: ${problems.length} ${problems.length === 1 ? "fault" : "faults"}`,
    );
  output.pairs([
    ["seats", counts.seats],
    ["standing places", counts.gaCapacity],
    ["sections", counts.sections],
    ["rows", counts.rows],
    ["tables", counts.tables],
    ["categories", counts.categories],
  ]);
  printProblems(output, problems.map(told));
  for (const { kind, path: where, from, to } of renamed.slice(0, 20))
    output.warn(`${where}: ${kind} ${from} is now ${to}`);
  if (renamed.length > 20) output.warn(`... and ${renamed.length - 20} more were renamed`);
  for (const note of notes.slice(0, 20)) output.warn(`${note.path}: ${told(note).message}`);
}
