import { expect, test } from "vitest";
import { AccountId, OrganizationId } from "../shared/ids.ts";
import { type Actor, auditName, fan, system, VISITOR } from "./actor.ts";

const account = {
  id: AccountId.parse("019a0000-0000-7000-8000-000000000001"),
  email: "ana@onsale.example",
  name: "Ana",
  role: "fan",
  emailVerified: true,
  isMember: true,
} as const;
const organization = OrganizationId.parse("019a0000-0000-7000-8000-000000000002");

test.each<[Actor, string]>([
  [VISITOR, "visitor"],
  [fan(account), "ana@onsale.example"],
  [{ kind: "member", account, organization, role: "manager" }, "ana@onsale.example"],
  [{ kind: "operator", account }, "ana@onsale.example"],
  // An address cannot start so: no account can take the name of a key or of a part.
  [{ kind: "api_key", name: "door 3", organization, role: "scanner" }, "key:door 3"],
  [system("ticketctl"), "system:ticketctl"],
])("the audit names %o", (actor, name) => {
  expect(auditName(actor)).toBe(name);
});
