import { readFileSync } from "node:fs";
import { type AddressRanges, parseAddressRanges } from "@onsale/core/risk/address-ranges";
import { makeAdmission } from "@onsale/core/risk/admission";
import { makeMarkStates } from "@onsale/core/risk/mark-states";
import { makeRiskService } from "@onsale/core/risk/risk-service";
import type { Clock } from "@onsale/core/shared/clock";
import { makeAltchaChallenges } from "@onsale/providers/challenge/altcha-challenges";
import { makeTurnstileChallenges } from "@onsale/providers/challenge/turnstile-challenges";
import { makeRedisAdmissionStore } from "@onsale/redis/admission/redis-admission-store";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import { makeMetrics } from "../metrics.ts";
import type { Stores } from "./stores.ts";

export type AdmissionParts = {
  readonly log: Logger;
  readonly clock: Clock;
  readonly stores: Pick<Stores, "accounts" | "riskMarks" | "redis">;
};

/** Limits, scores, challenges and what is counted about them, as this installation is set up. */
export function composeAdmission(config: Config, { log, clock, stores }: AdmissionParts) {
  const metrics = makeMetrics({ process: true });
  const onAway = (error: unknown) => log.debug({ err: error }, "what is counted of callers does not answer");
  const admissionStore = makeRedisAdmissionStore({
    redis: stores.redis.commands,
    prefix: config.redisKeyPrefix,
    scale: config.limitsScale,
    marks: makeMarkStates({ marks: stores.riskMarks, clock }),
    onAway,
  });
  const challenges = config.turnstile
    ? makeTurnstileChallenges({ ...config.turnstile, hostname: new URL(config.publicUrl).hostname })
    : makeAltchaChallenges({ secrets: config.authSecrets, clock });
  return {
    metrics,
    challenges,
    admissionStore,
    admission: makeAdmission({
      store: admissionStore,
      challenges,
      dataCentres: readRanges(config.dataCentresFile),
      clock,
      tell: { limited: metrics.rateLimited, challenge: metrics.challenge },
      onAway,
    }),
    riskService: makeRiskService({
      accounts: stores.accounts,
      marks: stores.riskMarks,
      sightings: admissionStore,
    }),
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
