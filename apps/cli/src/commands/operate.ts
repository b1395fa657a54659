import { hostname } from "node:os";
import type { Command } from "commander";
import { addCommand, type Cli } from "../cli.ts";
import { migratedWords } from "../migrated-words.ts";

export function addOperateCommands(program: Command, cli: Cli): void {
  addCommand(program, {
    name: "migrate",
    about: "Bring the database up to date. Safe to run from several machines at once.",
    examples: [["migrate", "before every start of a new version"]],
  }).action(async (options: { json?: boolean }) => {
    const applied = await (await cli.container()).migrate();
    if (options.json) cli.output.json({ ok: true, applied: applied.migrations, functions: applied.objects });
    else cli.output.good(migratedWords(applied));
  });

  addCommand(program, {
    name: "worker",
    about:
      "Write orders, end holds, chase payments, rebuild lost shards, send mails. Several may run. SIGTERM and Ctrl-C let it finish.",
    examples: [["worker", "logs to standard output until it is stopped"]],
  }).action(async () => {
    cli.drain = true;
    const [container, { composeWorker }, { runWorker }] = await Promise.all([
      cli.container({ logs: true }),
      import("@onsale/api/compose/worker"),
      import("@onsale/api/worker/worker"),
    ]);
    cli.output.note(`The worker on ${hostname()} runs (process ${process.pid}).`);
    await runWorker(composeWorker(container), { signal: cli.signal });
  });
}
