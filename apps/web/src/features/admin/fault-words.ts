import { formatFigure } from "@onsale/core/shared/format";
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

/** The words for one fault, from the limit that the schema itself names; `value` is what was typed. */
export function faultWords(issue: z.core.$ZodIssue, words: FieldWords, value: unknown): string {
  const count = (limit: number | bigint) => formatFigure(Number(limit));
  switch (issue.code) {
    case "too_big":
      if (issue.origin === "string" && typeof value === "string")
        return `At most ${count(issue.maximum)} characters; this has ${count(value.trim().length)}.`;
      if (issue.origin === "array") return `At most ${count(issue.maximum)} of them.`;
      return words.range ?? `At most ${count(issue.maximum)}.`;
    case "too_small":
      if (issue.origin === "string") return words.missing ?? "This is missing.";
      if (issue.origin === "array") return words.missing ?? `At least ${count(issue.minimum)} of them.`;
      return words.range ?? `At least ${count(issue.minimum)}.`;
    case "invalid_type":
      return words.missing ?? words.range ?? "This is missing.";
    case "invalid_format":
      return value === "" ? (words.missing ?? "This is missing.") : (words.format ?? issue.message);
    case "custom":
    case "invalid_element":
    case "invalid_key":
    case "invalid_union":
    case "invalid_value":
    case "not_multiple_of":
    case "unrecognized_keys":
      return issue.message;
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
