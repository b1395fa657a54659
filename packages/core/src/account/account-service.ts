import { AppError } from "../shared/errors.ts";
import type { Account, Role, SignUp } from "./account.ts";
import type { AccountStore } from "./account-store.ts";

/** Hashes with argon2id under a bound on concurrent work; `null` when too many wait (reliability 4.4). */
export type PasswordHasher = {
  hash(password: string): Promise<string | null>;
  verify(hash: string, password: string): Promise<boolean | null>;
};

export function makeAccountService({ accounts, hasher }: { accounts: AccountStore; hasher: PasswordHasher }) {
  const busy = () =>
    new AppError("rate.limited", "Very many people are signing in right now. Try again in a few seconds.", {
      details: { retryAfterMs: 3_000 },
    });
  // Verified against when the address is unknown, so that an answer takes as long either way.
  let decoy: Promise<string | null> | undefined;

  return {
    async signUp(input: SignUp, role: Role = "fan"): Promise<Account> {
      const passwordHash = await hasher.hash(input.password);
      if (!passwordHash) throw busy();
      const account = await accounts.create({ email: input.email, name: input.name, passwordHash, role });
      if (!account)
        throw new AppError(
          "account.email_taken",
          "There is an account with this address already. Sign in instead.",
        );
      return account;
    },

    /** Also what was compared, so that a session is opened with this password and no older one. */
    async signIn(email: string, password: string): Promise<{ account: Account; passwordHash: string }> {
      const found = await accounts.findForSignIn(email);
      decoy ??= hasher.hash("an address nobody has");
      const against = found?.passwordHash ?? (await decoy);
      const right = against === null ? null : await hasher.verify(against, password);
      if (right === null) throw busy();
      if (!right || !found?.passwordHash)
        throw new AppError("account.bad_credentials", "That address and password do not match.");
      return { account: found.account, passwordHash: found.passwordHash };
    },
  };
}
export type AccountService = ReturnType<typeof makeAccountService>;
