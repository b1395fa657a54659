import { Command, CommanderError } from "commander";
import type { Cli, CliDeps } from "./cli.ts";
import { addImportCommands } from "./commands/import.ts";
import { describeFailure, EXIT, EXIT_CODES_HELP } from "./exit-codes.ts";

/** The whole program without a process around it, so that tests run it as it is. */
export function buildProgram(cli: Cli): Command {
  const { terminal } = cli.output;
  const program = new Command("ticketctl")
    .description(
      "Onsale from the terminal: imports, events, holds, orders, tickets, and the workings behind them.",
    )
    .exitOverride()
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
    const ended = await Promise.race([run, interrupted]);
    // A command that listens to the signal is given the time to end well.
    if (ended === "interrupted" && cli.drain) await run;
    return cli.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.refused;
    return reportFailure(error, args, deps);
  }
}

function reportFailure(error: unknown, args: readonly string[], { output }: CliDeps): number {
  const { exitCode, code, message, details } = describeFailure(error);
  if (args.includes("--json")) output.json({ ok: false, error: { code, message, details } });
  output.fail(message);
  return exitCode;
}
