import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AccountStore } from "@onsale/core/account/account-store";
import { type AddressRanges, parseAddressRanges } from "@onsale/core/risk/address-ranges";
import type { RiskMarkStore } from "@onsale/core/risk/risk-mark";
import { makeRiskService } from "@onsale/core/risk/risk-service";
import type { Clock } from "@onsale/core/shared/clock";
import { makeAltchaChallenges } from "@onsale/providers/challenge/altcha-challenges";
import { makeTurnstileChallenges } from "@onsale/providers/challenge/turnstile-challenges";
import type { Redis } from "ioredis";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import { makeMetrics } from "../metrics.ts";
import { makeRateLimits } from "../rate-limits.ts";
import { makeRiskGuard } from "./guard.ts";
import { makeMarkStates } from "./mark-states.ts";
import { makeRedisSignalStore } from "./redis-signal-store.ts";

export type RiskDeps = {
  readonly log: Logger;
  readonly clock: Clock;
  readonly accounts: AccountStore;
  readonly riskMarks: RiskMarkStore;
  readonly redis: Redis;
};

/** Limits, scores, challenges and what is counted about them, as this installation is set up. */
export function openRisk(config: Config, { log, clock, accounts, riskMarks, redis }: RiskDeps) {
  const metrics = makeMetrics({ process: true });
  const space = { redis, prefix: config.redisKeyPrefix };
  const signals = makeRedisSignalStore(space);
  const challenges = config.turnstile
    ? makeTurnstileChallenges({ ...config.turnstile, hostname: new URL(config.publicUrl).hostname })
    : makeAltchaChallenges({ secret: config.authSecret, clock });
  return {
    metrics,
    challenges,
    signals,
    rateLimits: makeRateLimits({ ...space, scale: config.limitsScale, onRefused: metrics.rateLimited }),
    guard: makeRiskGuard({
      marks: makeMarkStates({ marks: riskMarks, clock }),
      signals,
      challenges,
      dataCentres: readRanges(config.dataCentresFile),
      clock,
      log,
      metrics,
    }),
    riskService: makeRiskService({ accounts, marks: riskMarks, signals }),
  };
}

/** A file that cannot be read or has a fault ends the start: a list that silently is not there protects nobody. */
function readRanges(file: string | null): AddressRanges {
  if (file === null) return parseAddressRanges("");
  try {
    return parseAddressRanges(readFileSync(file, "utf8"));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`DATA_CENTRES_FILE ${file}: ${why}`, { cause });
  }
}

/** The key that turns a nonce into the six digits of a mail. */
export function emailCodeKey(authSecret: string): Uint8Array {
  return createHmac("sha256", authSecret).update("onsale e-mail codes 1").digest();
}
