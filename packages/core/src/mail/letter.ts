import type { Currency } from "../shared/money-schema.ts";

/** The event that a letter is about. Its names were typed by somebody: words are written around them, never from them. */
export type EventFacts = {
  readonly title: string;
  readonly startsAtMs: number;
  readonly timeZone: string;
  readonly venue: { readonly name: string; readonly city: string; readonly address: string };
};
export type PlaceFacts = {
  readonly section: string;
  readonly row: string | null;
  readonly seat: string | null;
  /** As the price list calls it. */
  readonly ticketType: string;
};
type OrderFacts = {
  readonly event: EventFacts;
  readonly reference: string;
  readonly totalMinor: number;
  readonly currency: Currency;
  readonly orderUrl: string;
};

/**
 * Every kind of letter and the facts in it: no sentence stands in core. The words are the mail's edge's
 * (providers/src/mail/words), complete by type as those for errors are. Letters about an account go to addresses that
 * somebody typed, so nothing else that was typed is in them: no name, no words of a stranger.
 */
export type LetterFacts = {
  sign_up: { readonly code: string; readonly goodForMs: number };
  /** For the owner of an address with which somebody signed up, though it has an account. */
  known_address: { readonly signInUrl: string; readonly resetUrl: string };
  verify_email: { readonly code: string; readonly goodForMs: number; readonly pageUrl: string };
  password_reset: { readonly url: string };
  password_set: { readonly pageUrl: string };
  invitation: { readonly url: string; readonly goodForMs: number };
  order_paid: OrderFacts & { readonly places: readonly PlaceFacts[] };
  event_cancelled: OrderFacts & {
    /** As staff said it; null: they did not. */
    readonly because: string | null;
    readonly money: "kept" | "nothing_paid" | "returned" | "never_taken";
  };
  waitlist_offer: {
    readonly event: EventFacts;
    readonly expiresAtMs: number;
    readonly seated: boolean;
    readonly places: readonly string[];
    readonly url: string;
  };
};
export type LetterKind = keyof LetterFacts;

export type Letter = {
  [K in LetterKind]: {
    readonly kind: K;
    readonly to: string;
    /** Of whom it is written to, where that is known (BCP 47: "de-CH"). */
    readonly locale?: string;
    /** Same id, same letter: a mailer may drop a repetition. */
    readonly messageId: string;
    readonly facts: LetterFacts[K];
  };
}[LetterKind];
