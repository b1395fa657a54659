import { AccountId, type OrganizationId } from "../../shared/ids.ts";
import type { Account } from "../account.ts";
import type { Member, Operator } from "../actor.ts";
import type { OrganizationRole } from "../organization-role.ts";

const ID = AccountId.parse("019a0000-0000-7000-8000-00000000000a");
const accountNamed = (email: string, role: Account["role"], id = ID): Account => ({
  id,
  email,
  name: email,
  role,
  emailVerified: true,
  isMember: role === "fan",
});

/** For tests: somebody who may do everything, and whom the audit calls so. */
export const staffNamed = (name: string): Operator => ({
  kind: "operator",
  account: accountNamed(name, "operator"),
});
export const TESTER = staffNamed("test");

/** For tests: a member of the organization, for stores that hold no such account. */
export const memberOf = (
  organization: OrganizationId,
  role: OrganizationRole = "owner",
  id: AccountId = ID,
): Member => ({
  kind: "member",
  account: accountNamed("member@onsale.example", "fan", id),
  organization,
  role,
});
