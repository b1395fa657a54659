import type { Problem } from "@onsale/core/shared/problem";
import { problemWords } from "@onsale/words/problem-words";
import type { Output } from "./output.ts";
import { TERMINAL_LOCALE } from "./terminal-locale.ts";

const SHOWN_MAX = 25;

/** A problem with its sentence, as people and `--json` get it. */
export type ToldProblem = {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly details: object;
};

export const told = (problem: Problem): ToldProblem => ({
  code: problem.code,
  path: problem.path,
  message: problemWords(problem, TERMINAL_LOCALE),
  details: problem.details,
});

/** What is wrong and where, the first of them in full; all of them are in --json. */
export function printProblems(output: Output, problems: readonly ToldProblem[]): void {
  if (problems.length === 0) return;
  output.line();
  output.table(problems.slice(0, SHOWN_MAX), [
    { head: "where", of: (problem) => problem.path || "file" },
    { head: "rule", of: (problem) => problem.code },
    { head: "what", of: (problem) => problem.message },
  ]);
  if (problems.length > SHOWN_MAX) {
    output.line(output.faint(`... and ${problems.length - SHOWN_MAX} more; --json lists them all.`));
  }
}
