import { tellProblems } from "../shared/problem.ts";
import { sha256Hex } from "../shared/derived-id.ts";
import { AppError } from "../shared/errors.ts";
import { type Bill, type Charges, makeBill, type QuoteRefusal, type QuoteRequest } from "./bill.ts";
import type { PriceList } from "./price-list.ts";
import type { Quote } from "./quote-schema.ts";

/** The bill with the hash of everything that is charged. */
export function makeQuote(request: QuoteRequest): Quote | QuoteRefusal {
  const made = makeBill(request);
  if ("problems" in made) return made;
  return { ...made.bill, hash: hashOf(made.bill, request.priceList, made.charges) };
}

/** For services: the quote, or all that is wrong with the selection as an error. */
export function requireQuote(request: QuoteRequest): Quote {
  const quote = makeQuote(request);
  if (!("problems" in quote)) return quote;
  const [first] = quote.problems;
  const unpriced = first?.code === "price.missing" || first?.code === "items.too_expensive";
  const { problems } = quote;
  if (unpriced) throw new AppError("price.missing", tellProblems(problems));
  throw new AppError("input.invalid", { why: "items", ...tellProblems(problems) });
}

function hashOf(billed: Bill, { fees, taxes }: PriceList, charges: Charges): string {
  const canonical = [
    "onsale-quote-1",
    billed.priceVersion,
    billed.currency,
    billed.items.map((item) => [
      item.seatNo,
      item.areaNo,
      [item.place.section, item.place.row, item.place.seat],
      item.ticketType,
      item.category,
      item.faceMinor,
    ]),
    fees.map((fee, index) => [fee.key, fee.per, charges.fees[index] ?? 0]),
    taxes.map((tax, index) => [tax.key, tax.mode, tax.on, charges.taxes[index] ?? 0]),
    billed.totalMinor,
  ];
  return sha256Hex(JSON.stringify(canonical));
}
