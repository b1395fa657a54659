import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LimitKeys } from "@onsale/core/risk/admission-store";
import { type LimitName, LIMITS } from "@onsale/core/risk/limits";
import { makeMarkStates } from "@onsale/core/risk/mark-states";
import { makeRedisAdmissionStore } from "@onsale/redis/admission/redis-admission-store";
import { serveApp } from "../testing/serve-app.ts";
import { describeApp, key, seatItems } from "../testing/test-app.ts";

type Served = Awaited<ReturnType<typeof serveApp>>;
const BROWSER = {
  "content-type": "application/json",
  "user-agent": "Mozilla/5.0 Chrome/142.0 Safari/537.36",
  "accept-language": "en",
  "sec-fetch-site": "same-origin",
};
const someone = (): LimitKeys => ({ account: randomUUID(), address: `2001:db8:${hex()}:${hex()}::1` });
const hex = () => Math.floor(Math.random() * 65_536).toString(16);

describeApp(
  "limits over HTTP",
  (app) => {
    let server: Served;
    beforeAll(async () => {
      server = await serveApp(app().container);
    });
    afterAll(async () => {
      await server[Symbol.asyncDispose]();
    });
    /** Counted before its input is read, so an empty one will do. */
    const signUp = async (headers: Record<string, string>) => {
      const all = { ...BROWSER, origin: server.origin, ...headers };
      return await fetch(`${server.url}/api/trpc/account.signUp`, {
        method: "POST",
        headers: all,
        body: "{}",
      });
    };

    test("a batch is limited by its calls, not by its requests, and says when to come back", async () => {
      const [eventId, account] = [await app().openEvent(), await app().account()];
      const calls = Object.fromEntries(
        Array.from({ length: 10 }, (_, n) => [n, { eventId, operationId: key(), items: seatItems() }]),
      );
      const path = `/api/trpc/${Array.from({ length: 10 }, () => "hold.create").join(",")}?batch=1`;
      const cookie = await app().container.sessions.issue(account);
      const headers = { ...BROWSER, origin: server.origin, cookie };
      const statuses: number[] = [];
      let retryAfter: string | null = null;
      for (let n = 0; n < 4; n++) {
        const answer = await fetch(`${server.url}${path}`, {
          method: "POST",
          headers,
          body: JSON.stringify(calls),
        });
        retryAfter = answer.headers.get("retry-after");
        const results = (await answer.json()) as { error: { data: { httpStatus: number } } }[];
        statuses.push(...results.map((result) => result.error.data.httpStatus));
      }
      expect(statuses.filter((status) => status === 400)).toHaveLength(20);
      expect(statuses.filter((status) => status === 429)).toHaveLength(20);
      expect(Number(retryAfter)).toBeGreaterThan(0);
      expect(Number(retryAfter)).toBeLessThanOrEqual(60);
    });

    test("no header makes a new address of a peer: all of the excess is refused", async () => {
      const forged = (n: number) => `10.${n % 250}.${(n * 7) % 250}.${n % 250}`;
      const statuses: number[] = [];
      for (let n = 0; n < 300; n++) {
        const headers = {
          "x-forwarded-for": forged(n),
          "x-real-ip": forged(n),
          "cf-connecting-ip": forged(n),
          "true-client-ip": forged(n),
          forwarded: `for=${forged(n)}`,
        };
        statuses.push((await signUp(headers)).status);
      }
      expect(statuses.filter((status) => status === 400)).toHaveLength(LIMITS.signUp.address.points);
      expect(statuses.filter((status) => status === 429)).toHaveLength(300 - LIMITS.signUp.address.points);
    });

    describe("each key is a bucket of its own", () => {
      const taken = async (name: LimitName, times: number, who: (n: number) => LimitKeys) => {
        const { admission } = app().container;
        const refused: string[] = [];
        for (let n = 0; n < times; n++)
          await admission.take(name, who(n)).catch((error: { details: { key: string } }) => {
            refused.push(error.details.key);
          });
        return { passed: times - refused.length, refused: [...new Set(refused)] };
      };

      test("an account is the same account from every address and session", async () => {
        const { account } = someone();
        const who = () => ({ ...someone(), session: randomUUID(), account });
        expect(await taken("join", 30, who)).toEqual({ passed: 10, refused: ["account"] });
      });

      test("a session is the same session whoever it says it is", async () => {
        const session = randomUUID();
        expect(await taken("join", 30, () => ({ ...someone(), session }))).toEqual({
          passed: 10,
          refused: ["session"],
        });
      });

      test("a card is the same card for every account", async () => {
        const instrument = randomUUID();
        expect(await taken("checkout", 30, () => ({ ...someone(), instrument }))).toEqual({
          passed: 5,
          refused: ["instrument"],
        });
      });

      test("an address has room for a campus, and an end", async () => {
        const { address } = someone();
        const result = await taken("join", 700, () => ({ ...someone(), address }));
        expect(result).toEqual({ passed: 600, refused: ["address"] });
      });

      test("an IPv6 machine gains nothing by changing its address", async () => {
        const prefix = `2001:db8:${hex()}:${hex()}`;
        const result = await taken("verifyStart", 100, (n) => ({
          account: randomUUID(),
          address: `${prefix}::${n.toString(16)}`,
        }));
        expect(result).toEqual({ passed: 60, refused: ["address"] });
      });

      test("one hammering account does not use up the address of its neighbours", async () => {
        const { address, account } = someone();
        expect(await taken("join", 5_000, () => ({ address, account }))).toMatchObject({ passed: 10 });
        expect(await taken("join", 500, () => ({ ...someone(), address }))).toMatchObject({ passed: 500 });
      });
    });

    test("holding goes on at five a minute once the burst is spent", async () => {
      const { admission } = app().container;
      const who = someone();
      for (let n = 0; n < 20; n++) await admission.take("hold", who);
      const refusal = await admission.take("hold", who).catch((error: unknown) => error);
      expect(refusal).toMatchObject({
        code: "rate.limited",
        details: { key: "account", limit: 5, perSeconds: 60 },
      });
      const { retryAfterMs } = (refusal as { details: { retryAfterMs: number } }).details;
      expect(retryAfterMs).toBeGreaterThan(0);
      expect(retryAfterMs).toBeLessThanOrEqual(60_000);
    });

    /** The counters of one more API process. */
    const counting = ({ scale = 1 }) => {
      const { redis, config, riskMarks, clock } = app().container;
      const store = makeRedisAdmissionStore({
        redis: redis.commands,
        prefix: config.redisKeyPrefix,
        scale,
        marks: makeMarkStates({ marks: riskMarks, clock }),
        onAway: () => undefined,
      });
      return (name: LimitName, keys: LimitKeys) =>
        store.admit({ limit: { name, keys }, accountId: null, scored: null });
    };

    test("all API processes count together, and refuse without asking Redis twice", async () => {
      const [one, two, who] = [counting({}), counting({}), someone()];
      for (let n = 0; n < 5; n++)
        for (const { kind } of await Promise.all([one("join", who), two("join", who)]))
          expect(kind).toBe("counted");
      for (const count of [one, two, one])
        expect(await count("join", who)).toMatchObject({ kind: "over", key: "account" });
    });

    test("the scale multiplies calls and leaves windows alone", async () => {
      const count = counting({ scale: 3 });
      const who = someone();
      for (let n = 0; n < 30; n++) expect(await count("join", who)).toMatchObject({ kind: "counted" });
      expect(await count("join", who)).toMatchObject({ limit: 30, perSeconds: 60 });
    });
  },
  { LIMITS_SCALE: "1" },
);

