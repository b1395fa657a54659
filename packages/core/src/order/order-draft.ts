import { z } from "zod";
import { TicketItems } from "../pricing/ticket-items.ts";
import { QuoteItem } from "../pricing/quote-schema.ts";
import { AccountId, EventId, HoldId, IdempotencyKey, OrderId } from "../shared/ids.ts";
import { DEFAULT_LOCALE } from "../shared/locale.ts";
import { Currency, PriceMinor } from "../shared/money-schema.ts";
import { WindowKey } from "../event/window-key-schema.ts";

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** What the page of a fan who pays says, and the order keeps as it was said. */
export const BuyerWords = z.object({
  /** For whom the page was written (BCP 47: "de-CH"), so that mails about the order can be written for them too. */
  locale: z
    .string()
    .max(35)
    .refine(isLocale, { abort: true, error: "no language tag, such as de-CH" })
    .overwrite((tag) => Intl.getCanonicalLocales(tag)[0] ?? tag)
    .default(DEFAULT_LOCALE),
});
export type BuyerWords = z.infer<typeof BuyerWords>;
export type BuyerWordsInput = z.input<typeof BuyerWords>;

/** What travels through the order stream: everything the order writer needs, nothing it must look up. */
export const OrderDraft = z.strictObject({
  ...BuyerWords.shape,
  orderId: OrderId,
  eventId: EventId,
  accountId: AccountId,
  holdId: HoldId,
  idempotencyKey: IdempotencyKey,
  /** SHA-256 of the request, so that a key sent again with another body is refused. */
  requestHash: z.string().regex(/^[0-9a-f]{64}$/),
  ticketItems: TicketItems,
  items: z.array(QuoteItem).min(1).max(50),
  priceVersion: z.int().min(1),
  quoteHash: z.string().regex(/^[0-9a-f]{64}$/),
  currency: Currency,
  faceMinor: PriceMinor,
  feeMinor: PriceMinor,
  taxAddedMinor: PriceMinor,
  totalMinor: PriceMinor,
  email: z.email().max(254),
  maxPerFan: z.int().min(1).max(50),
  /** The presale it was made in, whose allotment it counts against; null: the public sale. */
  windowKey: WindowKey.nullable().default(null),
  /** How long the claim may wait for its payment before the seats go back. */
  payWithinMs: z.int().min(1_000).max(3_600_000),
  /** Channel of the API process that waits for the answer. */
  replyTo: z.string().max(80),
});
export type OrderDraft = z.infer<typeof OrderDraft>;

export type CommitOutcome =
  /** `replayed`: the same order had been committed before. */
  | { readonly kind: "committed"; readonly orderId: string; readonly replayed: boolean }
  | { readonly kind: "seats_taken"; readonly orderId: string; readonly seatNos: readonly number[] }
  | { readonly kind: "area_full"; readonly orderId: string; readonly areaNos: readonly number[] }
  | { readonly kind: "limit"; readonly orderId: string; readonly max: number; readonly bought: number }
  /** The presale may sell only `left` places more. */
  | {
      readonly kind: "allotment_gone";
      readonly orderId: string;
      readonly windowKey: string;
      readonly left: number;
    }
  /** The idempotency key was used before for a different request. */
  | { readonly kind: "key_reused"; readonly orderId: string }
  | { readonly kind: "event_closed"; readonly orderId: string };
