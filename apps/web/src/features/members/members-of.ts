import type { OrganizationRole } from "@onsale/core/actor/organization-role";
import type { OrganizationId } from "@onsale/core/shared/ids";

/** Whose members are shown. */
export type MembersOf = {
  readonly id: OrganizationId;
  readonly name: string;
  /** What the visitor is there; an operator has an owner's part. */
  readonly role: OrganizationRole;
  readonly timeZone: string;
};
