import type { AccountId, EventId, HoldId, OrderId } from "../shared/ids.ts";
import { z } from "zod";
import type { BuyerWords } from "./order-draft.ts";
import type { QuoteItem } from "../pricing/quote-schema.ts";

/**
 * awaiting_payment: seats are claimed for this order until `payBy`.
 * committed:        payment is authorised and the seats are sold to it for good; the capture is still to come.
 * paid:             captured, tickets issued.
 * cancelled:        the fan or the clock gave up before the money was taken; seats are free.
 * failed:           the payment was declined, or the seats were lost before commit; nothing was charged.
 *
 * The trigger order_moves keeps these moves, whoever writes.
 */
export const ORDER_NEXT = {
  awaiting_payment: ["committed", "cancelled", "failed"],
  committed: ["paid", "failed"],
  paid: ["refunded"],
  cancelled: [],
  failed: [],
  refunded: [],
} as const satisfies Record<string, readonly string[]>;

export const OrderState = z.enum([
  "awaiting_payment",
  "committed",
  "paid",
  "cancelled",
  "failed",
  "refunded",
]);
export type OrderState = z.infer<typeof OrderState>;

export type Order = BuyerWords & {
  readonly id: OrderId;
  /** Short, for people and for the phone: "K7QF-2M9P". */
  readonly reference: string;
  readonly eventId: EventId;
  readonly accountId: AccountId;
  readonly holdId: HoldId;
  readonly state: OrderState;
  readonly email: string;
  readonly items: readonly QuoteItem[];
  readonly currency: string;
  readonly faceMinor: number;
  readonly feeMinor: number;
  readonly taxAddedMinor: number;
  readonly totalMinor: number;
  readonly priceVersion: number;
  readonly quoteHash: string;
  readonly createdAtMs: number;
  readonly payByMs: number;
  readonly paidAtMs: number | null;
  /** Why it is cancelled or failed, as a code ("declined", "expired", "seats_lost", "released", "event_cancelled", "event_ended"). */
  readonly reason: string | null;
};
