import { ChallengeOffer } from "@onsale/core/risk/challenge-provider";
import type { Challenge } from "altcha-lib/types";
import { solveTurnstile } from "./solve-turnstile.ts";

const TIMEOUT_MS = 90_000;

/** What goes into the challenge header. The work runs beside the page (WebCrypto has threads of its own), which stays free. */
export async function solveChallenge(demand: unknown): Promise<string> {
  const offer = ChallengeOffer.parse(demand);
  if (offer.kind === "turnstile") return await solveTurnstile(offer);
  // Loaded when it is needed for the first time: most fans never meet a challenge.
  const [{ solveChallenge: solve }, { deriveKey }] = await Promise.all([
    import("altcha-lib"),
    import("altcha-lib/algorithms/web/pbkdf2"),
  ]);
  // Made by altcha-lib on the server; core only knows the part that it needs.
  const challenge = offer.challenge as unknown as Challenge;
  const solution = await solve({ challenge, deriveKey, timeout: TIMEOUT_MS });
  if (!solution) throw new Error("the challenge took too long");
  const { counter, derivedKey } = solution;
  return toBase64Url(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
}

function toBase64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
