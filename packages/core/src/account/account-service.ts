import { AppError } from "../shared/errors.ts";
import type { Account, Role } from "../actor/account.ts";
import type { Fan, System, Visitor } from "../actor/actor.ts";
import type { SignUp } from "./sign-up.ts";
import type { AccountStore } from "./account-store.ts";
import { hashPassword, type PasswordHasher, verifyPassword } from "./password-hasher.ts";

export function makeAccountService({ accounts, hasher }: { accounts: AccountStore; hasher: PasswordHasher }) {
  // Verified against when the address is unknown, so that an answer takes as long either way.
  let decoy: Promise<string> | undefined;

  return {
    /** Without a mail, for accounts that are made up. Fans sign up (sign-up-service.ts), staff use account-admin-service.ts. */
    async create(_actor: System, input: SignUp, role: Role): Promise<Account> {
      const passwordHash = await hashPassword(hasher, input.password);
      const account = await accounts.create({ email: input.email, name: input.name, passwordHash, role });
      if (!account) throw new AppError("account.email_taken");
      return account;
    },

    /** Also what was compared, so that a session is opened with this password and no older one. */
    async signIn(
      _actor: Visitor | Fan,
      { email, password }: { email: string; password: string },
    ): Promise<{ account: Account; passwordHash: string }> {
      const found = await accounts.findForSignIn(email);
      if (!found?.passwordHash) {
        decoy ??= hashPassword(hasher, "an address nobody has");
        const hash = await decoy.catch((error: unknown) => {
          decoy = undefined;
          throw error;
        });
        await verifyPassword(hasher, { hash, password });
        throw mismatch();
      }
      const { account, passwordHash } = found;
      if (!(await verifyPassword(hasher, { hash: passwordHash, password }))) throw mismatch();
      return { account, passwordHash };
    },
  };
}
export type AccountService = ReturnType<typeof makeAccountService>;

const mismatch = () => new AppError("account.bad_credentials");
