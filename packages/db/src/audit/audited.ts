import { type Actor, auditName } from "@onsale/core/actor/actor";
import type postgres from "postgres";

/** The JSON argument of a function that writes the audit: what is to be done, and the name of whoever does it. */
export const audited = (actor: Actor, input: object): string =>
  JSON.stringify({ ...input, actor: auditName(actor) });

/** For changes that are no function: the entry in the same transaction. */
export async function auditAppend(
  tx: postgres.TransactionSql,
  actor: Actor,
  { chain, action, detail }: { chain: string; action: string; detail: object },
): Promise<void> {
  await tx`
    select audit_append(${chain}, ${auditName(actor)}, ${action}, ${JSON.stringify(detail)}::text::jsonb)`;
}
