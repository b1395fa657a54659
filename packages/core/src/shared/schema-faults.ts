import type { SchemaFault } from "./error-details.ts";

/** What a schema found, as the details of a refusal carry it. */
export function schemaFaults(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): SchemaFault[] {
  return issues.map((issue) => ({ path: issue.path.map(String).join("."), rule: issue.message }));
}
