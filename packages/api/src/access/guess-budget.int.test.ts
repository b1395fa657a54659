import { AppError } from "@onsale/core/shared/errors";
import type { SaleWindow } from "@onsale/core/event/event";
import { expect, test } from "vitest";
import { describeApp, key } from "../testing/test-app.ts";
import { makeRedisGuessBudget, WRONG_CODES, WRONG_CODES_OWN } from "@onsale/redis/access/redis-guess-budget";

const WRONG = new AppError("access.code_refused");
const appCode = (error: unknown) => (error as { cause?: { code?: string } }).cause?.code;

describeApp("guessing codes", (app) => {
  const guesses = () => {
    const { redis, config } = app().container;
    return makeRedisGuessBudget({ redis: redis.commands, prefix: config.redisKeyPrefix });
  };
  type Who = { account?: string; address?: string; eventId?: string };
  /** `count` wrong guesses at once; how many were looked at. */
  async function guess(count: number, who: (n: number) => Who): Promise<number> {
    let looked = 0;
    await Promise.allSettled(
      Array.from({ length: count }, (_, n) => {
        const guesser = { account: key(), address: key(), eventId: key(), ...who(n) };
        return guesses().guess(guesser, () => {
          looked++;
          return Promise.reject(WRONG);
        });
      }),
    );
    return looked;
  }

  test("of 1,000 guesses at once of one account, wherever from, ten are looked at", async () => {
    const account = key();
    expect(await guess(1_000, () => ({ account }))).toBe(WRONG_CODES.account);
    expect(await guess(10, () => ({ account }))).toBe(0);
  });

  test("an address that sent too many wrong codes is still heard for the first three of each account, and no more", async () => {
    const address = key();
    const guessers = [key(), key()];
    expect(await guess(1_000, (n) => ({ address, account: guessers[n % 2] ?? "" }))).toBe(
      WRONG_CODES.address,
    );
    const accounts = Array.from({ length: 20 }, key);
    const account = (n: number) => accounts[n % accounts.length] ?? "";
    expect(await guess(1_000, (n) => ({ address, account: account(n) }))).toBe(20 * WRONG_CODES_OWN);
    expect(await guess(100, (n) => ({ address, account: account(n) }))).toBe(0);
  });

  test("an event that hears too many wrong codes still hears each fan who has hardly failed", async () => {
    const eventId = key();
    const accounts = Array.from({ length: 100 }, key);
    const account = (n: number) => accounts[n % accounts.length] ?? "";
    expect(await guess(WRONG_CODES.event, (n) => ({ eventId, account: account(n) }))).toBe(WRONG_CODES.event);
    expect(await guess(100, (n) => ({ eventId, account: account(n) }))).toBe(0);
    const fan = { account: key(), address: key(), eventId };
    for (let wrong = 0; wrong < WRONG_CODES_OWN; wrong++) {
      expect(await guesses().guess(fan, () => Promise.resolve("in"))).toBe("in");
      await expect(guesses().guess(fan, () => Promise.reject(WRONG))).rejects.toBe(WRONG);
    }
    await expect(guesses().guess(fan, () => Promise.resolve("in"))).rejects.toMatchObject({
      code: "rate.limited",
    });
  });

  test("right codes and faults of ours cost nothing", async () => {
    const fan = { account: key(), address: key(), eventId: key() };
    for (let n = 0; n < 3 * WRONG_CODES.address; n++) {
      expect(await guesses().guess(fan, () => Promise.resolve(n))).toBe(n);
      await expect(guesses().guess(fan, () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    }
  });

  test("1,000 guesses of twenty accounts at one door are hardly looked at, and keep no fan there from entering a right code", async () => {
    const eventId = await app().openEvent();
    const opensAtMs = Date.now() - 1_000;
    const window: SaleWindow = {
      kind: "presale",
      key: "fans",
      label: "Fans",
      opensAtMs,
      closesAtMs: opensAtMs + 3_600_000,
    };
    await app().changeEvent(eventId, { saleWindows: [window] });
    const { codes } = await app()
      .as(await app().member())
      .admin.access.createCodes({ eventId, windowKey: "fans", count: 1 });
    const accounts = await app().container.accounts.createMany(
      Array.from({ length: 20 }, () => `${key()}@guess.example`.toLowerCase()),
    );
    const answers = await Promise.all(
      accounts.flatMap((account) =>
        Array.from({ length: 50 }, (_, n) =>
          app()
            .as(account)
            .access.redeem({ eventId, code: `AAAA-AAAA-${String(1000 + n)}` })
            .then(() => "ok", appCode),
        ),
      ),
    );
    const told = Object.groupBy(answers, (answer) => answer ?? "unexpected");
    expect(Object.keys(told).sort()).toEqual(["access.code_refused", "rate.limited"]);
    const looked = told["access.code_refused"]?.length ?? 0;
    expect(looked).toBeGreaterThanOrEqual(20 * WRONG_CODES_OWN);
    expect(looked).toBeLessThanOrEqual(20 * WRONG_CODES_OWN + WRONG_CODES.address);
    const late = app().as(await app().account());
    const enter = (code: string) => late.access.redeem({ eventId, code }).then(() => "ok", appCode);
    for (let typos = 1; typos < WRONG_CODES_OWN; typos++)
      expect(await enter(`AAAA-AAAA-${2000 + typos}`)).toBe("access.code_refused");
    expect(await enter(codes[0] ?? "")).toBe("ok");
  });
});
