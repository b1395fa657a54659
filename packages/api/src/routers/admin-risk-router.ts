import { DecideRisk, OneRisk, RiskHistory, RiskMark, RiskRows } from "@onsale/contract/risk";
import { PageAsk } from "@onsale/core/shared/page";
import { operatorProcedure, router } from "../trpc.ts";

export const adminRiskRouter = router({
  /** Accounts that met a challenge or a refusal in the last day, and those that staff marked. */
  list: operatorProcedure
    .input(PageAsk.prefault({}))
    .output(RiskRows)
    .query(({ ctx: { services }, input }) => services.risk.list(input)),

  get: operatorProcedure
    .input(OneRisk)
    .output(RiskHistory)
    .query(({ ctx: { services }, input }) => services.risk.get(input.account)),

  clear: operatorProcedure
    .input(DecideRisk)
    .output(RiskMark)
    .mutation(({ ctx: { services, account }, input: { account: key, reason } }) =>
      services.risk.clear(key, { reason, by: account.email }),
    ),

  block: operatorProcedure
    .input(DecideRisk)
    .output(RiskMark)
    .mutation(({ ctx: { services, account }, input: { account: key, reason } }) =>
      services.risk.block(key, { reason, by: account.email }),
    ),
});
