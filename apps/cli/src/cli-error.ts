import { categoryOf, type ErrorCategory } from "@onsale/core/shared/errors";
import type { ErrorCode } from "@onsale/core/shared/error-details";
import { codeOfRefusal, type Refusals, type RefusalWhy } from "./words/refusals.ts";

type Options = { readonly cause?: unknown };
/** Facts may be left out where a refusal has none. */
type Told<W extends RefusalWhy> =
  Record<never, never> extends Refusals[W]
    ? [facts?: Refusals[W], options?: Options]
    : [facts: Refusals[W], options?: Options];

/**
 * A command that cannot do what it was asked for and says so itself, with the way on in its own options. Its sentence stands
 * in the terminal's catalogue (words/), as do those of what the domain refuses, which is an AppError.
 */
export class CliError<W extends RefusalWhy = RefusalWhy> extends Error {
  override readonly name = "CliError";
  readonly why: W;
  readonly facts: Refusals[W];
  readonly code: ErrorCode;
  readonly category: ErrorCategory;

  constructor(why: W, ...[facts, options]: Told<W>) {
    super(why, options);
    this.why = why;
    this.facts = facts ?? ({} as Refusals[W]);
    this.code = codeOfRefusal(why);
    this.category = categoryOf(this.code);
  }
}
