import type { Installation } from "../actor/actor.ts";
import { AppError } from "../shared/errors.ts";
import { schemaFaults } from "../shared/schema-faults.ts";
import type { Account, Role } from "../actor/account.ts";
import { SignUp } from "./sign-up.ts";
import { Email } from "./email.ts";
import type { AccountAdminStore, AccountChange, AccountRow } from "./account-admin-store.ts";
import { hashPassword, type PasswordHasher } from "./password-hasher.ts";
import { refuseWeak } from "./password-service.ts";

const REASON_CHARS_MAX = 500;

export type NewAccount = {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly role: Role;
};

/** What those who run the installation do with accounts, from the terminal and at the start. */
export function makeAccountAdminService({
  store,
  hasher,
  isCommon,
}: {
  store: AccountAdminStore;
  hasher: PasswordHasher;
  isCommon: (password: string) => boolean;
}) {
  async function prepared({ email, name, password }: Omit<NewAccount, "role">) {
    const parsed = SignUp.safeParse({ email, name, password });
    if (!parsed.success) {
      const faults = schemaFaults(parsed.error.issues);
      throw new AppError("input.invalid", { why: "account", faults });
    }
    refuseWeak(parsed.data.password, parsed.data, isCommon);
    const passwordHash = await hashPassword(hasher, parsed.data.password);
    return { email: parsed.data.email, name: parsed.data.name, passwordHash };
  }

  return {
    async create(actor: Installation, { role, ...input }: NewAccount): Promise<Account> {
      const account = await store.create(actor, { ...(await prepared(input)), role });
      if (account) return account;
      throw new AppError("account.email_taken", { email: input.email });
    },

    /** What a start makes of its environment: once, and nothing where somebody runs the installation already. */
    async ensureFirstOperator(
      actor: Installation,
      input: Omit<NewAccount, "role" | "name">,
    ): Promise<"created" | "exists"> {
      if (await store.hasOperator()) return "exists";
      const made = await store.createFirstOperator(actor, await prepared({ ...input, name: "Operator" }));
      if (made.kind !== "taken") return made.kind;
      throw new AppError("account.email_taken", { email: input.email, keepsRole: made.role });
    },
    hasOperator: () => store.hasOperator(),

    setRole: async (actor: Installation, change: AccountChange & { readonly role: Role }) =>
      known(await store.setRole(actor, { ...change, ...sayable(change) })),
    setDisabled: async (actor: Installation, change: AccountChange & { readonly disabled: boolean }) =>
      known(await store.setDisabled(actor, { ...change, ...sayable(change) })),
    list: (_actor: Installation, ask: Parameters<AccountAdminStore["list"]>[0]) => store.list(ask),
  };
}

function known(row: AccountRow | null): AccountRow {
  if (row) return row;
  throw new AppError("account.not_found");
}

/** An address has one spelling, however it was typed. */
function sayable({ key, reason }: AccountChange): Pick<AccountChange, "key" | "reason"> {
  const words = reason.trim();
  if (words !== "" && words.length <= REASON_CHARS_MAX)
    return { key: Email.safeParse(key).data ?? key, reason: words };
  throw new AppError("input.invalid", { why: "reason", max: REASON_CHARS_MAX });
}
