import { AppError } from "@onsale/core/shared/errors";
import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";

/** Wrong codes that are looked at within one window, by who guesses; right ones cost nothing. See docs/presales.md. */
export const WRONG_CODES = { account: 10, address: 20, event: 500 } as const;
export const WRONG_CODES_WINDOW_S = 10 * 60;

type Guesser = { readonly account: string; readonly address: string; readonly eventId: string };

/**
 * Three budgets of wrong codes. Each guess is paid for before it is looked at, so that many at once are no way around,
 * and paid back when the code was right. When a whole event hears too many, those who have not failed yet are still
 * heard once: nobody keeps fans out of their presale by guessing.
 */
export function makeGuessBudget({ redis, prefix }: { redis: Redis; prefix: string }) {
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

  /** Pays for one guess, or throws rate.limited having paid nothing. */
  async function payForGuess({ account, address, eventId }: Guesser): Promise<() => Promise<void>> {
    const byAccount = await pay("account", account);
    if (byAccount instanceof RateLimiterRes) throw tooMany(byAccount, WRONG_CODES.account);
    const byAddress = await pay("address", address);
    if (byAddress instanceof RateLimiterRes) {
      await limiters.account.reward(account);
      throw tooMany(byAddress, WRONG_CODES.address);
    }
    const byEvent = await pay("event", eventId);
    const eventPaid = !(byEvent instanceof RateLimiterRes);
    const giveBack = async (): Promise<void> => {
      await Promise.all([
        limiters.account.reward(account),
        limiters.address.reward(address),
        eventPaid ? limiters.event.reward(eventId) : null,
      ]);
    };
    if (!eventPaid && byAccount > 1) {
      await giveBack();
      throw tooMany(byEvent, WRONG_CODES.event);
    }
    return giveBack;
  }

  return {
    /** Runs one attempt. Only one that ends with access.code_refused is kept on the books. */
    async guess<T>(who: Guesser, attempt: () => Promise<T>): Promise<T> {
      const giveBack = await payForGuess(who);
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
export type GuessBudget = ReturnType<typeof makeGuessBudget>;

function tooMany(refusal: RateLimiterRes, limit: number): AppError {
  return new AppError(
    "rate.limited",
    "Too many codes were wrong. Wait a few minutes, then look at yours again.",
    {
      details: { retryAfterMs: refusal.msBeforeNext, limit, perSeconds: WRONG_CODES_WINDOW_S },
    },
  );
}
