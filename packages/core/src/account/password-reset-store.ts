import type { AccountId } from "../shared/ids.ts";

export interface PasswordResetStore {
  /** Enqueues what sends the mail (kind mail.password_reset, {id, email}); looks at no account. */
  ask(reset: { id: string; email: string }): Promise<void>;
  /** false: the account is disabled, or `liveMax` links are good already. The token itself is not kept. */
  start(reset: {
    id: string;
    accountId: AccountId;
    token: string;
    ttlMs: number;
    liveMax: number;
  }): Promise<boolean>;
  /** Whose password the link would set; null: it is unknown, used or too old. */
  ownerOf(token: string): Promise<{ email: string; name: string } | null>;
  /** Once; sets the password, confirms the address and ends every session. */
  use(token: string, passwordHash: string): Promise<boolean>;
}
