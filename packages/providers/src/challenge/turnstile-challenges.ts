import { createHash, createHmac } from "node:crypto";
import type { ChallengeCheck, ChallengeProvider } from "@onsale/core/risk/challenge-provider";
import { AppError } from "@onsale/core/shared/errors";
import { z } from "zod";

const SITEVERIFY_URL = "https://challenges.cloudflare.com/turnstile/v0/siteverify";
const TIMEOUT_MS = 5_000;
/** Cloudflare takes a token once and for five minutes; ours is remembered for as long. */
const TOKEN_TTL_MS = 5 * 60_000;
const TOKEN_CHARS_MAX = 2_048;

/** developers.cloudflare.com/turnstile/get-started/server-side-validation: what siteverify answers. */
const SiteVerify = z.object({
  success: z.boolean(),
  challenge_ts: z.string().optional(),
  hostname: z.string().optional(),
  action: z.string().optional(),
  cdata: z.string().optional(),
  "error-codes": z.array(z.string()).default([]),
});

export type TurnstileSettings = {
  readonly siteKey: string;
  readonly secretKey: string;
  /** Where the widget may have been solved: the host of PUBLIC_URL. */
  readonly hostname: string;
  readonly url?: string;
};

/**
 * Cloudflare Turnstile for installations that want it. The account travels as cData, which comes back in the verdict; it
 * is a MAC, so that Cloudflare never learns which account it was.
 */
export function makeTurnstileChallenges({
  siteKey,
  secretKey,
  hostname,
  url = SITEVERIFY_URL,
}: TurnstileSettings): ChallengeProvider {
  const cDataOf = (accountId: string, action: string) =>
    createHmac("sha256", secretKey).update(`${accountId} ${action}`).digest("base64url");
  /** Turnstile's actions have no dots. */
  const actionOf = (action: string) => action.replaceAll(".", "_");

  async function verify(token: string, address: string): Promise<z.infer<typeof SiteVerify>> {
    try {
      const response = await fetch(url, {
        method: "POST",
        body: new URLSearchParams({ secret: secretKey, response: token, remoteip: address }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: "error",
      });
      return SiteVerify.parse(await response.json());
    } catch (cause) {
      throw new AppError("service.unavailable", { retryAfterMs: 5_000, what: "challenge" }, { cause });
    }
  }

  return {
    kind: "turnstile",
    issue: ({ accountId, action }) =>
      Promise.resolve({
        kind: "turnstile",
        siteKey,
        action: actionOf(action),
        cData: cDataOf(accountId, action),
      }),

    async check({ accountId, action, answer, address }): Promise<ChallengeCheck> {
      if (answer.length > TOKEN_CHARS_MAX) return { kind: "refused", why: "unreadable" };
      const verdict = await verify(answer, address);
      if (!verdict.success) {
        const isOld = verdict["error-codes"].includes("timeout-or-duplicate");
        return { kind: "refused", why: isOld ? "expired" : "unsolved" };
      }
      if (
        verdict.action !== actionOf(action) ||
        verdict.cdata !== cDataOf(accountId, action) ||
        verdict.hostname !== hostname
      )
        return { kind: "refused", why: "foreign" };
      const solvedAtMs = Date.parse(verdict.challenge_ts ?? "");
      const id = createHash("sha256").update(answer).digest("base64url");
      return {
        kind: "solved",
        id,
        expiresAtMs: (Number.isNaN(solvedAtMs) ? Date.now() : solvedAtMs) + TOKEN_TTL_MS,
      };
    },
  };
}
