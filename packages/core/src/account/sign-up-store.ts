import type { Account } from "../actor/account.ts";

export type PendingSignUp = { readonly id: string; readonly email: string; readonly name: string };

export interface SignUpStore {
  /** Enqueues its mail (kind mail.sign_up, {signUpId}) in the same transaction. Looks at no account. */
  start(
    signUp: PendingSignUp & { passwordHash: string; ttlMs: number; liveMax: number },
  ): Promise<{ kind: "started" } | { kind: "too_many"; retryInMs: number }>;
  /** null: it is over. */
  find(id: string): Promise<PendingSignUp | null>;
  /** Takes a try before anything is compared; null: it is over, or its tries are used up. */
  takeTry(id: string): Promise<{ triesLeft: number } | null>;
  /** The address is confirmed with it. */
  complete(id: string): Promise<{ kind: "done"; account: Account } | { kind: "taken" } | { kind: "over" }>;
  /** Deletes what is over, also of passwords set anew. */
  forget(): Promise<number>;
}
