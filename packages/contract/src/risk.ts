import { AccountId } from "@onsale/core/shared/ids";
import { GuardedAction } from "@onsale/core/risk/challenge-provider";
import { RISK_REASON_CHARS_MAX } from "@onsale/core/risk/risk-mark";
import { pageOf } from "@onsale/core/shared/page";
import { writtenText } from "@onsale/core/shared/text";
import { z } from "zod";

export const RiskMark = z.object({
  accountId: AccountId,
  state: z.enum(["cleared", "blocked"]),
  reason: z.string(),
  by: z.string(),
  atMs: z.number(),
});
const Sighting = z.object({
  accountId: AccountId,
  action: GuardedAction,
  outcome: z.enum(["challenge", "refuse"]),
  score: z.number(),
  signs: z.array(z.object({ sign: z.string(), points: z.number(), seen: z.number() })).readonly(),
  address: z.string(),
  atMs: z.number(),
});
export const RiskRow = z.object({
  account: z.object({ id: AccountId, email: z.string(), name: z.string() }),
  mark: RiskMark.nullable(),
  sighting: Sighting.nullable(),
});
export type RiskRow = z.infer<typeof RiskRow>;
export const RiskRows = pageOf(RiskRow);

/** An id or an e-mail address. */
const AccountKey = writtenText({ min: 3, max: 254 });
export const OneRisk = z.strictObject({ account: AccountKey });
export const RiskHistory = RiskRow.extend({ history: z.array(RiskMark) });
export const DecideRisk = OneRisk.extend({ reason: writtenText({ min: 1, max: RISK_REASON_CHARS_MAX }) });
