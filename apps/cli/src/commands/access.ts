import { schemaFaults } from "@onsale/core/shared/schema-faults";
import { formatFigure } from "../format.ts";
import {
  CodeBatch,
  CODES_MAX,
  EMAILS_MAX,
  EmailList,
  type PresaleUse,
  USES_MAX,
} from "@onsale/core/access/access";
import { codesCsv } from "@onsale/core/access/codes-csv";
import { readEmails } from "@onsale/core/access/read-emails";
import type { EventSummary } from "@onsale/core/event/event-store";
import { windowKeyOf } from "@onsale/core/event/window-key";
import type { Command } from "commander";
import { ACTOR, addCommand, addGroup, type Cli } from "../cli.ts";
import { importExitCode } from "../exit-codes.ts";
import { readText, writeText } from "../files.ts";
import { isUuid, wholeNumber } from "../options.ts";
import { printProblems, told } from "../problem-list.ts";
import { formatSortable } from "@onsale/core/shared/format";
import { plural } from "../words.ts";
import { CliError } from "../cli-error.ts";

type Options = { readonly json?: boolean };
type CreateOptions = Options & {
  readonly window: string;
  readonly count: number;
  readonly uses: number;
  readonly label: string;
  readonly expires?: string;
  readonly output?: string;
};
type RevokeOptions = Options & { readonly batch?: string; readonly code?: string };
type ImportOptions = Options & { readonly window: string; readonly dryRun?: boolean };

const EVENT = "night-of-strings-2027-03-05";

export function addAccessCommands(program: Command, cli: Cli): void {
  const group = addGroup(
    program,
    "access",
    "Open presales: codes, lists of addresses, and what became of them.",
  );
  addCommand(group, {
    name: "create",
    about: "Make codes for a presale. They are shown this once; afterwards only their hashes are known.",
    examples: [
      [`access create ${EVENT} --window fans --count 500 -o codes.csv`, "one use each, as CSV"],
      [`access create ${EVENT} --window fans --count 1 --uses 2000`, "one code for a newsletter"],
    ],
  })
    .argument("<event>", "slug or id")
    .requiredOption("--window <key>", "key of the presale window")
    .option("--count <n>", "how many codes", wholeNumber(1, CODES_MAX), 1)
    .option("--uses <n>", "how many fans come in by each", wholeNumber(1, USES_MAX), 1)
    .option("--label <text>", "whom they are for", "")
    .option("--expires <time>", "no new fan comes in after this, as in 2027-03-01T12:00Z")
    .option("-o, --output <file>", "write them to a CSV file")
    .action((id: string, options: CreateOptions) => create(cli, id, options));
  addCommand(group, {
    name: "list",
    about: "The presales of an event with their keys, its batches of codes, and how many were used.",
    examples: [[`access list ${EVENT}`, "by slug or id of the event"]],
  })
    .argument("<event>", "slug or id")
    .action((id: string, options: Options) => list(cli, id, options));
  addCommand(group, {
    name: "revoke",
    about: "Let nobody new in by a batch or a code. Fans who came in by it before keep access.",
    examples: [
      [`access revoke ${EVENT} --batch 9b2e...`, "id as in access list"],
      [`access revoke ${EVENT} --code 7K2M-Q9XD-4T8B`, "one that got into the wrong hands"],
    ],
  })
    .argument("<event>", "slug or id")
    .option("--batch <id>", "all codes of a batch")
    .option("--code <code>", "one code")
    .action((id: string, options: RevokeOptions) => revoke(cli, id, options));
  addCommand(group, {
    name: "import-emails",
    about: `Put addresses on the list of a presale: one a line, or a CSV with an e-mail column; at most ${formatFigure(EMAILS_MAX)}.`,
    examples: [[`access import-emails ${EVENT} members.csv --window fans`, "all or nothing"]],
  })
    .argument("<event>", "slug or id")
    .argument("<file>", "a file, or - for standard input")
    .requiredOption("--window <key>", "key of the presale window")
    .option("--dry-run", "check the file; nothing is saved")
    .action((id: string, file: string, options: ImportOptions) => importEmails(cli, { id, file }, options));
  addCommand(group, {
    name: "remove-emails",
    about: "Take addresses off the list of a presale. Who came in by them before keeps access.",
    examples: [
      [`access remove-emails ${EVENT} left.csv --window fans`, "one a line, or a CSV with an e-mail column"],
    ],
  })
    .argument("<event>", "slug or id")
    .argument("<file>", "a file, or - for standard input")
    .requiredOption("--window <key>", "key of the presale window")
    .action((id: string, file: string, options: ImportOptions) => removeEmails(cli, { id, file }, options));
}

