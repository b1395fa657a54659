import { z } from "zod";
import { CommitOutcome, type OrderDraft } from "@onsale/core/order/order-draft";
import { assert, must } from "@onsale/core/shared/assert";
import type { Sql } from "../client.ts";
import { retryConflicts } from "../retry.ts";
import type { Fences } from "@onsale/core/order/order-store";
import { draftRows, type NumberedDraft } from "./draft-row.ts";

/** Keeps one statement far below its time limit; a larger batch goes in several. */
const BATCH_MAX = 250;
/** Besides one round per draft, which always decides at least the first: repetitions of a random reference. */
const EXTRA_ROUNDS_MAX = 5;

const ord = z.int();
const Verdicts = z.array(
  z.union([
    CommitOutcome.and(z.object({ ord })),
    z.object({ ord, orderId: z.string(), kind: z.literal("again") }),
  ]),
);

/** Each round is one transaction; drafts that stood in each other's way meet again in the next one. */
export async function commitOrders(
  sql: Sql,
  batch: readonly OrderDraft[],
  fences: Fences,
): Promise<CommitOutcome[]> {
  const outcomes = new Map<number, CommitOutcome>();
  const numbered = batch.map((draft, ord) => ({ ord, draft }));
  for (let from = 0; from < numbered.length; from += BATCH_MAX) {
    let left: readonly NumberedDraft[] = numbered.slice(from, from + BATCH_MAX);
    for (let rounds = left.length + EXTRA_ROUNDS_MAX; left.length > 0; rounds--) {
      assert(rounds > 0, "every round of commit_orders decides a draft");
      for (const { ord, ...verdict } of await decide(sql, left, fences))
        if (verdict.kind !== "again") outcomes.set(ord, verdict);
      left = left.filter(({ ord }) => !outcomes.has(ord));
    }
  }
  return numbered.map(({ ord }) => must(outcomes.get(ord), "every draft is decided"));
}

async function decide(
  sql: Sql,
  drafts: readonly NumberedDraft[],
  fences: Fences,
): Promise<z.infer<typeof Verdicts>> {
  const batch = JSON.stringify(draftRows(drafts));
  const owned = fences && JSON.stringify(fences);
  const [row] = await retryConflicts(
    () => sql`select commit_orders(${batch}::text::jsonb, ${owned}::text::jsonb) as verdicts`,
  );
  return Verdicts.parse(row?.["verdicts"]);
}
