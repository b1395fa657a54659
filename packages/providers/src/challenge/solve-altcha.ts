import type { ChallengeOffer } from "@onsale/core/risk/challenge-provider";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import type { Challenge } from "altcha-lib/types";

/** Does the work that a browser would do, for programs that play fans; what goes into the challenge header. */
export async function solveAltcha(offer: ChallengeOffer): Promise<string> {
  if (offer.kind !== "altcha") throw new Error(`only a browser can solve a challenge by ${offer.kind}`);
  // Made by altcha-lib on the server; core only knows the part that it needs.
  const challenge = offer.challenge as unknown as Challenge;
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error("the challenge took too long");
  const { counter, derivedKey } = solution;
  return Buffer.from(JSON.stringify({ challenge, solution: { counter, derivedKey } })).toString("base64url");
}