async function create(cli: Cli, id: string, options: CreateOptions): Promise<void> {
  const batch = parsed(CodeBatch, {
    windowKey: options.window,
    count: options.count,
    usesEach: options.uses,
    label: options.label,
    expiresAtMs: options.expires === undefined ? null : instant(options.expires),
  });
  const { services } = await cli.container();
  const event = await services.events.require(id);
  const { batchId, codes } = await services.access.createCodes(ACTOR, event.id, batch);
  if (options.output !== undefined)
    await writeText(options.output, codesCsv({ ...batch, event: event.slug, codes }));
  if (options.json) {
    cli.output.json({
      ok: true,
      batchId,
      windowKey: batch.windowKey,
      usesEach: batch.usesEach,
      expiresAtMs: batch.expiresAtMs,
      codes,
    });
    return;
  }
  if (options.output === undefined) for (const code of codes) cli.output.line(code);
  cli.output.note(
    `${plural(codes.length, "code")} of batch ${batchId}${options.output === undefined ? "" : ` in ${options.output}`}. Keep them now: they are not shown again.`,
  );
}

async function list(cli: Cli, id: string, options: Options): Promise<void> {
  const { services } = await cli.container();
  const { event, presales, batches } = await services.access.overview(ACTOR, id);
  const rows = presaleRows(event, presales);
  if (options.json) {
    cli.output.json({ ok: true, event: { id: event.id, slug: event.slug }, presales: rows, batches });
    return;
  }
  if (rows.length === 0) {
    cli.output.note(`${event.title} has no presale: a sale window of its own, set in the portal.`);
    return;
  }
  const time = (atMs: number | null) =>
    atMs === null ? "not there any more" : formatSortable(atMs, event.timeZone);
  cli.output.table(rows, [
    { head: "presale", of: (row) => row.windowKey },
    { head: "opens", of: (row) => time(row.opensAtMs) },
    { head: "let in", of: (row) => row.granted },
    { head: "on the list", of: (row) => row.listed },
    { head: "places sold", of: (row) => row.taken },
    { head: "of", of: (row) => row.allotment ?? "all", align: "right" },
  ]);
  if (presales.length === 0)
    cli.output.note(`No codes or lists yet; --window takes a key of the column "presale".`);
  if (batches.length === 0) return;
  cli.output.line();
  cli.output.table(batches, [
    { head: "batch", of: (row) => row.batchId },
    { head: "presale", of: (row) => row.windowKey },
    { head: "label", of: (row) => row.label },
    { head: "codes", of: (row) => row.codes },
    { head: "uses each", of: (row) => row.usesEach },
    { head: "used", of: (row) => row.uses },
    { head: "revoked", of: (row) => row.revoked },
    {
      head: "expires",
      of: (row) =>
        row.expiresAtMs === null ? "with the presale" : formatSortable(row.expiresAtMs, event.timeZone),
    },
  ]);
}

type PresaleRow = PresaleUse & { readonly opensAtMs: number | null };

