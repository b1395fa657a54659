import { z } from "zod";
import { rule } from "../shared/schema-rule.ts";
import { TicketItems } from "../pricing/ticket-items.ts";
import { QuoteItem } from "../pricing/quote-schema.ts";
import { AccountId, EventId, HoldId, IdempotencyKey, OrderId } from "../shared/ids.ts";
import { DEFAULT_LOCALE } from "../shared/locale.ts";
import { Currency, PriceMinor } from "../shared/money-schema.ts";
import { PaymentMethod } from "../payment/payment.ts";
import { WindowKey } from "../event/window-key-schema.ts";

/** To whom an answer goes: the channel of a process, and the name under which somebody waits there. */
export const ReplyTo = z.strictObject({ channel: z.string().max(80), name: z.string().max(80) });
export type ReplyTo = z.infer<typeof ReplyTo>;

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
    .refine(isLocale, { abort: true, ...rule("language_tag") })
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
  /** As its account has it: what an address may be is asked where an account is made (account/email.ts). */
  email: z.string().min(1).max(254),
  maxPerFan: z.int().min(1).max(50),
  /** The presale it was made in, whose allotment it counts against; null: the public sale. */
  windowKey: WindowKey.nullable().default(null),
  /** How long the claim may wait for its payment before the seats go back. */
  payWithinMs: z.int().min(1_000).max(3_600_000),
  /** Name of the payment provider that is asked. */
  provider: z.string().min(1).max(40),
  /** What it is paid with. Who pressed Pay is charged once, by whoever reads this. */
  method: PaymentMethod,
  /** When the fan asked for it. A draft that waited past its time is not charged any more. */
  askedAtMs: z.int(),
  replyTo: ReplyTo,
});
export type OrderDraft = z.infer<typeof OrderDraft>;

const ofOrder = { orderId: OrderId };
/** How the writer decided about one draft. It travels from the database to the process that waits for it. */
export const CommitOutcome = z.discriminatedUnion("kind", [
  /** `replayed`: the same order had been committed before. */
  z.object({ ...ofOrder, kind: z.literal("committed"), replayed: z.boolean() }),
  z.object({ ...ofOrder, kind: z.literal("seats_taken"), seatNos: z.array(z.int()).readonly() }),
  z.object({ ...ofOrder, kind: z.literal("area_full"), areaNos: z.array(z.int()).readonly() }),
  z.object({ ...ofOrder, kind: z.literal("limit"), max: z.int(), bought: z.int() }),
  /** The presale may sell only `left` places more. */
  z.object({ ...ofOrder, kind: z.literal("allotment_gone"), windowKey: z.string(), left: z.int() }),
  /** The idempotency key was used before for a different request. */
  z.object({ ...ofOrder, kind: z.literal("key_reused") }),
  z.object({ ...ofOrder, kind: z.literal("event_closed") }),
  /** It waited past the time in which it could be paid. */
  z.object({ ...ofOrder, kind: z.literal("too_late") }),
]);
export type CommitOutcome = z.infer<typeof CommitOutcome>;
