import type { Fan } from "../actor/actor.ts";
import type { EventSale } from "../event/sale-catalog.ts";
import type { Hold } from "../hold/hold.ts";
import { PAYING_TIME_MIN_MS } from "../event/hold-limits.ts";
import type { Quote } from "../pricing/quote-schema.ts";
import type { IdempotencyKey, OrderId } from "../shared/ids.ts";
import { BuyerWords, type BuyerWordsInput, type OrderDraft, type ReplyTo } from "../order/order-draft.ts";

/** Seats of an order that waits for its payment are kept this long at most (3-D Secure takes people a while). */
export const PAY_WITHIN_MS = 10 * 60_000;

/**
 * No longer than its fan may have places without paying. At least PAYING_TIME_MIN_MS: holds end early enough for that.
 */
function payWithinMs({ payByMs }: Hold, nowMs: number): number {
  return payByMs === null
    ? PAY_WITHIN_MS
    : Math.min(PAY_WITHIN_MS, Math.max(PAYING_TIME_MIN_MS, payByMs - nowMs));
}

/** Everything the order writer needs: the places of the hold at the price locked with it. */
export function buildDraft(input: {
  actor: Fan;
  words: BuyerWordsInput;
  sale: EventSale;
  hold: Hold;
  quote: Quote;
  orderId: OrderId;
  idempotencyKey: IdempotencyKey;
  requestHash: string;
  windowKey: string | null;
  provider: string;
  method: string;
  replyTo: ReplyTo;
  nowMs: number;
}): OrderDraft {
  const { sale, hold, quote } = input;
  const { account } = input.actor;
  return {
    ...BuyerWords.parse(input.words),
    orderId: input.orderId,
    eventId: sale.id,
    accountId: account.id,
    holdId: hold.id,
    idempotencyKey: input.idempotencyKey,
    requestHash: input.requestHash,
    ticketItems: hold.items,
    items: [...quote.items],
    priceVersion: quote.priceVersion,
    quoteHash: quote.hash,
    currency: quote.currency,
    faceMinor: quote.faceMinor,
    feeMinor: quote.feeMinor,
    taxAddedMinor: quote.taxAddedMinor,
    totalMinor: quote.totalMinor,
    email: account.email,
    maxPerFan: sale.event.maxPerFan,
    windowKey: input.windowKey,
    payWithinMs: payWithinMs(hold, input.nowMs),
    provider: input.provider,
    method: input.method,
    askedAtMs: input.nowMs,
    replyTo: input.replyTo,
  };
}
