import type { Clock } from "@onsale/core/shared/clock";
import type { Config } from "../config.ts";
import type { composeAdmission } from "./admission.ts";
import type { Services } from "./services.ts";
import type { Stores } from "./stores.ts";
import { KNOWN_DEVICES, keysFor } from "../keys/installation-keys.ts";
import { makeKnownDevices } from "../account/known-devices.ts";
import { makeSignIn, type SignIn } from "../account/sign-in.ts";
import { makeRedisSignInTries } from "@onsale/redis/account/redis-sign-in-tries";

export type SignInParts = {
  readonly services: Pick<Services, "accounts" | "sessions">;
  readonly door: Pick<ReturnType<typeof composeAdmission>, "challenges" | "admissionStore">;
  readonly stores: Pick<Stores, "redis">;
  readonly clock: Clock;
};

export function composeSignIn(config: Config, { services, door, stores, clock }: SignInParts): SignIn {
  return makeSignIn({
    accounts: services.accounts,
    sessions: services.sessions,
    tries: makeRedisSignInTries(stores.redis.commands, {
      prefix: config.redisKeyPrefix,
      scale: config.limitsScale,
    }),
    devices: makeKnownDevices(keysFor(KNOWN_DEVICES, config.authSecrets)),
    challenges: door.challenges,
    spent: door.admissionStore,
    clock,
  });
}
