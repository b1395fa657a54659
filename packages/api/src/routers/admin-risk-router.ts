import { DecideRisk, OneRisk, RiskHistory, RiskMark, RiskRows } from "@onsale/contract/risk";
import { PageAsk } from "@onsale/core/shared/page";
import { operatorProcedure, router } from "../trpc.ts";

export const adminRiskRouter = router({
  /** Accounts that met a challenge or a refusal in the last day, and those that staff marked. */
  list: operatorProcedure
    .input(PageAsk.prefault({}))
    .output(RiskRows)
    .query(({ ctx: { services, actor }, input }) => services.risk.list(actor, input)),

  get: operatorProcedure
    .input(OneRisk)
    .output(RiskHistory)
    .query(({ ctx: { services, actor }, input }) => services.risk.get(actor, input.account)),

  clear: operatorProcedure
    .input(DecideRisk)
    .output(RiskMark)
    .mutation(({ ctx: { services, actor }, input: { account: key, reason } }) =>
      services.risk.clear(actor, key, reason),
    ),

  block: operatorProcedure
    .input(DecideRisk)
    .output(RiskMark)
    .mutation(({ ctx: { services, actor }, input: { account: key, reason } }) =>
      services.risk.block(actor, key, reason),
    ),
});
