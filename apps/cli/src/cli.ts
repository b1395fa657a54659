import { system } from "@onsale/core/actor/actor";
import type { Container } from "@onsale/api/compose/container";
import type { Command } from "commander";
import type { CliEnvironment } from "./config.ts";
import type { Output } from "./output.ts";

/** What commands get from whoever runs them: the process, or a test. */
export type CliDeps = {
  readonly output: Output;
  readonly env: CliEnvironment;
  /**
   * Opened on first use and once; a command that needs no service never calls it. Silent unless `logs`: what a person
   * has to know of a failure is told once, in words.
   */
  readonly container: (options?: { logs: boolean }) => Promise<Container>;
  /** Set when the person or the system wants the process to end. */
  readonly signal: AbortSignal;
};

export type Cli = CliDeps & {
  /** What the run ends with; a command that finds something sets it. */
  exitCode: number;
  /** True while a command listens to `signal` itself and wants the time to end well. */
  drain: boolean;
};

export type CommandHelp = {
  readonly name: string;
  readonly about: string;
  /** Command lines without "ticketctl", each with what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[];
};

const examplesOf = new WeakMap<Command, CommandHelp["examples"][number][]>();

/** A command with a description, `--json` and examples: the manners every command shares. */
export function addCommand(parent: Command, { name, about, examples }: CommandHelp): Command {
  examplesOf.get(parent)?.push(...examples);
  return parent
    .command(name)
    .description(about)
    .option("--json", "print one JSON object instead of words")
    .addHelpText("after", () => exampleText(examples));
}

/** A noun; its help shows the examples of all its verbs. */
export function addGroup(parent: Command, name: string, about: string): Command {
  const group = parent.command(name).description(about);
  const examples: CommandHelp["examples"][number][] = [];
  examplesOf.set(group, examples);
  return group.addHelpText("after", () => exampleText(examples));
}

function exampleText(examples: CommandHelp["examples"]): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, does]) => `  $ ticketctl ${line.padEnd(width)}  ${does}`);
  return `\nExamples:\n${lines.join("\n")}\n\nExit codes: see ticketctl --help`;
}

/** Who did it, in the audit trail. */
export const ACTOR = system("ticketctl");
