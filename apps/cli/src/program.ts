import { readFileSync } from "node:fs";
import path from "node:path";
import { Command, CommanderError } from "commander";
import type { Cli, CliDeps } from "./cli.ts";
import { addAccountCommands } from "./commands/account.ts";
import { addAccessCommands } from "./commands/access.ts";
import { addAuditCommands } from "./commands/audit.ts";
import { addLayoutCommands } from "./commands/layout.ts";
import { addOrganizationCommands } from "./commands/organization.ts";
import { addVenueCommands } from "./commands/venue.ts";
import { addCompletionCommand } from "./commands/completion.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addDrillCommand } from "./commands/drill.ts";
import { addEventCommands } from "./commands/event.ts";
import { addExportCommands } from "./commands/export.ts";
import { addHoldCommands } from "./commands/hold.ts";
import { addImportCommands } from "./commands/import.ts";
import { addJobCommands } from "./commands/jobs.ts";
import { addLineCommands } from "./commands/line.ts";
import { addOperateCommands } from "./commands/operate.ts";
import { addOrderCommands } from "./commands/order.ts";
import { addReconcileCommand } from "./commands/reconcile.ts";
import { addRiskCommands } from "./commands/risk.ts";
import { addSeedCommand } from "./commands/seed.ts";
import { addServeSandboxCommand } from "./commands/serve-sandbox.ts";
import { addSetupCommand } from "./commands/setup.ts";
import { addTicketCommands } from "./commands/ticket.ts";
import { addWaitlistCommands } from "./commands/waitlist.ts";
import { describeFailure, EXIT, EXIT_CODES_HELP } from "./exit-codes.ts";

/** The whole program without a process around it, so that tests run it as it is. */
export function buildProgram(cli: Cli): Command {
  const { terminal } = cli.output;
  const program = new Command("ticketctl")
    .description(
      "Onsale from the terminal: imports, events, holds, orders, tickets, and the workings behind them.",
    )
    .version(readVersion(), "--version", "print the version")
    .exitOverride()
    // An option is that of the verb it stands behind, though a noun before it has one of the same name.
    .enablePositionalOptions()
    .configureOutput({
      writeOut: terminal.stdout,
      writeErr: terminal.stderr,
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
      getOutHasColors: () => terminal.wantsColor ?? terminal.stdoutIsTty,
      getErrHasColors: () => terminal.wantsColor ?? terminal.stderrIsTty,
    })
    .showHelpAfterError("Run it with --help to see how.")
    .addHelpText("after", `\n${EXIT_CODES_HELP}`);
  addImportCommands(program, cli);
  addExportCommands(program, cli);
  addEventCommands(program, cli);
  addLayoutCommands(program, cli);
  addVenueCommands(program, cli);
  addOrganizationCommands(program, cli);
  addAuditCommands(program, cli);
  addLineCommands(program, cli);
  addAccessCommands(program, cli);
  addWaitlistCommands(program, cli);
  addHoldCommands(program, cli);
  addOrderCommands(program, cli);
  addTicketCommands(program, cli);
  addOperateCommands(program, cli);
  addServeSandboxCommand(program, cli);
  addRiskCommands(program, cli);
  addJobCommands(program, cli);
  addReconcileCommand(program, cli);
  addDrillCommand(program, cli);
  addAccountCommands(program, cli);
  addSetupCommand(program, cli);
  addSeedCommand(program, cli);
  addDoctorCommand(program, cli);
  addCompletionCommand(program, cli);
  return program;
}

/** Runs one command line to its end and answers with the exit code; never throws and never exits. */
export async function runCli(args: readonly string[], deps: CliDeps): Promise<number> {
  const cli: Cli = { ...deps, exitCode: EXIT.ok, drain: false };
  const interrupted = new Promise<"interrupted">((resolve) => {
    deps.signal.addEventListener("abort", () => resolve("interrupted"), { once: true });
  });
  try {
    const run = buildProgram(cli).parseAsync(args, { from: "user" });
    if ((await Promise.race([run, interrupted])) === "interrupted") {
      // What is left of it ends with the process; only a command that listens to the signal is waited for.
      run.catch(() => undefined);
      if (!cli.drain) return EXIT.terminated;
      await run;
    }
    return cli.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return reportUsage(error, args, deps);
    return reportFailure(error, args, deps);
  }
}

/** What was not understood: commander has said it on standard error, and a script gets its one JSON object. */
function reportUsage(error: CommanderError, args: readonly string[], { output }: CliDeps): number {
  if (error.exitCode === 0) return EXIT.ok;
  const message = error.message.replace(/^error: /, "").replaceAll("\n", " ");
  if (args.includes("--json"))
    output.json({ ok: false, error: { code: "input.invalid", message, details: {} } });
  return EXIT.refused;
}

/** Of the checkout that runs. */
function readVersion(): string {
  const file = path.join(import.meta.dirname, "..", "..", "..", "package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return version;
}

function reportFailure(error: unknown, args: readonly string[], { output }: CliDeps): number {
  const { exitCode, code, message, points = [], details } = describeFailure(error);
  if (args.includes("--json")) output.json({ ok: false, error: { code, message, details } });
  output.fail(message);
  for (const point of points) output.note(`  ${point}`);
  return exitCode;
}
