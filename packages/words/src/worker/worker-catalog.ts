import type { Locale } from "@onsale/core/shared/locale";

/** What staff are told of the background process, in one language. */
export type WorkerCatalog = {
  /** No worker runs; null: nobody knows since when. */
  readonly silent: (silentMs: number | null, locale: Locale) => string;
};
