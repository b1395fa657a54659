import { type Catalogs, catalogFor } from "@onsale/core/shared/catalogs";
import type { LineState } from "@onsale/core/line/line";
import type { WaveReason } from "@onsale/core/line/wave";
import type { Locale } from "@onsale/core/shared/locale";
import { en } from "./line/en.ts";
import type { LineCatalog, ReasonWords, StateWords } from "./line/line-catalog.ts";

type Line = { readonly state: LineState; readonly finishedAtMs: number | null };

/** What those who run a line read of it, in the portal and in the terminal. */
export function makeLineWords(catalogs: Catalogs<LineCatalog>) {
  return {
    /** The state with the one distinction that the state alone does not make: closed before, or closed after. */
    lineStateWords: ({ state, finishedAtMs }: Line, locale: Locale): StateWords => {
      const { states, over } = catalogFor(catalogs, locale);
      return finishedAtMs !== null ? over : states[state];
    },
    /** Also for a reason that a newer server sends: then the word itself. */
    reasonWords: (reason: string, locale: Locale): ReasonWords => {
      const { reasons } = catalogFor(catalogs, locale);
      return Object.hasOwn(reasons, reason)
        ? reasons[reason as WaveReason]
        : { label: reason.replaceAll("_", " "), says: "" };
    },
  };
}

export const { lineStateWords, reasonWords } = makeLineWords({ en });
