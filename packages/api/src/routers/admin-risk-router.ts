import { GuardedAction } from "@onsale/core/risk/challenge-provider";
import { RISK_REASON_CHARS_MAX } from "@onsale/core/risk/risk-mark";
import { PageAsk, pageOf } from "@onsale/core/shared/page";
import { z } from "zod";
import { writtenText } from "@onsale/core/shared/text";
import { operatorProcedure, router } from "../trpc.ts";

const Mark = z.object({
  accountId: z.string(),
  state: z.enum(["cleared", "blocked"]),
  reason: z.string(),
  by: z.string(),
  atMs: z.number(),
});
const Sighting = z.object({
  accountId: z.string(),
  action: GuardedAction,
  outcome: z.enum(["challenge", "refuse"]),
  score: z.number(),
  signs: z.array(z.object({ sign: z.string(), points: z.number(), seen: z.number() })).readonly(),
  address: z.string(),
  atMs: z.number(),
});
const Row = z.object({
  account: z.object({ id: z.string(), email: z.string(), name: z.string() }),
  mark: Mark.nullable(),
  sighting: Sighting.nullable(),
});
/** An id or an e-mail address. */
const Key = writtenText({ min: 3, max: 254 });
const Decision = z.strictObject({
  account: Key,
  reason: writtenText({ min: 1, max: RISK_REASON_CHARS_MAX }),
});

export const adminRiskRouter = router({
  /** Accounts that met a challenge or a refusal in the last day, and those that staff marked. */
  list: operatorProcedure
    .input(PageAsk.prefault({}))
    .output(pageOf(Row))
    .query(({ ctx: { services }, input }) => services.risk.list(input)),

  get: operatorProcedure
    .input(z.strictObject({ account: Key }))
    .output(Row.extend({ history: z.array(Mark) }))
    .query(({ ctx: { services }, input }) => services.risk.get(input.account)),

  clear: operatorProcedure
    .input(Decision)
    .output(Mark)
    .mutation(({ ctx: { services, account }, input: { account: key, reason } }) =>
      services.risk.clear(key, { reason, by: account.email }),
    ),

  block: operatorProcedure
    .input(Decision)
    .output(Mark)
    .mutation(({ ctx: { services, account }, input: { account: key, reason } }) =>
      services.risk.block(key, { reason, by: account.email }),
    ),
});
