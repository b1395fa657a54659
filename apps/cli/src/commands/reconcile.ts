import type { Reconciliation } from "@onsale/core/reconcile/reconcile-service";
import type { Away } from "@onsale/core/reconcile/reconcile";
import type { Command } from "commander";
import { addCommand, type Cli } from "../cli.ts";
import { makeEventNames } from "../event-places.ts";
import { EXIT } from "../exit-codes.ts";
import { plural } from "../words.ts";
import { driftWords } from "../words/drift-words.ts";
import type { Told } from "../words/drift-sentences.ts";
import { recountedWords } from "../words/recounted-words.ts";
import { findingWords } from "../words/finding-words.ts";

type Options = { readonly json?: boolean; readonly event?: string; readonly fix?: boolean };

const DRIFT_SHOWN_MAX = 50;

export function addReconcileCommand(program: Command, cli: Cli): void {
  addCommand(program, {
    name: "reconcile",
    about:
      "Ask every invariant as a query whose right answer is no rows, and compare Redis with Postgres. Exit code 3 when anything differs, 9 when something could not be looked at.",
    examples: [
      ["reconcile", "everything, changes nothing"],
      ["reconcile --event night-of-strings-2027-03-05 --fix", "mend one event's shard; Postgres is right"],
      ["reconcile --json", "for a monitor"],
    ],
  })
    .option("--event <event>", "slug or id of one event")
    .option(
      "--fix",
      "count wrong counters anew from the orders, then write what Postgres knows over a shard that differs",
    )
    .action((options: Options) => run(cli, options));
}

async function run(cli: Cli, options: Options): Promise<void> {
  const { services } = await cli.container();
  const eventId = options.event === undefined ? null : (await services.events.require(options.event)).id;
  const result = await services.reconcile.run({ eventId, fix: options.fix === true });
  const violations = result.invariants.reduce((sum, invariant) => sum + invariant.violations, 0);
  const differs = violations > 0 || result.drift.length > 0;
  const ok = !differs && result.away.length === 0;
  // What --fix has mended was drift all the same; the next run tells whether it held.
  if (differs) cli.exitCode = EXIT.drift;
  else if (!ok) cli.exitCode = EXIT.unhealthy;
  if (options.json) return cli.output.json({ ok, violations, ...result });
  const namesOf = makeEventNames(await cli.container());
  await printInvariants(cli, result, namesOf);
  await printRecounted(cli, result, namesOf);
  await printDrift(cli, result, namesOf);
  printVerdict(cli, result, violations);
}

type NamesOf = ReturnType<typeof makeEventNames>;

async function printInvariants(
  { output }: Cli,
  { invariants }: Reconciliation,
  namesOf: NamesOf,
): Promise<void> {
  output.table(invariants, [
    {
      head: "",
      of: ({ away, violations }) => (away ? "-" : violations === 0 ? "✓" : "✗"),
      tone: ({ away, violations }) => (away ? "plain" : violations === 0 ? "good" : "bad"),
    },
    { head: "id", of: (one) => one.id },
    { head: "invariant", of: (one) => one.title },
    { head: "rows", of: (one) => (one.away ? "not asked" : one.violations) },
  ]);
  for (const { id, rows, violations } of invariants) {
    for (const row of rows) {
      const names = row.event ? await namesOf(row.event) : null;
      const place = names?.place({ seatNo: row["seat_no"], areaNo: row["area_no"] }) ?? null;
      tell(output, { about: [id, row.event ?? null, place], ...findingWords(id, row) });
    }
    if (violations > rows.length)
      output.line(
        output.faint(`  ${id}: ... and ${plural(violations - rows.length, "row")} more like these`),
      );
  }
}

async function printDrift({ output }: Cli, { drift }: Reconciliation, namesOf: NamesOf): Promise<void> {
  const shown = drift.slice(0, DRIFT_SHOWN_MAX);
  for (const one of shown) {
    const { what, todo } = driftWords(one);
    const { slug, place } = await namesOf(one.eventId);
    tell(output, { about: [slug, place(one.details)], what, todo: one.fixed ? "Mended now." : todo });
  }
  if (drift.length > shown.length)
    output.line(output.faint(`  ... and ${drift.length - shown.length} more; --json lists them all`));
}

async function printRecounted(
  { output }: Cli,
  { recounted }: Reconciliation,
  namesOf: NamesOf,
): Promise<void> {
  for (const { eventId, ...one } of recounted.slice(0, DRIFT_SHOWN_MAX))
    output.line(`  ${(await namesOf(eventId)).slug ?? eventId}: ${recountedWords(one)}`);
  if (recounted.length > DRIFT_SHOWN_MAX)
    output.line(output.faint(`  ... and ${recounted.length - DRIFT_SHOWN_MAX} more; --json lists them all`));
}

function tell(
  output: Cli["output"],
  { about, what, todo }: Told & { readonly about: readonly (string | null)[] },
): void {
  const where = about.filter((one) => one !== null).join(" · ");
  output.line();
  output.line(`  ${output.strong(where)}: ${what}`);
  output.line(`  ${output.faint(todo)}`);
}

const NOT_LOOKED_AT: Readonly<Record<Away, string>> = {
  redis:
    "Redis does not answer: what it holds was not compared with Postgres. `ticketctl doctor` says what to do.",
  provider:
    "The payment provider does not answer: its books were not compared with our payments. Start it (`ticketctl serve-sandbox`), or correct SANDBOX_URL.",
};

function printVerdict({ output }: Cli, result: Reconciliation, violations: number): void {
  const { invariants, drift, events, away } = result;
  output.line();
  for (const one of away) output.bad(NOT_LOOKED_AT[one]);
  const asked = invariants.filter((check) => check.away === null).length;
  const checked = `${plural(asked, "invariant")}, ${plural(events, "live shard")}`;
  if (violations > 0 || drift.length > 0)
    output.bad(
      `${plural(violations, "broken row")}, ${plural(drift.length, "difference")} between Redis and Postgres (${checked})`,
    );
  else if (away.length > 0) output.line(`No drift in what could be looked at (${checked})`);
  else output.good(`No drift (${checked})`);
}
