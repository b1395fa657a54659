import type { Reconciliation } from "@onsale/core/reconcile/reconcile-service";
import type { Command } from "commander";
import { addCommand, type Cli } from "../cli.ts";
import { EXIT } from "../exit-codes.ts";
import { plural } from "../words.ts";
import { driftWords } from "../words/drift-words.ts";

type Options = { readonly json?: boolean; readonly event?: string; readonly fix?: boolean };

export function addReconcileCommand(program: Command, cli: Cli): void {
  addCommand(program, {
    name: "reconcile",
    about:
      "Ask every invariant as a query whose right answer is no rows, and compare Redis with Postgres. Exit code 3 when anything differs.",
    examples: [
      ["reconcile", "everything, changes nothing"],
      ["reconcile --event night-of-strings-2027-03-05 --fix", "mend one event's shard; Postgres is right"],
      ["reconcile --json", "for a monitor"],
    ],
  })
    .option("--event <event>", "slug or id of one event")
    .option("--fix", "write what Postgres knows over a shard that differs")
    .action((options: Options) => run(cli, options));
}

async function run(cli: Cli, options: Options): Promise<void> {
  const { services } = await cli.container();
  const eventId = options.event === undefined ? null : (await services.events.require(options.event)).id;
  const result = await services.reconcile.run({ eventId, fix: options.fix === true });
  const violations = result.invariants.reduce((sum, invariant) => sum + invariant.violations, 0);
  const ok = violations === 0 && result.drift.length === 0;
  // What --fix has mended was drift all the same; the next run tells whether it held.
  if (!ok) cli.exitCode = EXIT.drift;
  if (options.json) cli.output.json({ ok, violations, ...result });
  else print(cli, result, violations);
}

function print({ output }: Cli, { invariants, drift, events }: Reconciliation, violations: number): void {
  output.table(invariants, [
    {
      head: "",
      of: (one) => (one.violations === 0 ? "✓" : "✗"),
      tone: (one) => (one.violations === 0 ? "good" : "bad"),
    },
    { head: "id", of: (one) => one.id },
    { head: "invariant", of: (one) => one.title },
    { head: "rows", of: (one) => one.violations },
  ]);
  for (const { id, rows } of invariants)
    for (const row of rows) output.line(`  ${id} ${JSON.stringify(row)}`);
  output.line();
  for (const one of drift.slice(0, 50)) {
    const { what, todo } = driftWords(one);
    output.line(`  ${one.eventId}: ${what}`);
    output.line(output.faint(`    ${one.fixed ? "Mended now." : todo}`));
  }
  if (drift.length > 50)
    output.line(output.faint(`  ... and ${drift.length - 50} more; --json lists them all`));
  const checked = `${plural(invariants.length, "invariant")}, ${plural(events, "live shard")}`;
  if (violations === 0 && drift.length === 0) output.good(`No drift (${checked})`);
  else
    output.bad(
      `${plural(violations, "broken row")}, ${plural(drift.length, "difference")} between Redis and Postgres (${checked})`,
    );
}
