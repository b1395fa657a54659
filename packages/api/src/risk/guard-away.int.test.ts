import { parseAddressRanges } from "@onsale/core/risk/address-ranges";
import { ChallengeOffer } from "@onsale/core/risk/challenge-provider";
import { makeAltchaChallenges } from "@onsale/providers/challenge/altcha-challenges";
import { solveAltcha } from "@onsale/providers/challenge/solve-altcha";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { serveApp } from "../testing/serve-app.ts";
import { describeApp, key, seatItems } from "../testing/test-app.ts";
import { makeAdmission } from "@onsale/core/risk/admission";
import { makeMarkStates } from "@onsale/core/risk/mark-states";
import { makeRedisAdmissionStore } from "@onsale/redis/admission/redis-admission-store";

describeApp("the guard while Redis is away", (app) => {
  test("does not take a solution, and says over HTTP when to come back", async () => {
    const { container } = app();
    const { clock, metrics, riskMarks, config } = container;
    // Nobody listens on the discard port.
    const redis = new Redis({
      port: 9,
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    redis.on("error", () => undefined);
    const admission = makeAdmission({
      store: makeRedisAdmissionStore({
        redis,
        prefix: config.redisKeyPrefix,
        scale: config.limitsScale,
        marks: makeMarkStates({ marks: riskMarks, clock }),
        onAway: () => undefined,
      }),
      challenges: makeAltchaChallenges({ secrets: config.authSecrets, clock }),
      dataCentres: parseAddressRanges(""),
      clock,
      tell: { limited: metrics.rateLimited, challenge: metrics.challenge },
      onAway: () => undefined,
    });
    await using server = await serveApp({ ...container, admission });
    const [eventId, fan] = [await app().openEvent(), await app().account()];
    const cookie = await container.sessions.issue(fan);
    const hold = (more: Record<string, string>) =>
      fetch(`${server.url}/api/trpc/hold.create`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          origin: server.origin,
          cookie,
          "user-agent": "curl/8",
          // A page that saw navigator.webdriver: together with the tool's name enough to be asked, without any count.
          "x-onsale-client": "d=0123456789abcdefghijkl;w=1",
          ...more,
        },
        body: JSON.stringify({ eventId, operationId: key(), items: seatItems(0) }),
      });
    const demand = (await (await hold({})).json()) as {
      error: { data: { app: { code: string; details: { challenge: unknown } } } };
    };
    expect(demand.error.data.app.code).toBe("challenge.required");
    const solution = await solveAltcha(ChallengeOffer.parse(demand.error.data.app.details.challenge));
    const answer = await hold({ "x-onsale-challenge": solution });
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("2");
    expect(await answer.json()).toMatchObject({
      error: { data: { app: { code: "service.unavailable" } } },
    });
    expect(await app().as(fan).hold.mine({ eventId })).toEqual([]);
    redis.disconnect();
  });
});
