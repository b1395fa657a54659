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

const CATEGORY_BY_CODE = {
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
} as const satisfies Record<string, ErrorCategory>;

export type ErrorCode = keyof typeof CATEGORY_BY_CODE;

/** An expected failure with words for the caller. `details` are shown; secrets and SQL belong in `cause`. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly category: ErrorCategory;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.category = CATEGORY_BY_CODE[code];
    this.details = options.details ?? {};
  }
}
