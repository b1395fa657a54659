import { setTimeout as delay } from "node:timers/promises";
import type { GuessBudget, GuessKeys } from "@onsale/core/access/guess-budget";
import { addressKey } from "@onsale/core/risk/address-ranges";
import { makeBoundedMap } from "@onsale/core/shared/bounded-map";
import { AppError } from "@onsale/core/shared/errors";
import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";

/** Wrong codes that are looked at within one window, by who guesses; right ones cost nothing. See docs/presales.md. */
export const WRONG_CODES = { account: 10, address: 20, event: 500 } as const;
export const WRONG_CODES_WINDOW_S = 10 * 60;
/** The first of an account's are its own: no crowd at its address and no guesser at its event uses them up. */
export const WRONG_CODES_OWN = 3;

/** How often, and how long, a guess waits for others that may be right and be paid back. */
const WAITS_MAX = 8;
const WAIT_MS = 60;
/** A budget that was spent after all that waiting is not waited for again so soon. */
const SPENT_NOTED_MS = 5_000;
const SPENT_KEPT_MAX = 10_000;

type GuessBudgetDeps = { readonly redis: Redis; readonly prefix: string };

/** The counters, in Redis; while it is away each process counts for itself. */
function makeBooks({ redis, prefix }: GuessBudgetDeps) {
  const limiter = (name: keyof typeof WRONG_CODES) => {
    const options = { points: WRONG_CODES[name], duration: WRONG_CODES_WINDOW_S };
    return new RateLimiterRedis({
      ...options,
      storeClient: redis,
      keyPrefix: `${prefix}rl:wrong-code:${name}`,
      insuranceLimiter: new RateLimiterMemory(options),
    });
  };
  const limiters = { account: limiter("account"), address: limiter("address"), event: limiter("event") };

  /** How many of this window were paid for, this one included; a refused one is paid back. */
  async function pay(name: keyof typeof limiters, key: string): Promise<number | RateLimiterRes> {
    try {
      return (await limiters[name].consume(key)).consumedPoints;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      await limiters[name].reward(key);
      return refusal;
    }
  }

  /** Pays for one guess; a refused one has paid nothing. */
  async function payOnce({ account, address, eventId }: GuessKeys): Promise<Paid | Refused> {
    const byAccount = await pay("account", account);
    if (byAccount instanceof RateLimiterRes) return refused("account", account, byAccount);
    const isOwn = byAccount <= WRONG_CODES_OWN;
    const paid: [keyof typeof limiters, string][] = [["account", account]];
    const giveBack = async (): Promise<void> => {
      await Promise.all(paid.map(([name, key]) => limiters[name].reward(key)));
    };
    const shared: typeof paid = [
      ["address", address],
      ["event", eventId],
    ];
    for (const [name, key] of shared) {
      const points = await pay(name, key);
      if (!(points instanceof RateLimiterRes)) paid.push([name, key]);
      else if (!isOwn) {
        await giveBack();
        return refused(name, key, points);
      }
    }
    return { kind: "paid", giveBack };
  }
  return payOnce;
}

/**
 * Three budgets of wrong codes. Each guess is paid for before it is looked at, so that many at once are no way around,
 * and paid back when the code was right. When a whole address or event hears too many, each account is still heard for
 * its first few: nobody keeps the fans in a stadium's network, or all fans of an event, out of their presale by guessing.
 */
export function makeRedisGuessBudget(deps: GuessBudgetDeps): GuessBudget {
  const payOnce = makeBooks(deps);
  /** Budgets that were spent, and until when that is taken for granted. */
  const spent = makeBoundedMap<string, number>(SPENT_KEPT_MAX);

  /** Many right codes at once from one address are in each other's way for a moment only: they wait, and are paid back. */
  async function payForGuess(keys: GuessKeys): Promise<Paid> {
    for (let waits = 0; ; waits++) {
      const paid = await payOnce(keys);
      if (paid.kind === "paid") return paid;
      const isSpent = (spent.get(paid.key) ?? 0) > performance.now();
      if (isSpent || waits === WAITS_MAX) {
        if (!isSpent) spent.set(paid.key, performance.now() + SPENT_NOTED_MS);
        throw tooMany(paid);
      }
      await delay(WAIT_MS * (1 + Math.random()));
    }
  }

  return {
    async guess(keys, attempt) {
      const { giveBack } = await payForGuess({ ...keys, address: addressKey(keys.address) });
      try {
        const result = await attempt();
        await giveBack();
        return result;
      } catch (error) {
        if (!(error instanceof AppError && error.code === "access.code_refused")) await giveBack();
        throw error;
      }
    },
  };
}

type Paid = { readonly kind: "paid"; readonly giveBack: () => Promise<void> };
type Refused = {
  readonly kind: "refused";
  readonly key: string;
  readonly limit: number;
  readonly retryAfterMs: number;
};

function refused(name: keyof typeof WRONG_CODES, key: string, { msBeforeNext }: RateLimiterRes): Refused {
  return { kind: "refused", key: `${name} ${key}`, limit: WRONG_CODES[name], retryAfterMs: msBeforeNext };
}

function tooMany({ retryAfterMs, limit }: Refused): AppError {
  return new AppError("rate.limited", {
    retryAfterMs,
    limit,
    perSeconds: WRONG_CODES_WINDOW_S,
    what: "codes",
  });
}
