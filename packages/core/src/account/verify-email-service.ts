import type { Mailer } from "../mail/mailer.ts";
import { AppError } from "../shared/errors.ts";
import type { SigningKeys } from "../shared/signing-keys.ts";
import type { AccountId } from "../shared/ids.ts";
import type { Fan, System } from "../actor/actor.ts";
import type { AccountStore } from "./account-store.ts";
import {
  EMAIL_CODE_PAUSE_MS,
  EMAIL_CODE_TTL_MS,
  EMAIL_CODES_PER_DAY_MAX,
  type EmailCode,
  emailCodeOf,
  sameCode,
} from "./verify-email.ts";
import type { VerifyEmailStore } from "./verify-email-store.ts";

export type VerifyEmailDeps = {
  readonly codes: VerifyEmailStore;
  readonly accounts: Pick<AccountStore, "findById">;
  readonly mailer: Mailer;
  readonly keys: SigningKeys;
  readonly newNonce: () => string;
  readonly pageUrl: string;
};

/** One mail with six digits, five tries, fifteen minutes: the address is then known to be the account's own. */
export function makeVerifyEmailService(deps: VerifyEmailDeps) {
  const { codes, accounts, keys } = deps;
  return {
    /** Throws rate.limited when the last mail is too young or the day has had enough of them. */
    async start({ account }: Fan): Promise<{ kind: "sent" | "verified" }> {
      const started = await codes.start({
        accountId: account.id,
        nonce: deps.newNonce(),
        ttlMs: EMAIL_CODE_TTL_MS,
        pauseMs: EMAIL_CODE_PAUSE_MS,
        sendsPerDay: EMAIL_CODES_PER_DAY_MAX,
      });
      switch (started.kind) {
        case "sent":
        case "verified":
          return started;
        case "not_found":
          throw new AppError("account.not_found");
        case "too_soon":
          throw new AppError("rate.limited", {
            retryAfterMs: started.retryInMs,
            limit: EMAIL_CODES_PER_DAY_MAX,
            perSeconds: 86_400,
            what: "mail",
          });
      }
    },

    async confirm({ account }: Fan, code: EmailCode): Promise<void> {
      if (account.emailVerified) return;
      const live = await codes.takeTry(account.id);
      if (!live) {
        throw new AppError("account.bad_code", { triesLeft: 0 });
      }
      const isRight = keys.some((key) => sameCode(code, emailCodeOf(key, account.id, live.nonce)));
      if (isRight && (await codes.verify(account.id, live.nonce))) return;
      throw new AppError("account.bad_code", { triesLeft: live.triesLeft });
    },

    /** A job of the outbox; repeated, it is the same mail. An account that is gone or confirmed needs none. */
    async sendMail(accountId: AccountId, nonce: string): Promise<void> {
      const account = await accounts.findById(accountId);
      if (!account || account.emailVerified) return;
      const code = emailCodeOf(keys[0], account.id, nonce);
      await deps.mailer.send({
        kind: "verify_email",
        to: account.email,
        messageId: `verify-email-${nonce}`,
        facts: { code, goodForMs: EMAIL_CODE_TTL_MS, pageUrl: deps.pageUrl },
      });
    },

    /** Without a mail: for accounts that staff made. */
    trust: (_actor: System, accountId: AccountId) => codes.verify(accountId, null),
  };
}
