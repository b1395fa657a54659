/** How long a fan may hold places of an event, and how many. An event may set its own within these bounds. */
export const HOLD_TTL_MS = 5 * 60_000;
/**
 * How long one account may hold seats of an event within an hour without buying, by the clock and however many holds:
 * less while nobody has shown that its mail address is read. Paying counts, and the last part is kept for it: a bank's own
 * page takes people a while.
 */
export const HOLD_TIME_WINDOW_MS = 60 * 60_000;
export const HOLD_TIME_MAX_MS = 20 * 60_000;
export const HOLD_TIME_UNCONFIRMED_MAX_MS = 5 * 60_000;
export const PAYING_TIME_MIN_MS = 2 * 60_000;
/** What is left of a fan's time must be worth a hold. */
export const HOLD_TTL_MS_MIN = 60_000;
export const HOLD_TTL_MS_MAX = HOLD_TIME_MAX_MS - PAYING_TIME_MIN_MS;
/** A fan who asks for more time gets it this often; each extension is one TTL (WCAG 2.2.1). */
export const HOLD_EXTENSIONS_MAX = 2;
export const TICKETS_PER_FAN = 6;
export const TICKETS_PER_FAN_MAX = 50;

/** What HOLD_TIME_MAX_MS is for this fan. */
export const holdTimeMaxMs = (account: { readonly emailVerified: boolean }): number =>
  account.emailVerified ? HOLD_TIME_MAX_MS : HOLD_TIME_UNCONFIRMED_MAX_MS;
