import type { EventImportResult, RefusedChange } from "@onsale/core/event/import-service";
import type { EventFile, EventFileFormat } from "@onsale/core/event/import-event";
import { TimeZone } from "@onsale/core/shared/time-zone";
import { Currency } from "@onsale/core/shared/money-schema";
import { type Command, InvalidArgumentError, Option } from "commander";
import path from "node:path";
import { addOrgOption, chosenOrganization } from "../organization-choice.ts";
import { ACTOR, addCommand, type Cli } from "../cli.ts";
import { importExitCode } from "../exit-codes.ts";
import { readImport } from "../files.ts";
import { parseColumns } from "../options.ts";
import { printProblems, told, type ToldProblem } from "../problem-list.ts";
import { makeProgress } from "../progress.ts";
import { formatSortable } from "@onsale/core/shared/format";
import { plural } from "../words.ts";
import { wordsOf } from "../words/error-words.ts";

/** Whose name stands in the audit where an event met again is changed. */

const FORMATS = ["ticketmaster", "nyphil", "ical", "csv"] as const satisfies readonly EventFileFormat[];
type Zones = { readonly all?: string; readonly byVenue: ReadonlyMap<string, string> };

type Options = {
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly partial?: boolean;
  readonly format?: EventFileFormat;
  readonly venueTimezone?: Zones;
  readonly venue?: string;
  readonly org?: string;
  readonly columns?: Readonly<Record<string, string>>;
  readonly currency: string;
};

export function addImportEvents(parent: Command, cli: Cli): void {
  const command = addCommand(parent, {
    name: "events",
    about:
      "Read events and their venues and save them as drafts. All or nothing unless --partial: a file with a fault is refused with the list of its faults. Running it twice creates nothing twice; an event of a feed that moved is moved.",
    examples: [
      ["import events season.json --dry-run", "check a file; needs no running service"],
      ["import events tour.csv --venue-timezone Europe/Zurich", "say the zone the file does not"],
      [
        "import events tour.csv --venue-timezone 'Vail=America/Denver'",
        "for one venue or city; repeat it for more",
      ],
      ["import events season.json --partial", "save those without a fault, list the others"],
    ],
  });
  addOrgOption(command)
    .argument(
      "<file>",
      "Ticketmaster Discovery JSON, orchestra programme JSON, iCalendar or CSV; - for standard input",
    )
    .option("--dry-run", "check and list only")
    .option("--partial", "leave out events with a fault instead of refusing the file")
    .addOption(new Option("--format <format>", "do not guess the format").choices(FORMATS))
    .option(
      "--venue-timezone <zone>",
      "IANA zone for events without one; Name=Zone for one venue or city",
      parseZone,
    )
    .option("--venue <name>", "venue for events without one")
    .option("--columns <list>", "columns of a CSV: title=Anlass,start=Beginn", parseColumns)
    .option("--currency <code>", "for events without one", parseCurrency, "EUR")
    .action((file: string, options: Options) => run(cli, file, options));
}

async function run(cli: Cli, file: string, options: Options): Promise<void> {
  const text = await readImport(cli, file);
  const { readEventFile } = await import("@onsale/api/event-files");
  const zones = options.venueTimezone;
  const read = readEventFile(text, {
    ...(options.format && { format: options.format }),
    ...(zones?.all && { venueTimeZone: zones.all }),
    ...(zones && { venueTimeZones: zones.byVenue }),
    ...(options.venue && { venueName: options.venue }),
    ...(options.columns && { columns: options.columns }),
  });
  const accepted = read.ok || (options.partial === true && read.events.length > 0);
  cli.exitCode = importExitCode(accepted, options);
  const saved = accepted && !options.dryRun ? await save(cli, read, options) : null;
  if (saved && saved.refused.length > 0) cli.exitCode = importExitCode(false, options);
  if (options.json) {
    const { ok, format, found, events, problems, warnings } = read;
    const outcome = {
      created: saved?.created ?? [],
      updated: saved?.updated ?? [],
      existing: saved?.existing ?? [],
      refused: saved?.refused.map(problemOf) ?? [],
      dryRun: options.dryRun === true,
    };
    const venues = countVenues(read);
    cli.output.json({
      ok,
      format,
      found,
      accepted: events.length,
      venues,
      events,
      problems: problems.map(told),
      warnings: warnings.map(told),
      ...outcome,
    });
    return;
  }
  print(cli, file, read);
  if (saved) {
    cli.output.line();
    printSaved(cli, saved);
  } else if (accepted) cli.output.note("Nothing was saved (--dry-run).");
}

