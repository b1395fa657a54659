import { z } from "zod";
import type { AccountId } from "../shared/ids.ts";

/** What a challenge can be asked for. An answer for one opens none of the others. */
export const GuardedAction = z.enum(["line.join", "hold", "checkout"]);
export type GuardedAction = z.infer<typeof GuardedAction>;
/** Signing in is asked for one after many wrong passwords, when no account is known yet. */
export type ChallengedAction = GuardedAction | "sign_in";

/** What the browser gets in `details.challenge` of challenge.required, and solves. */
export const ChallengeOffer = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("altcha"),
    /** As altcha-lib makes it; the browser hands it back unchanged, with its solution. */
    challenge: z.object({
      parameters: z.looseObject({ algorithm: z.string(), keyPrefix: z.string() }),
      signature: z.string(),
    }),
  }),
  z.object({
    kind: z.literal("turnstile"),
    siteKey: z.string(),
    action: z.string(),
    /** Binds the answer to the account; comes back in what the provider says about it. */
    cData: z.string(),
  }),
]);
export type ChallengeOffer = z.infer<typeof ChallengeOffer>;

export type ChallengeCheck =
  /** `id` names this one challenge; whoever checks it must see to it that it is spent once. */
  | { readonly kind: "solved"; readonly id: string; readonly expiresAtMs: number }
  | { readonly kind: "refused"; readonly why: "unreadable" | "forged" | "expired" | "foreign" | "unsolved" };

/** Who or what makes a browser prove that it took some trouble. An answer longer than this is not even read. */
export const CHALLENGE_ANSWER_CHARS_MAX = 4_096;

export interface ChallengeProvider {
  readonly kind: ChallengeOffer["kind"];
  issue(input: { accountId: AccountId; action: ChallengedAction; hard: boolean }): Promise<ChallengeOffer>;
  /** Throws AppError service.unavailable when the provider is elsewhere and does not answer. */
  check(input: {
    accountId: AccountId;
    action: ChallengedAction;
    answer: string;
    address: string;
  }): Promise<ChallengeCheck>;
}
