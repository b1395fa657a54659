import type { Staff } from "../actor/actor.ts";
import type { OrganizationRole } from "../actor/organization-role.ts";

/** What can be done in an organization. `.read` looks, and changes nothing. */
export const PERMISSIONS = [
  "event.read",
  "event.write",
  /** Publish, open, pause, end and cancel. */
  "event.sell",
  "prices.write",
  "stock.block",
  "sales.read",
  "orders.read",
  "venues.write",
  "layouts.read",
  "layouts.write",
  "line.read",
  "line.run",
  "access.read",
  "access.write",
  "waitlist.read",
  "members.read",
  "members.write",
  "organization.write",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const LOOKS = [
  "event.read",
  "layouts.read",
  "line.read",
  "access.read",
  "waitlist.read",
  "members.read",
] as const satisfies readonly Permission[];

/** The one table of who may do what; `docs/organizations.md` shows it. */
export const PERMISSIONS_OF = {
  owner: PERMISSIONS,
  manager: PERMISSIONS.filter((permission) => permission !== "organization.write"),
  box_office: ["event.read", "layouts.read", "stock.block", "orders.read"],
  scanner: ["event.read"],
  finance: ["event.read", "sales.read", "orders.read"],
  read_only: LOOKS,
} as const satisfies Readonly<Record<OrganizationRole, readonly Permission[]>>;

export function may(role: OrganizationRole, permission: Permission): boolean {
  const granted: readonly Permission[] = PERMISSIONS_OF[role];
  return granted.includes(permission);
}

/** As what somebody acts in an organization that is theirs to act in: who runs the installation does all that an owner may. */
export function roleIn(actor: Staff): OrganizationRole {
  return actor.kind === "member" || actor.kind === "api_key" ? actor.role : "owner";
}

/**
 * Whether somebody with the role `by` may make a member of the role `from` one of the role `to`; null stands for "no member".
 * Owners are made and unmade by owners alone.
 */
export function mayChangeMember(
  by: OrganizationRole,
  { from, to }: { from: OrganizationRole | null; to: OrganizationRole | null },
): boolean {
  if (!may(by, "members.write")) return false;
  return by === "owner" || (from !== "owner" && to !== "owner");
}
