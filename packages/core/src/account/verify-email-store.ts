import type { AccountId } from "../shared/ids.ts";

export type StartedCode =
  | { readonly kind: "sent" }
  | { readonly kind: "verified" }
  | { readonly kind: "not_found" }
  | { readonly kind: "too_soon"; readonly retryInMs: number };

export interface VerifyEmailStore {
  /** Makes the nonce the live one and enqueues its mail (kind mail.verify_email, {accountId, nonce}), in one transaction. */
  start(input: {
    accountId: AccountId;
    nonce: string;
    ttlMs: number;
    pauseMs: number;
    sendsPerDay: number;
  }): Promise<StartedCode>;
  /** Takes a try of the live code before anything is compared; null: none is live, or its tries are used up. */
  takeTry(accountId: AccountId): Promise<{ nonce: string; triesLeft: number } | null>;
  /** false: the code was replaced meanwhile. `nonce` null: by staff, without a code. */
  verify(accountId: AccountId, nonce: string | null): Promise<boolean>;
}
