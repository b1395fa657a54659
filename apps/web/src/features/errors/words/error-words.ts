import type { ErrorCode, ErrorDetails } from "@onsale/core/shared/error-details";
import type { Locale } from "@onsale/core/shared/locale";

/** What happened, and what to do now. Whether money moved is said wherever it could be a question. */
export type ErrorWords = {
  readonly title: string;
  readonly todo: string;
  readonly way?: Way;
};

/**
 * Where that is done. ":slug" stands for the event whose page this is, ":here" for this page itself, so that whoever leaves it
 * comes back.
 */
export type Way = { readonly label: string; readonly path: string };

type Say<C extends ErrorCode> = ErrorWords | ((details: ErrorDetails[C], locale: Locale) => ErrorWords);

/** One language's words. Complete by its type: a code that is added does not compile before it has words here. */
export type ErrorCatalog = {
  readonly codes: { readonly [C in ErrorCode]: Say<C> };
  /** No answer came at all. */
  readonly unreachable: ErrorWords;
  /** None of our codes. */
  readonly unknown: ErrorWords;
  /** Not sent, because the browser has no network. */
  readonly offline: ErrorWords;
};

/** The codes of one half of the product, so that no file of words grows too long to read. */
export type SomeWords<C extends ErrorCode> = { readonly [Code in C]: Say<Code> };
