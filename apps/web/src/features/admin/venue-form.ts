import type { Locale } from "@onsale/core/shared/locale";
import { VenueDraft } from "@onsale/core/venue/venue";
import { faultWords, type FieldWords } from "./fault-words.ts";

const FIELD_WORDS: Readonly<Record<string, FieldWords>> = {
  name: { missing: "A venue needs a name." },
  timeZone: { missing: "Choose the zone of the venue's clock." },
};

/** The same schema that the API applies; faults by field name. */
export function readVenue(
  typed: { readonly [field in keyof VenueDraft]: string },
  locale: Locale,
): { venue: VenueDraft } | { faults: Readonly<Record<string, string>> } {
  const read = VenueDraft.safeParse(typed);
  if (read.success) return { venue: read.data };
  const faults: Record<string, string> = {};
  for (const issue of read.error.issues) {
    const field = String(issue.path[0]);
    faults[field] ??= faultWords(issue, FIELD_WORDS[field] ?? {}, {
      value: typed[field as keyof VenueDraft],
      locale,
    });
  }
  return { faults };
}
