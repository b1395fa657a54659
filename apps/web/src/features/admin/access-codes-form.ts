import type { Locale } from "@onsale/core/shared/locale";
import { CodeBatch, CODES_MAX, USES_MAX } from "@onsale/core/access/access";
import { formatFigure } from "@onsale/core/shared/format";
import type { FieldFaults } from "../../ui/still-faulty.ts";
import { faultWords, type FieldWords } from "./fault-words.ts";
import { inputToMs } from "./local-time.ts";

export type CodesForm = {
  readonly windowKey: string;
  readonly count: string;
  readonly uses: string;
  readonly label: string;
  readonly until: string;
};

const FIELD_OF: Readonly<Record<keyof CodeBatch, keyof CodesForm>> = {
  windowKey: "windowKey",
  count: "count",
  usesEach: "uses",
  label: "label",
  expiresAtMs: "until",
};
const upTo = (most: number): FieldWords => ({ range: `A whole number from 1 to ${formatFigure(most)}.` });
const WORDS: Readonly<Partial<Record<keyof CodesForm, FieldWords>>> = {
  windowKey: { missing: "Choose a presale.", format: "Choose a presale." },
  count: upTo(CODES_MAX),
  uses: upTo(USES_MAX),
};

/** The zone of the times that are typed, and who reads what is said of them. */
type CodesReader = { readonly timeZone: string; readonly locale: Locale };

/** The same schema that the API applies, each fault at its field. */
export function readCodes(
  form: CodesForm,
  { timeZone, locale }: CodesReader,
): { batch: CodeBatch } | { faults: FieldFaults } {
  const read = CodeBatch.safeParse({
    windowKey: form.windowKey,
    count: number(form.count),
    usesEach: number(form.uses),
    label: form.label,
    expiresAtMs: inputToMs(form.until, timeZone),
  });
  if (read.success) return { batch: read.data };
  const faults: Partial<Record<string, string>> = {};
  for (const issue of read.error.issues) {
    const field = FIELD_OF[issue.path[0] as keyof CodeBatch];
    faults[field] ??= faultWords(issue, WORDS[field] ?? {}, { value: form[field], locale });
  }
  return { faults };
}

export function faultsOfCodes(form: CodesForm, reader: CodesReader): FieldFaults {
  const read = readCodes(form, reader);
  return "faults" in read ? read.faults : {};
}

/** An empty field is no zero. */
const number = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));