describeApp(
  "limits behind one proxy",
  (app) => {
    test("count the address that the proxy saw, whatever stands left of it", async () => {
      const server = await serveApp(app().container);
      try {
        const status = async (forwarded: string) => {
          const headers = { ...BROWSER, origin: server.origin, "x-forwarded-for": forwarded };
          const answer = await fetch(`${server.url}/api/trpc/account.signUp`, {
            method: "POST",
            headers,
            body: "{}",
          });
          return answer.status;
        };
        const each = async (forwarded: (n: number) => string) =>
          await Promise.all(Array.from({ length: 150 }, (_, n) => status(forwarded(n))));
        const ownAddress = await each((n) => `198.51.${n}.7`);
        expect(ownAddress.filter((one) => one === 429)).toHaveLength(0);
        const forged = await each((n) => `10.0.0.${n}, 203.0.113.5`);
        expect(forged.filter((one) => one === 429)).toHaveLength(50);
      } finally {
        await server[Symbol.asyncDispose]();
      }
    });

    test("a stranger who signs up with somebody's address keeps nobody from signing up with it", async () => {
      await using server = await serveApp(app().container);
      const email = `${randomUUID()}@fans.example`;
      const ask = async (from: string, password = "a seat in the stalls") => {
        const answer = await fetch(`${server.url}/api/trpc/account.signUp`, {
          method: "POST",
          headers: { ...BROWSER, origin: server.origin, "x-forwarded-for": from },
          body: JSON.stringify({ email, name: "Ada", password }),
        });
        return answer.status;
      };
      // What is refused for its password costs none of the mails.
      for (let n = 0; n < 6; n++) expect(await ask("192.0.2.66", "password123")).toBe(400);
      const stranger: number[] = [];
      for (let n = 0; n < 7; n++) stranger.push(await ask("192.0.2.66"));
      expect(stranger).toEqual([200, 200, 200, 200, 200, 429, 429]);
      expect(await ask("198.51.100.7")).toBe(200);
    });
  },
  { LIMITS_SCALE: "1", TRUSTED_PROXY_HOPS: "1" },
);
