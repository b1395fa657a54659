import type { Mailer } from "../mail/mailer.ts";
import { AppError } from "../shared/errors.ts";
import type { SigningKeys } from "../shared/signing-keys.ts";
import type { Account } from "../actor/account.ts";
import type { Fan, Visitor } from "../actor/actor.ts";
import type { SignUp } from "./sign-up.ts";
import type { AccountStore } from "./account-store.ts";
import { hashPassword, type PasswordHasher } from "./password-hasher.ts";
import { refuseWeak } from "./password-service.ts";
import type { SignUpStore } from "./sign-up-store.ts";
import { EMAIL_CODE_TTL_MS, type EmailCode, emailCodeOf, sameCode } from "./verify-email.ts";

/**
 * Open sign-ups of one address, from wherever: an end to filling somebody's mailbox. Six times what one place of the network
 * may ask for, so that no stranger alone uses up its owner's.
 */
const SIGN_UPS_LIVE_MAX = 30;
const NONCE = "sign-up";

export type SignUpServiceDeps = {
  readonly signUps: SignUpStore;
  readonly accounts: Pick<AccountStore, "findForSignIn">;
  readonly hasher: PasswordHasher;
  readonly mailer: Mailer;
  readonly isCommon: (password: string) => boolean;
  readonly keys: SigningKeys;
  readonly newId: () => string;
  readonly publicUrl: string;
};

/**
 * An account begins with the code in its mail. Until then nothing that anybody can see depends on whether the address has one:
 * the same work is done, the same row is written, the same answer is given; the owner of a known address gets a mail that says
 * so, and no code.
 */
export function makeSignUpService(deps: SignUpServiceDeps) {
  const { signUps, accounts, hasher, keys } = deps;
  return {
    /** `admit` throws where whoever asks has had mails enough sent to this address; a password that is refused costs none. */
    async start(
      _actor: Visitor | Fan,
      { email, name, password }: SignUp,
      admit: () => Promise<void>,
    ): Promise<{ signUpId: string }> {
      refuseWeak(password, { email, name }, deps.isCommon);
      await admit();
      const passwordHash = await hashPassword(hasher, password);
      const id = deps.newId();
      const started = await signUps.start({
        id,
        email,
        name,
        passwordHash,
        ttlMs: EMAIL_CODE_TTL_MS,
        liveMax: SIGN_UPS_LIVE_MAX,
      });
      if (started.kind === "too_many")
        throw new AppError("rate.limited", { retryAfterMs: started.retryInMs, what: "mail" });
      return { signUpId: id };
    },

    /** Throws account.bad_code, the same for a sign-up that is unknown, over, or of an address that has an account. */
    async complete(
      _actor: Visitor | Fan,
      { signUpId, code }: { signUpId: string; code: EmailCode },
    ): Promise<Account> {
      const live = await signUps.takeTry(signUpId);
      if (!live) throw badCode(0);
      if (!keys.some((key) => sameCode(code, emailCodeOf(key, signUpId, NONCE))))
        throw badCode(live.triesLeft);
      const completed = await signUps.complete(signUpId);
      if (completed.kind === "done") return completed.account;
      if (completed.kind === "over") throw badCode(0);
      // Who has the code has the mailbox: this is its owner's to know.
      throw new AppError("account.email_taken");
    },

    /** A job of the outbox; repeated, it is the same mail. */
    async sendMail(signUpId: string): Promise<void> {
      const signUp = await signUps.find(signUpId);
      if (!signUp) return;
      const { email: to } = signUp;
      const isKnown = (await accounts.findForSignIn(to)) !== null;
      const code = emailCodeOf(keys[0], signUpId, NONCE);
      const address = { to, messageId: `sign-up-${signUpId}` };
      await deps.mailer.send(
        isKnown
          ? {
              kind: "known_address",
              ...address,
              facts: { signInUrl: `${deps.publicUrl}/sign-in`, resetUrl: `${deps.publicUrl}/reset-password` },
            }
          : { kind: "sign_up", ...address, facts: { code, goodForMs: EMAIL_CODE_TTL_MS } },
      );
    },
  };
}

const badCode = (triesLeft: number) => new AppError("account.bad_code", { triesLeft });
