import { AppError } from "../shared/errors.ts";
import type { QuoteRequest } from "./bill.ts";
import { makeQuote } from "./quote.ts";
import type { Quote } from "./quote-schema.ts";

/** For services: the quote, or the first thing wrong with the cart as an error that carries all of them. */
export function requireQuote(request: QuoteRequest): Quote {
  const quote = makeQuote(request);
  if (!("problems" in quote)) return quote;
  const [first] = quote.problems;
  const unpriced = first?.code === "price.missing" || first?.code === "cart.too_expensive";
  throw new AppError(unpriced ? "price.missing" : "input.invalid", first?.message ?? "This cannot be sold.", {
    details: { problems: quote.problems },
  });
}
