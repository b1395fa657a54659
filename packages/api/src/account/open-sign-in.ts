import type { Clock } from "@onsale/core/shared/clock";
import type { Redis } from "ioredis";
import type { Config } from "../config.ts";
import type { openRisk } from "../risk/open-risk.ts";
import type { Services } from "../services.ts";
import { makeKnownDevices } from "./known-devices.ts";
import { makeSignIn, type SignIn } from "./sign-in.ts";
import { makeSignInTries } from "./sign-in-tries.ts";

export type OpenSignInDeps = {
  readonly services: Pick<Services, "accounts" | "sessions">;
  readonly risk: Pick<ReturnType<typeof openRisk>, "challenges" | "signals">;
  readonly redis: Redis;
  readonly clock: Clock;
};

export function openSignIn(config: Config, { services, risk, redis, clock }: OpenSignInDeps): SignIn {
  return makeSignIn({
    accounts: services.accounts,
    sessions: services.sessions,
    tries: makeSignInTries({ redis, prefix: config.redisKeyPrefix, scale: config.limitsScale }),
    devices: makeKnownDevices({ secret: config.authSecret }),
    challenges: risk.challenges,
    signals: risk.signals,
    clock,
  });
}
