import { AppError, type ErrorCategory } from "@onsale/core/shared/errors";
import { CliError } from "./cli-error.ts";
import { wordsOf } from "./words/error-words.ts";
import { refusalWords } from "./words/refusal-words.ts";

/** What a script may rely on; listed in every --help and in docs/ticketctl.md. */
export const EXIT_BY_CATEGORY = {
  internal: 1,
  invalid: 2,
  not_found: 3,
  conflict: 4,
  expired: 5,
  unauthenticated: 6,
  forbidden: 7,
  limited: 8,
  unavailable: 9,
} as const satisfies Record<ErrorCategory, number>;

export const EXIT = {
  ok: 0,
  refused: EXIT_BY_CATEGORY.invalid,
  /** `reconcile` found drift. Shares its number with "not found", which reconcile answers only for --event. */
  drift: 3,
  /** `doctor` found something broken. */
  unhealthy: EXIT_BY_CATEGORY.unavailable,
  interrupted: 130,
  terminated: 143,
} as const;

export const EXIT_CODES_HELP = `Exit codes:
  0    done
  1    a fault of ours (please report it)
  2    input refused, or the command was not understood
  3    not found; for reconcile, audit verify and drill: something does not hold
  4    conflict: somebody was faster, or the state forbids it
  5    expired
  6    not signed in
  7    not allowed
  8    limited: too many, too fast
  9    a service cannot be reached, or doctor found a fault
  130  stopped by Ctrl-C (143: by SIGTERM)`;

const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
]);

export type Failure = {
  readonly exitCode: number;
  readonly code: string;
  readonly message: string;
  /** Each thing that is wrong or missing, where these are several. */
  readonly points?: readonly string[];
  readonly details: object;
};

/** Any thrown thing as what a person and a script need of it. Faults of ours keep their stack for the report. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof AppError) {
    const exitCode = EXIT_BY_CATEGORY[error.category];
    const { sentence: message, points } = wordsOf(error);
    return { exitCode, code: error.code, message, points, details: error.details };
  }
  if (error instanceof CliError) {
    const exitCode = EXIT_BY_CATEGORY[error.category];
    const details = { why: error.why, ...error.facts };
    return { exitCode, code: error.code, message: refusalWords(error), details };
  }
  if (isUnreachable(error)) {
    const message = "A service cannot be reached. `ticketctl doctor` says which and what to do.";
    return { exitCode: EXIT_BY_CATEGORY.unavailable, code: "service.unavailable", message, details: {} };
  }
  const older = inDatabase(error, OTHER_VERSION);
  if (older !== null) {
    const message = `Nothing was changed: ${older}. Migrate with the newest version (\`ticketctl migrate\`), and restart every process with it.`;
    return { exitCode: EXIT_BY_CATEGORY.unavailable, code: "service.unavailable", message, details: {} };
  }
  const lacking = inDatabase(error, UNDEFINED_IN_DATABASE);
  if (lacking !== null) {
    const message = `The database is not of this version (${lacking}). Run \`ticketctl migrate\`, then try again. If \`ticketctl doctor\` finds every migration applied, this is a fault of ours: please report it.`;
    return { exitCode: EXIT_BY_CATEGORY.unavailable, code: "service.unavailable", message, details: {} };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exitCode: EXIT_BY_CATEGORY.internal, code: "internal", message, details: {} };
}

/** SQLSTATEs of a column, table or function that is not there: an update whose migrations did not run yet. */
const UNDEFINED_IN_DATABASE = new Set(["42703", "42P01", "42883"]);

/** The SQLSTATE by which guard_tx() refuses a program of another version. */
const OTHER_VERSION = new Set(["ON002"]);

function inDatabase(error: unknown, states: ReadonlySet<string>, depth = 0): string | null {
  if (!(error instanceof Error) || depth > 5) return null;
  if ("code" in error && typeof error.code === "string" && states.has(error.code)) return error.message;
  return inDatabase(error.cause, states, depth + 1);
}

/** Drivers hide the socket's error under causes and, for a name with several addresses, in a list. */
function isUnreachable(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 5) return false;
  // ioredis gives its errors no codes.
  if (/^(?:Command timed out|Connection is closed|Stream isn't writeable)/.test(error.message)) return true;
  if (error.name === "MaxRetriesPerRequestError") return true;
  if ("code" in error && typeof error.code === "string" && UNREACHABLE.has(error.code)) return true;
  if (error instanceof AggregateError && error.errors.some((inner) => isUnreachable(inner, depth + 1)))
    return true;
  return isUnreachable(error.cause, depth + 1);
}

/**
 * How an import ends. A script that asked for a dry run as JSON got what it asked for, with the verdict in `ok`; everybody
 * else learns from the exit code that the file was refused.
 */
export function importExitCode(
  accepted: boolean,
  asked: { readonly dryRun?: boolean; readonly json?: boolean },
): number {
  return accepted || (asked.dryRun && asked.json) ? 0 : EXIT.refused;
}
