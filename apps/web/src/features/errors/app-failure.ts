import type { ErrorCode } from "@onsale/core/shared/errors";

/** What an edge tells about a failure. `code` null: not one of ours, such as a broken connection. */
export type AppFailure = {
  readonly code: ErrorCode | null;
  readonly details: Readonly<Record<string, unknown>>;
  /** tRPC's category; null when no answer came at all. */
  readonly category: string | null;
};

/** The message, and then the category, of a call that was not sent because the browser has no network. */
export const OFFLINE = "OFFLINE";

/** Reads any thrown thing; shape errors of our own API included, and never throws itself. */
export function readFailure(error: unknown): AppFailure {
  const data = field(field(error, "data") ?? field(field(error, "shape"), "data"), "app");
  const category = field(field(error, "data"), "code") ?? field(error, "code");
  const cause = field(error, "cause");
  const code = field(data, "code") ?? field(cause, "code");
  const details = field(data, "details") ?? field(cause, "details");
  return {
    code: typeof code === "string" && code.includes(".") ? asErrorCode(code) : null,
    details: typeof details === "object" && details !== null ? (details as Record<string, unknown>) : {},
    category: field(error, "message") === OFFLINE ? OFFLINE : typeof category === "string" ? category : null,
  };
}

/** An older page may meet a newer server: an unknown code then has no words and falls back to its category. */
function asErrorCode(code: string): ErrorCode {
  return code as ErrorCode;
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

const FINAL = new Set([
  "BAD_REQUEST",
  "UNAUTHORIZED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "PRECONDITION_FAILED",
]);
export function isWorthRetrying(error: unknown): boolean {
  const { category } = readFailure(error);
  return category === null || !FINAL.has(category);
}
