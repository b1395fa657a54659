import { type Catalogs, catalogFor } from "@onsale/core/shared/catalogs";
import type { Locale } from "@onsale/core/shared/locale";
import { type AppFailure, OFFLINE } from "../errors/app-failure.ts";

type Cuts = Readonly<Record<"away" | "unreachable" | "unknown" | "offline", string>>;

/** What to do when something between the page and its answer broke: nobody in the portal pays, and work may be unsaved. */
const NEXT_STEPS: Catalogs<Cuts> = {
  en: {
    away: "Wait a moment, then try again. What you typed stays on this page.",
    unreachable: "Check your connection and try again. What you typed stays on this page.",
    unknown: "Try again. What you typed stays on this page.",
    offline:
      "Press again when you have a connection; nothing happens by itself. What you typed stays on this page.",
  },
};

/** null: a refusal, whose own words say what to do. */
export function staffTodo({ category, code, details }: AppFailure, locale: Locale): string | null {
  const cuts = catalogFor(NEXT_STEPS, locale);
  if (category === OFFLINE) return cuts.offline;
  if (code === "service.unavailable")
    return "what" in details && details.what === "imports" ? null : cuts.away;
  if (code !== null) return null;
  return category === null ? cuts.unreachable : cuts.unknown;
}
