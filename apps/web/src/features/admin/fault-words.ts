import { formatFigure } from "@onsale/core/shared/format";
import type { Locale } from "@onsale/core/shared/locale";
import { schemaRule } from "@onsale/core/shared/schema-rule";
import { ruleWords } from "@onsale/words/rule-words";
import type { z } from "zod";

/** What a field says where the schema alone has no words for people. */
export type FieldWords = {
  /** Nothing was typed. */
  readonly missing?: string;
  /** A number that is none, or one out of its limits. */
  readonly range?: string;
  /** Letters that it cannot have. */
  readonly format?: string;
};

/** What was typed, and who reads what is said of it. */
export type Typed = { readonly value: unknown; readonly locale: Locale };

/** The words for one fault: the field's own where it has some, else those of the rule. */
export function faultWords(issue: z.core.$ZodIssue, words: FieldWords, { value, locale }: Typed): string {
  const count = (limit: number | bigint) => formatFigure(Number(limit), { locale });
  const rule = () => ruleWords(schemaRule(issue), locale);
  switch (issue.code) {
    case "too_big":
      if (issue.origin === "string" && typeof value === "string")
        return `At most ${count(issue.maximum)} characters; this has ${count(value.trim().length)}.`;
      return issue.origin === "array" ? rule() : (words.range ?? rule());
    case "too_small":
      if (issue.origin === "string" || issue.origin === "array") return words.missing ?? rule();
      return words.range ?? rule();
    case "invalid_type":
      return words.missing ?? words.range ?? rule();
    case "invalid_format":
      return value === "" ? (words.missing ?? rule()) : (words.format ?? rule());
    case "custom":
      return value === "" && words.missing !== undefined ? words.missing : rule();
    case "invalid_element":
    case "invalid_key":
    case "invalid_union":
    case "invalid_value":
    case "not_multiple_of":
    case "unrecognized_keys":
      return rule();
  }
}

/** What stands at this path of what was typed. */
export function typedAt(typed: unknown, path: readonly PropertyKey[]): unknown {
  let here = typed;
  for (const part of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Record<PropertyKey, unknown>)[part];
  }
  return here;
}
