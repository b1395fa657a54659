import type { MyOrganization } from "@onsale/contract/organization";
import type { Permission } from "@onsale/core/organization/permissions";

export type May = (permission: Permission) => boolean;

/** What the visitor may do in one organization. It decides what pages show; every procedure asks by itself. */
export function mayOf(mine: readonly MyOrganization[], organizationId: string): May {
  const granted = mine.find(({ id }) => id === organizationId)?.permissions ?? [];
  return (permission) => granted.includes(permission);
}
