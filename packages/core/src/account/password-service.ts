import type { Fan, Visitor } from "../actor/actor.ts";
import type { Mailer } from "../mail/mailer.ts";
import { AppError } from "../shared/errors.ts";
import type { AccountId } from "../shared/ids.ts";
import type { AccountStore } from "./account-store.ts";
import { passwordFault } from "./password.ts";
import { hashPassword, type PasswordHasher, verifyPassword } from "./password-hasher.ts";
import type { PasswordResetStore } from "./password-reset-store.ts";
import type { SessionId } from "./session.ts";

export const RESET_TTL_MS = 3_600_000;
/** Mails that are good at the same time; more are not sent until one of them is used or too old. */
const RESETS_LIVE_MAX = 5;

export type PasswordServiceDeps = {
  readonly accounts: Pick<AccountStore, "findById" | "findForSignIn" | "changePassword">;
  readonly resets: PasswordResetStore;
  readonly hasher: PasswordHasher;
  readonly mailer: Mailer;
  readonly isCommon: (password: string) => boolean;
  /** What the mail says for a reset; nobody who reads the store can tell it. */
  readonly tokenOf: (resetId: string) => string;
  readonly newId: () => string;
  readonly pageUrl: string;
};

/** Throws account.weak_password with details.why. */
export function refuseWeak(
  password: string,
  who: { readonly email: string; readonly name: string },
  isCommon: (password: string) => boolean,
): void {
  const why = passwordFault(password, who, isCommon);
  if (why !== null) throw new AppError("account.weak_password", { why });
}

export function makePasswordService(deps: PasswordServiceDeps) {
  const { accounts, resets, hasher, isCommon, tokenOf } = deps;
  return {
    /** Ends every session of the account but the one to keep. */
    async change(
      { account }: Fan,
      { current, next, keep }: { current: string; next: string; keep: SessionId | null },
    ): Promise<void> {
      const found = await accounts.findForSignIn(account.email);
      const from = found?.passwordHash ?? null;
      if (from === null || !(await verifyPassword(hasher, { hash: from, password: current })))
        throw otherPassword();
      refuseWeak(next, account, isCommon);
      const to = await hashPassword(hasher, next);
      if (!(await accounts.changePassword({ id: account.id, from, to, keep }))) throw otherPassword();
    },

    /** The same whether the address has an account or not: whether a mail goes out is decided where nobody waits. */
    async startReset(_actor: Visitor | Fan, email: string): Promise<void> {
      await resets.ask({ id: deps.newId(), email });
    },

    /** A job of the outbox; repeated, it is the same mail. */
    async sendReset({ id, email }: { id: string; email: string }): Promise<void> {
      const found = await accounts.findForSignIn(email);
      if (!found) return;
      const token = tokenOf(id);
      const { account } = found;
      const isGood = await resets.start({
        id,
        accountId: account.id,
        token,
        ttlMs: RESET_TTL_MS,
        liveMax: RESETS_LIVE_MAX,
      });
      if (isGood)
        await deps.mailer.send({
          kind: "password_reset",
          to: email,
          messageId: `password-reset-${id}`,
          // Behind the #, which no server on the way writes down.
          facts: { url: `${deps.pageUrl}#token=${token}` },
        });
    },

    /** Throws account.bad_reset, in the same words whatever is wrong with the link, or account.weak_password, which uses none up. */
    async finishReset(
      _actor: Visitor | Fan,
      { token, password }: { token: string; password: string },
    ): Promise<void> {
      const owner = await resets.ownerOf(token);
      if (!owner) throw badReset();
      refuseWeak(password, owner, isCommon);
      if (!(await resets.use(token, await hashPassword(hasher, password)))) throw badReset();
    },

    async sendPasswordSet(accountId: AccountId, jobId: string): Promise<void> {
      const account = await accounts.findById(accountId);
      if (account)
        await deps.mailer.send({
          kind: "password_set",
          to: account.email,
          messageId: `password-set-${jobId}`,
          facts: { pageUrl: deps.pageUrl },
        });
    },
  };
}

const otherPassword = () => new AppError("account.wrong_password");
const badReset = () => new AppError("account.bad_reset");
