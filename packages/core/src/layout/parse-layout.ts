import type { z } from "zod";
import { schemaRule } from "../shared/schema-rule.ts";
import { LayoutDocument } from "./layout.ts";
import { problem, type Problem } from "../shared/problem.ts";

export type ParsedLayout =
  | { readonly ok: true; readonly layout: LayoutDocument }
  | { readonly ok: false; readonly problems: Problem[] };

/** Checks the shape of a document (types, lengths, unknown fields); `validateLayout` then checks what it means. */
export function parseLayout(json: unknown): ParsedLayout {
  const parsed = LayoutDocument.safeParse(json);
  if (parsed.success) return { ok: true, layout: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => problemOfIssue(issue, jsonPath(issue.path))),
  };
}

/** "sections[2].rows[0].seats[5].label" */
export function jsonPath(path: readonly PropertyKey[]): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else text += text === "" ? String(part) : `.${String(part)}`;
  }
  return text;
}

export function problemOfIssue(issue: z.core.$ZodIssue, path: string): Problem {
  return problem(`document.${issue.code}`, path, { rule: schemaRule(issue) });
}
