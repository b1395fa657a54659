import type { ErrorCode, ErrorDetails } from "@onsale/core/shared/error-details";

/** One of ours, with the facts of its code; or none of ours (code null), such as a broken connection. */
type Refusal =
  | { [C in ErrorCode]: { readonly code: C; readonly details: ErrorDetails[C] } }[ErrorCode]
  | { readonly code: null; readonly details: Record<string, never> };

/** What an edge tells about a failure. */
export type AppFailure = Refusal & {
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
  const known = typeof code === "string" && code.includes(".") ? code : null;
  return {
    ...refusalOf(known, typeof details === "object" && details !== null ? details : {}),
    category: field(error, "message") === OFFLINE ? OFFLINE : typeof category === "string" ? category : null,
  };
}

/**
 * What our own server says is believed: it has the same types. An older page may meet a newer server; a code that it does
 * not know has no words there and falls back to its category.
 */
function refusalOf(code: string | null, details: object): Refusal {
  return { code, details } as Refusal;
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
