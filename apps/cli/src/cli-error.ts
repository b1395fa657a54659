import { categoryOf, type ErrorCategory } from "@onsale/core/shared/errors";
import type { ErrorCode } from "@onsale/core/shared/error-details";

/**
 * A command that cannot do what it was asked for and says so itself, with the way on in its own options. What the domain
 * refuses is an AppError, whose words stand in the catalogue (words/).
 */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly code: ErrorCode;
  readonly category: ErrorCategory;
  readonly details: object;

  constructor(code: ErrorCode, words: string, options: { details?: object; cause?: unknown } = {}) {
    super(words, { cause: options.cause });
    this.code = code;
    this.category = categoryOf(code);
    this.details = options.details ?? {};
  }
}
