import { DrizzleQueryError } from "drizzle-orm";
import postgres from "postgres";

/** The promises of the schema that code tells apart; each is the name of a constraint or of a trigger's refusal. */
export const CONSTRAINTS = [
  "account_email_once",
  "organization_slug_once",
  "event_slug_once",
  "event_venue_known",
  "event_layout_known",
  "layout_venue_known",
  "event_layout_frozen",
  "event_needs_layout",
  "event_needs_prices",
  "event_moves",
  "layout_unchanged",
  "seat_known",
  "access_code_within_uses",
  "access_grant_once",
  "window_allotment_within",
  "seat_claim_once",
  "quota_within_limit",
  "ga_pool_within_capacity",
  "order_once",
  "order_key_once",
  "order_hold_once",
  "order_moves",
  "order_unchanged",
  "order_total_adds_up",
  "payment_order_known",
  "payment_ref_once",
  "payment_moves",
  "payment_unchanged",
  "payment_attempt_once",
  "one_live_payment_per_order",
  "ledger_sums_to_zero",
  "ticket_once",
  "ticket_seat_once",
  "ticket_item_once",
  "paid_has_tickets",
  "audit_append_only",
  "line_event_known",
  "line_window_once",
  "line_moves",
  "line_fixed",
  "line_seed_as_committed",
  "line_drawn_in_public",
  "line_all_drawn",
  "line_numbers_fixed",
  "line_account_once",
  "line_entry_once",
  "line_person_once",
  "line_number_once",
  "line_drawn_once",
  "line_pass_once",
  "line_pass_open_once",
  "line_more_time_max",
  "line_wave_once",
  "line_wave_within_cap",
  "line_wave_within_inflow",
  "line_wave_append_only",
  "waitlist_account_once",
  "waitlist_offer_open_once",
  "waitlist_seat_once",
] as const;
export type Constraint = (typeof CONSTRAINTS)[number];

export const SERIALIZATION_FAILURE = "40001";
export const DEADLOCK_DETECTED = "40P01";
export const IN_FAILED_TRANSACTION = "25P02";
export const OUTSIDE_TRANSACTION = "25P01";
/** guard_tx(): this process and the database are of different versions. */
export const OTHER_VERSION = "ON002";
/** need_events(): another worker owns the event of this stage now. */
export const OTHER_OWNER = "ON003";

/** The server's own error, also from inside drizzle's; null for anything else, such as a broken connection. */
export function postgresError(error: unknown): postgres.PostgresError | null {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof postgres.PostgresError ? cause : null;
}

/**
 * Postgres is going away, starting, full, gave up waiting, or belongs to a version that this process must make room for:
 * nothing is known but that it may be asked again.
 */
const NOT_NOW = /^(08|53|57P0|57014|55P03|25006|40001|40P01|ON002)/;
const LOST = /^(CONNECTION_\w+|CONNECT_TIMEOUT|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)$/;

/**
 * The data of one row is at fault: a constraint, a value that does not fit, a refusal of ours. Without that row the same
 * statement goes through.
 */
export function isDataFault(error: unknown): boolean {
  return /^(22|23|P0001|42804)/.test(sqlState(error) ?? "");
}

/** The database could not be reached or had no time: the step may or may not have happened. */
export function isOutage(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return NOT_NOW.test(error.code);
  if (!(error instanceof Error)) return false;
  if (error.name === "TransactionLost") return true;
  const code = "code" in error ? error.code : null;
  return (typeof code === "string" && LOST.test(code)) || isOutage(error.cause);
}

/** Text that no column can hold: a NUL character, half a surrogate pair. */
export function isUnstorableText(error: unknown): boolean {
  return /^(22021|22P05)$/.test(sqlState(error) ?? "");
}

/** Which of our promises a statement would have broken; null when it failed for another reason. */
export function brokenConstraint(error: unknown): Constraint | null {
  const name = postgresError(error)?.constraint_name;
  return CONSTRAINTS.find((constraint) => constraint === name) ?? null;
}

export function sqlState(error: unknown): string | null {
  return postgresError(error)?.code ?? null;
}
