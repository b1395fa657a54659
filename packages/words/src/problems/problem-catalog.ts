import type { ProblemCode, ProblemDetails } from "@onsale/core/shared/problem";
import type { Locale } from "@onsale/core/shared/locale";

type Say<C extends ProblemCode> = (details: ProblemDetails[C], locale: Locale) => string;

/** One language's sentence for each problem. Complete by its type: a code without words does not compile. */
export type ProblemCatalog = { readonly [C in ProblemCode]: Say<C> };

/** The problems of one part of the product, so that no file of words grows too long to read. */
export type SomeProblems<Details extends Partial<ProblemDetails>> = {
  readonly [C in keyof Details & ProblemCode]: Say<C>;
};
