import type { Problem } from "@onsale/core/shared/problem";
import type { Output } from "./output.ts";

const SHOWN_MAX = 25;

/** What is wrong and where, the first of them in full; all of them are in --json. */
export function printProblems(output: Output, problems: readonly Problem[]): void {
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
