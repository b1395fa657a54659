import { z } from "zod";
import { Currency, PriceMinor } from "../shared/money-schema.ts";

/** One ticket with the price it is sold at. */
export const QuoteItem = z.strictObject({
  /** Position in the quote and in the order made of it, 0..n-1. */
  index: z.int().min(0),
  seatNo: z.int().min(0).nullable(),
  areaNo: z.int().min(0).nullable(),
  /** Words for tickets and mails: section, row, seat as they were when sold. */
  place: z.strictObject({ section: z.string(), row: z.string().nullable(), seat: z.string().nullable() }),
  ticketType: z.string(),
  category: z.string(),
  faceMinor: PriceMinor,
});
export type QuoteItem = z.infer<typeof QuoteItem>;

/** One line of the bill. The amounts of all lines that are not `included` sum to the total. */
export const QuoteLine = z.strictObject({
  kind: z.enum(["tickets", "fee", "tax"]),
  /** Ticket type, fee or tax key. */
  key: z.string(),
  /** "Adult", "Service fee", "VAT 8.1 %". */
  label: z.string(),
  /** Where, for tickets: "Section 104, row 12, seat 7" or the name of the standing area. */
  place: z.string().nullable(),
  ticketType: z.string().nullable(),
  quantity: z.int().min(1),
  /** null when the parts of the line differ: percent fees and taxes. */
  unitMinor: PriceMinor.nullable(),
  amountMinor: PriceMinor,
  /** A tax already contained in the lines above: shown, not added. */
  included: z.boolean(),
});
export type QuoteLine = z.infer<typeof QuoteLine>;

/**
 * What an order costs, all of it. total = face + fees + added taxes; included taxes are a part of face and fees.
 * Amounts are minor units of `currency`.
 */
export const Quote = z.strictObject({
  currency: Currency,
  priceVersion: z.int().min(1),
  lines: z.array(QuoteLine),
  /** One row per ticket: seats by number, then standing places by area and ticket type. */
  items: z.array(QuoteItem),
  faceMinor: PriceMinor,
  feeMinor: PriceMinor,
  taxIncludedMinor: PriceMinor,
  taxAddedMinor: PriceMinor,
  totalMinor: PriceMinor,
  ticketCount: z.int().min(1),
  /** Lower-case hex SHA-256 of everything that is charged: the price a hold locks (I22). */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Quote = z.infer<typeof Quote>;
