import { z } from "zod";
import { rule } from "../shared/schema-rule.ts";
import { lookupText, writtenText } from "../shared/text.ts";
import { humanText } from "../shared/human-text.ts";
import { BasisPoints, Currency, PriceMinor } from "../shared/money-schema.ts";

/**
 * What everything costs. Published versions of an event's price list are immutable: a hold records the version it was
 * made under, and the order is charged by that version whatever is published later (invariant I22).
 */
const Key = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, rule("price_key"));
const Label = humanText({ max: 80 });

export const TicketType = z.strictObject({
  key: Key,
  label: Label,
  description: writtenText({ max: 300 }).optional(),
});
export type TicketType = z.infer<typeof TicketType>;

/** One cell of the table: what a ticket type costs in a category. No cell: not sold there. */
export const Price = z.strictObject({
  category: lookupText({ max: 160 }),
  ticketType: Key,
  amountMinor: PriceMinor,
});
export type Price = z.infer<typeof Price>;

/** A seat sold at its own price, for every ticket type or for one. */
export const SeatPrice = z.strictObject({
  seatId: lookupText({ max: 160 }),
  ticketType: Key.optional(),
  amountMinor: PriceMinor,
});
export type SeatPrice = z.infer<typeof SeatPrice>;

export const Fee = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("fixed"),
    key: Key,
    label: Label,
    per: z.enum(["ticket", "order"]),
    amountMinor: PriceMinor,
  }),
  /** A share of the ticket price (per ticket) or of the sum of ticket prices (per order), in basis points. */
  z.strictObject({
    kind: z.literal("percent"),
    key: Key,
    label: Label,
    per: z.enum(["ticket", "order"]),
    bps: BasisPoints,
  }),
]);
export type Fee = z.infer<typeof Fee>;

export const Tax = z.strictObject({
  key: Key,
  label: Label,
  bps: BasisPoints,
  /** Included: contained in the prices shown. Added: comes on top. */
  mode: z.enum(["included", "added"]),
  on: z.enum(["tickets", "fees", "all"]),
});
export type Tax = z.infer<typeof Tax>;

export const PriceList = z.strictObject({
  currency: Currency,
  ticketTypes: z.array(TicketType).min(1).max(30),
  prices: z.array(Price).min(1).max(3_000),
  seatPrices: z.array(SeatPrice).max(20_000).default([]),
  fees: z.array(Fee).max(10).default([]),
  taxes: z.array(Tax).max(10).default([]),
});
export type PriceList = z.infer<typeof PriceList>;
