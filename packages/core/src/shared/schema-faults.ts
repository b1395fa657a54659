import type { z } from "zod";
import type { SchemaFault } from "./error-details.ts";
import { schemaRule } from "./schema-rule.ts";

/** What a schema found, as the details of a refusal carry it. */
export function schemaFaults(issues: readonly z.core.$ZodIssue[]): SchemaFault[] {
  return issues.map((issue) => ({ path: issue.path.map(String).join("."), rule: schemaRule(issue) }));
}
