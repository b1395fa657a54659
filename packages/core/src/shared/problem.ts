import type { EventFileProblems } from "./event-file-problems.ts";
import type { LayoutProblems } from "./layout-problems.ts";
import type { SaleProblems } from "./sale-problems.ts";

/** Every fault of a layout, a file, a price list, an event or a selection, and what goes with it. */
export type ProblemDetails = SaleProblems & LayoutProblems & EventFileProblems;
export type ProblemCode = keyof ProblemDetails;

/**
 * One fault: which rule, where, and its facts. It has no sentence: `packages/words` has one per language for page, terminal
 * and file alike, complete by its type.
 */
export type Problem<C extends ProblemCode = ProblemCode> = {
  [K in C]: {
    /** Stable, e.g. "seat.duplicate_label". */
    readonly code: K;
    /** Where: a JSON path for documents ("sections[2].rows[0].seats[5]"), "line 17" for line files. */
    readonly path: string;
    readonly details: ProblemDetails[K];
  };
}[C];

/** Details may be left out where a code has none that it needs. */
export type Told<C extends ProblemCode> =
  Record<never, never> extends ProblemDetails[C]
    ? [details?: ProblemDetails[C]]
    : [details: ProblemDetails[C]];

export function problem<C extends ProblemCode>(code: C, path: string, ...[details]: Told<C>): Problem {
  // TypeScript does not see that a code and its own details are one member of the union.
  return { code, path, details: details ?? {} } as Problem;
}

export function isProblem(value: unknown): value is Problem {
  return (
    typeof value === "object" && value !== null && "code" in value && "path" in value && "details" in value
  );
}

/** An answer has an end, however many faults a list has: the first of them, and how many there are. */
const PROBLEMS_TOLD_MAX = 100;
export type ToldProblems = { readonly problems: readonly Problem[]; readonly count: number };
export const tellProblems = (problems: readonly Problem[]): ToldProblems => ({
  problems: problems.slice(0, PROBLEMS_TOLD_MAX),
  count: problems.length,
});
