import type { Fan } from "../actor/actor.ts";
import { AppError } from "../shared/errors.ts";
import type { Membership } from "./organization.ts";
import type { OrganizationStore } from "./organization-store.ts";
import type { Owned } from "./owned.ts";

export type MembershipServiceDeps = {
  readonly store: Pick<OrganizationStore, "membershipFor" | "ownerOf">;
};

/** What accounts are to whoever owns a thing. */
export function makeMembershipService({ store }: MembershipServiceDeps) {
  return {
    /**
     * The account's part in the organization that owns the thing. Throws not_found alike for what is not there and for what
     * belongs to others. An operator has an owner's part everywhere.
     */
    async require({ account }: Fan, thing: Owned): Promise<Membership> {
      if (account.role === "operator") {
        const organization = await store.ownerOf(thing);
        if (!organization) throw notFound(thing);
        return { organization, role: "owner" };
      }
      const membership = await store.membershipFor(account.id, thing);
      if (!membership) throw notFound(thing);
      return membership;
    },
  };
}

function notFound(thing: Owned): AppError {
  if ("organizationId" in thing) return new AppError("organization.not_found", {});
  if ("lineId" in thing) return new AppError("line.not_found", {});
  if ("venueId" in thing) return new AppError("venue.not_found");
  if ("layoutId" in thing) return new AppError("layout.not_found");
  return new AppError("event.not_found", {});
}
