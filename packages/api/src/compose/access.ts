import { randomBytes, randomUUID } from "node:crypto";
import { makeAccessGate } from "@onsale/core/access/access-gate";
import { makeAccessService } from "@onsale/core/access/access-service";
import { makeGrantCatalog } from "@onsale/core/access/grant-catalog";
import { makeRedisGuessBudget } from "@onsale/redis/access/redis-guess-budget";
import type { Config } from "../config.ts";
import { ACCESS_CODES, keysFor } from "../keys/installation-keys.ts";
import type { ServicesDeps } from "./services-deps.ts";
import { CODE_LETTERS, codeFromBytes } from "@onsale/core/access/access-code";

/** Presales: who has a code or stands on a list. */
export function composeAccess(config: Config, { stores, clock }: Pick<ServicesDeps, "stores" | "clock">) {
  const grants = makeGrantCatalog({ access: stores.access, clock });
  return {
    accessGate: makeAccessGate({ grants, clock, hasOffer: (...asked) => stores.waitlist.hasOffer(...asked) }),
    access: makeAccessService({
      access: stores.access,
      grants,
      events: stores.events,
      guesses: makeRedisGuessBudget({ redis: stores.redis.commands, prefix: config.redisKeyPrefix }),
      codeKeys: keysFor(ACCESS_CODES, config.authSecrets),
      newCode: newAccessCode,
      newId: randomUUID,
    }),
  };
}

const newAccessCode = (): string => codeFromBytes(randomBytes(CODE_LETTERS));