/** Every presale window, used or not, and those that were used and are gone: without an opening. */
function presaleRows({ saleWindows }: EventSummary, used: readonly PresaleUse[]): PresaleRow[] {
  const windows = saleWindows.filter(({ kind }) => kind === "presale");
  const opensOf = new Map(windows.map((window) => [windowKeyOf(window), window.opensAtMs]));
  const fresh = windows
    .filter((window) => !used.some(({ windowKey }) => windowKey === windowKeyOf(window)))
    .map((window) => ({
      windowKey: windowKeyOf(window),
      granted: 0,
      listed: 0,
      taken: 0,
      allotment: window.allotment ?? null,
    }));
  return [...used, ...fresh].map((row) => ({ ...row, opensAtMs: opensOf.get(row.windowKey) ?? null }));
}

async function revoke(cli: Cli, id: string, { batch, code, json }: RevokeOptions): Promise<void> {
  if ((batch === undefined) === (code === undefined)) throw new CliError("revoke_what");
  if (batch !== undefined && !isUuid(batch)) throw new CliError("not_a_batch", { text: batch });
  const { services } = await cli.container();
  const what = batch === undefined ? { code: code ?? "" } : { batchId: batch };
  const { revoked } = await services.access.revoke(ACTOR, id, what);
  if (json) cli.output.json({ ok: true, revoked });
  else if (revoked === 0) cli.output.note("Nothing to revoke: no such code, or it was revoked before.");
  else cli.output.good(`${plural(revoked, "code")} revoked`);
}

type Source = { readonly id: string; readonly file: string };

/** The addresses of a file, all or nothing; null: it has faults, and they were told. `none` is what --json says then. */
async function readList(
  cli: Cli,
  { file }: Source,
  { options, none }: { options: ImportOptions; none: Readonly<Record<string, number>> },
): Promise<EmailList | null> {
  const { emails, problems } = readEmails(await readText(file));
  if (problems.length === 0) return parsed(EmailList, { windowKey: options.window, emails });
  cli.exitCode = importExitCode(false, options);
  const dry = { dryRun: options.dryRun === true };
  const said = problems.map(told);
  if (options.json) cli.output.json({ ok: false, emails: emails.length, ...none, ...dry, problems: said });
  else printProblems(cli.output, said);
  return null;
}

async function importEmails(cli: Cli, source: Source, options: ImportOptions): Promise<void> {
  const list = await readList(cli, source, { options, none: { added: 0, known: 0 } });
  if (!list) return;
  const dryRun = options.dryRun === true;
  const read = { ok: true, emails: list.emails.length, dryRun, problems: [] };
  if (dryRun) {
    if (options.json) cli.output.json({ ...read, added: 0, known: 0 });
    else cli.output.good(`${plural(list.emails.length, "address", "addresses")}; nothing was saved`);
    return;
  }
  const { services } = await cli.container();
  const { added, known } = await services.access.addEmails(ACTOR, source.id, list);
  if (options.json) cli.output.json({ ...read, added, known });
  else cli.output.good(`${plural(added, "address", "addresses")} added, ${known} were on the list before`);
}

async function removeEmails(cli: Cli, source: Source, options: ImportOptions): Promise<void> {
  const list = await readList(cli, source, { options, none: { removed: 0, unknown: 0 } });
  if (!list) return;
  const { services } = await cli.container();
  const { removed, unknown } = await services.access.removeEmails(ACTOR, source.id, list);
  if (options.json) cli.output.json({ ok: true, emails: list.emails.length, removed, unknown, problems: [] });
  else cli.output.good(`${plural(removed, "address", "addresses")} removed, ${unknown} were not on the list`);
}

type Schema<T> = {
  safeParse(input: unknown):
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: { readonly issues: Parameters<typeof schemaFaults>[0] };
      };
};

/** What the options say, by the rules that the API has too. */
function parsed<T>(schema: Schema<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new CliError("bad_options", { faults: schemaFaults(result.error.issues) });
}

function instant(text: string): number {
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs) || !/[zZ]$|[+-]\d\d:?\d\d$/.test(text)) throw new CliError("not_a_time", { text });
  return atMs;
}