async function save(cli: Cli, read: EventFile, options: Options) {
  const container = await cli.container();
  const { id: organization } = await chosenOrganization(container, options.org);
  const progress = makeProgress(cli.output.terminal, "saving events", read.events.length);
  try {
    return await container.services.eventImports.run(ACTOR, {
      organization,
      events: read.events,
      currency: options.currency,
      onWritten: progress.step,
    });
  } finally {
    progress.end();
  }
}

function printSaved({ output }: Cli, saved: EventImportResult): void {
  const { created, updated, existing, refused, venuesCreated } = saved;
  const counts = [
    `${created.length} created`,
    ...(updated.length > 0 ? [`${updated.length} changed as the file says`] : []),
    `${existing.length} were here already`,
    `${venuesCreated} new venues`,
  ];
  output.good(counts.join(", "));
  for (const { slug, fields } of updated) output.line(`  ${slug}: ${fields.join(", ")}`);
  printProblems(output, refused.map(problemOf));
}

const problemOf = ({ path, title, slug, fields, error }: RefusedChange): ToldProblem => ({
  code: error.code,
  path,
  details: { title, slug, fields, error: error.details },
  message: `"${title}" (${slug}) could not be changed as the file says (${fields.join(", ")}): ${wordsOf(error).sentence}`,
});

const countVenues = ({ events }: EventFile): number =>
  new Set(events.map(({ venue }) => `${venue.name}\n${venue.city}`.toLowerCase())).size;

const SHOWN_MAX = 10;

function print({ output }: Cli, file: string, read: EventFile): void {
  const { ok, format, found, events, problems, warnings } = read;
  const name = output.strong(file === "-" ? "standard input" : path.basename(file));
  if (ok) output.good(`${name}: ${plural(events.length, "event")} (${format ?? "unknown"})`);
  else output.bad(`${name}: ${plural(problems.length, "fault")} in ${plural(found, "event")}`);
  output.pairs([
    ["events without a fault", events.length],
    ["venues", countVenues(read)],
  ]);
  if (ok) {
    output.line();
    output.table(events.slice(0, SHOWN_MAX), [
      { head: "starts", of: (event) => formatSortable(event.startsAtMs, event.timeZone) },
      { head: "event", of: (event) => event.title },
      { head: "venue", of: ({ venue }) => [venue.name, venue.city].filter((part) => part !== "").join(", ") },
    ]);
    if (events.length > SHOWN_MAX) output.line(output.faint(`... and ${events.length - SHOWN_MAX} more`));
  }
  printProblems(output, problems.map(told));
  for (const [code, ofCode] of Map.groupBy(warnings, (warning) => warning.code)) {
    const more = ofCode.length > 1 ? ` (${code}: ${ofCode.length} in all)` : ` (${code})`;
    const [first] = ofCode;
    if (first) output.warn(`${first.path}: ${told(first).message}${more}`);
  }
}

function parseZone(text: string, before: Zones = { byVenue: new Map() }): Zones {
  const at = text.indexOf("=");
  const zone = text.slice(at + 1).trim();
  if (!TimeZone.safeParse(zone).success) {
    throw new InvalidArgumentError(`"${zone}" is no IANA time zone such as Europe/Zurich.`);
  }
  if (at < 0) return { ...before, all: zone };
  return { ...before, byVenue: new Map([...before.byVenue, [text.slice(0, at).trim().toLowerCase(), zone]]) };
}

function parseCurrency(text: string): string {
  const currency = Currency.safeParse(text.toUpperCase());
  if (!currency.success) throw new InvalidArgumentError(`"${text}" is no currency of ISO 4217, such as EUR.`);
  return currency.data;
}
