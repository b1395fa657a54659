import { createHash, createHmac, randomInt } from "node:crypto";
import type { ChallengeCheck, ChallengeProvider } from "@onsale/core/risk/challenge-provider";
import type { Clock } from "@onsale/core/shared/clock";
import { createChallenge, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { z } from "zod";

/** About a millisecond of one core for each try, and the counter is somewhere in the range: a quarter of a second here. */
const ALGORITHM = "PBKDF2/SHA-256";
const ITERATIONS = 1_000;
const COUNTER_MIN = 250;
const COUNTER_SPAN = 250;
const HARD_TIMES = 5;
const TTL_MS = 5 * 60_000;

const Answer = z.strictObject({
  challenge: z.strictObject({
    parameters: z.strictObject({
      algorithm: z.literal(ALGORITHM),
      nonce: z.string().max(64),
      salt: z.string().max(64),
      cost: z.literal(ITERATIONS),
      keyLength: z.literal(32),
      keyPrefix: z.string().max(64),
      keySignature: z.string().max(64),
      expiresAt: z.int().positive(),
      data: z.strictObject({ account: z.string().max(64), action: z.string().max(40) }),
    }),
    signature: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  solution: z.object({ counter: z.int().min(0), derivedKey: z.string().regex(/^[0-9a-f]{64}$/) }),
});

export type AltchaDeps = {
  /** The first signs; challenges under any of them are checked. */
  readonly secrets: readonly [string, ...string[]];
  readonly clock: Clock;
};

/**
 * Proof of work by ALTCHA (https://altcha.org, MIT), made and checked on this machine: no third party hears of our fans.
 * The challenge names the account and the action under its signature. Making one costs the work of a single try, checking
 * one costs two HMACs.
 */
export function makeAltchaChallenges({ secrets, clock }: AltchaDeps): ChallengeProvider {
  const [present, ...earlier] = secrets;
  const keys = keysOf(present);
  const allKeys = [keys, ...earlier.map(keysOf)];

  return {
    kind: "altcha",
    async issue({ accountId, action, hard }) {
      const times = hard ? HARD_TIMES : 1;
      const { parameters, signature = "" } = await createChallenge({
        ...keys,
        algorithm: ALGORITHM,
        deriveKey,
        cost: ITERATIONS,
        counter: randomInt(COUNTER_MIN * times, (COUNTER_MIN + COUNTER_SPAN) * times),
        data: { account: accountId, action },
        expiresAt: Math.floor((clock.nowMs() + TTL_MS) / 1_000),
      });
      return { kind: "altcha", challenge: { parameters: { ...parameters }, signature } };
    },

    async check({ accountId, action, answer }): Promise<ChallengeCheck> {
      const read = Answer.safeParse(readJson(answer));
      if (!read.success) return { kind: "refused", why: "unreadable" };
      const { challenge, solution } = read.data;
      const { parameters } = challenge;
      // Its own clock would do; this one can be set in tests.
      if (parameters.expiresAt * 1_000 <= clock.nowMs()) return { kind: "refused", why: "expired" };
      const results = await Promise.all(
        allKeys.map((keys) =>
          verifySolution({ ...keys, challenge, solution: { ...solution, time: 0 }, deriveKey }),
        ),
      );
      const result = results.find(({ invalidSignature }) => !invalidSignature);
      if (!result) return { kind: "refused", why: "forged" };
      if (result.expired) return { kind: "refused", why: "expired" };
      if (!result.verified) return { kind: "refused", why: "unsolved" };
      if (parameters.data.account !== accountId || parameters.data.action !== action)
        return { kind: "refused", why: "foreign" };
      const id = createHash("sha256").update(challenge.signature).digest("base64url");
      return { kind: "solved", id, expiresAtMs: parameters.expiresAt * 1_000 };
    },
  };
}

const keysOf = (secret: string) => {
  const keyOf = (use: string) =>
    createHmac("sha256", secret).update(`onsale challenge ${use} 1`).digest("hex");
  return { hmacSignatureSecret: keyOf("signature"), hmacKeySignatureSecret: keyOf("key") };
};

/** base64url of JSON, as a header carries it; undefined when it is neither. */
function readJson(answer: string): unknown {
  try {
    return JSON.parse(Buffer.from(answer, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
