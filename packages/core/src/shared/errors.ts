import type { ErrorCode, ErrorDetails } from "./error-details.ts";

/** Edges map the nine categories; features add the many codes. See docs/architecture.md, "Errors". */
export type ErrorCategory =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "expired"
  | "limited"
  | "unavailable"
  | "internal";

const CATEGORY_BY_CODE: Readonly<Record<ErrorCode, ErrorCategory>> = {
  "input.invalid": "invalid",
  "input.too_large": "invalid",
  "account.sign_in_required": "unauthenticated",
  "account.bad_credentials": "unauthenticated",
  "account.email_taken": "conflict",
  "account.weak_password": "invalid",
  "account.wrong_password": "invalid",
  "account.bad_reset": "expired",
  "account.not_allowed": "forbidden",
  "account.not_found": "not_found",
  "origin.foreign": "forbidden",
  "rate.limited": "limited",
  "event.not_found": "not_found",
  "event.not_on_sale": "conflict",
  "event.bad_transition": "conflict",
  "event.incomplete": "invalid",
  "event.slug_taken": "conflict",
  "change.stale": "conflict",
  "layout.not_found": "not_found",
  "layout.in_use": "conflict",
  "layout.invalid": "invalid",
  "import.invalid": "invalid",
  "venue.not_found": "not_found",
  "organization.not_found": "not_found",
  "organization.slug_taken": "conflict",
  "member.not_found": "not_found",
  "member.already": "conflict",
  "member.last_owner": "conflict",
  "invitation.over": "expired",
  "invitation.other_address": "forbidden",
  "invitation.too_many": "limited",
  "invitation.too_soon": "limited",
  "hold.not_found": "not_found",
  "hold.empty": "invalid",
  "hold.seats_taken": "conflict",
  "hold.area_full": "conflict",
  "hold.limit": "limited",
  "hold.seat_rule": "invalid",
  "hold.expired": "expired",
  "hold.not_extendable": "conflict",
  "hold.in_checkout": "conflict",
  "hold.ordered": "conflict",
  "hold.no_block": "conflict",
  "inventory.rebuilding": "unavailable",
  "price.changed": "conflict",
  "price.missing": "invalid",
  "checkout.busy": "unavailable",
  "checkout.pending": "unavailable",
  "checkout.key_reused": "invalid",
  "checkout.seats_lost": "conflict",
  "order.not_found": "not_found",
  "payment.unavailable": "unavailable",
  "hold.cycles": "limited",
  "hold.time": "limited",
  "line.not_found": "not_found",
  "line.exists": "conflict",
  "line.not_open": "conflict",
  "line.person_taken": "conflict",
  "line.not_your_turn": "conflict",
  "line.pass_required": "forbidden",
  "line.resting": "unavailable",
  "line.no_more_time": "conflict",
  "line.bad_transition": "conflict",
  "line.settings_fixed": "conflict",
  "draw.not_published": "not_found",
  "draw.refused": "invalid",
  "access.required": "forbidden",
  "access.code_refused": "not_found",
  "access.allotment_gone": "conflict",
  "challenge.required": "forbidden",
  "challenge.failed": "invalid",
  "risk.refused": "limited",
  "account.blocked": "forbidden",
  "account.unverified": "forbidden",
  "account.bad_code": "invalid",
  "waitlist.closed": "conflict",
  "waitlist.not_found": "not_found",
  "waitlist.offer_over": "expired",
  "report.refused": "invalid",
  "ticket.not_found": "not_found",
  "ticket.bad_code": "invalid",
  "service.unavailable": "unavailable",
  "database.role_not_made": "invalid",
  "database.role_too_powerful": "invalid",
  "database.not_owner": "invalid",
  "database.other_version": "invalid",
};

export const categoryOf = (code: ErrorCode): ErrorCategory => CATEGORY_BY_CODE[code];

type Options = { readonly cause?: unknown };
/** Details may be left out where a code has none that it needs. */
type Told<C extends ErrorCode> =
  Record<never, never> extends ErrorDetails[C]
    ? [details?: ErrorDetails[C], options?: Options]
    : [details: ErrorDetails[C], options?: Options];

/**
 * An expected failure: a code and its facts. It carries no sentence; each edge has words for it in its own catalogue.
 * Details are shown to the caller; secrets and SQL belong in `cause`.
 */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "AppError";
  readonly code: C;
  readonly category: ErrorCategory;
  readonly details: ErrorDetails[C];

  constructor(code: C, ...[details, options]: Told<C>) {
    super(code, options);
    this.code = code;
    this.category = categoryOf(code);
    this.details = (details ?? {}) as ErrorDetails[C];
  }
}

/** When the same call may go well; null: nobody knows. */
export function retryAfterMsOf({ details }: AppError): number | null {
  return "retryAfterMs" in details && typeof details.retryAfterMs === "number" ? details.retryAfterMs : null;
}
