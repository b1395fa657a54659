import { createHmac, randomUUID } from "node:crypto";
import { InvitationId } from "@onsale/core/organization/invitation";
import { makeMembershipService } from "@onsale/core/organization/membership-service";
import { makeOrganizationService } from "@onsale/core/organization/organization-service";
import type { Config } from "../config.ts";
import type { ServicesDeps } from "./services-deps.ts";

/** Who sells, and who works for them. */
export function composeOrganizations(
  config: Config,
  { stores, providers }: Pick<ServicesDeps, "stores" | "providers">,
) {
  const store = stores.organizations;
  return {
    memberships: makeMembershipService({ store }),
    organizations: makeOrganizationService({
      store,
      mailer: providers.mailer,
      newId: () => InvitationId.parse(randomUUID()),
      tokenOf: makeInvitationTokens(config.authSecret),
      pageUrl: `${config.publicUrl}/invitations`,
    }),
  };
}

/** What an invitation's link says: it follows from the invitation's id under a key that no store and no queue has. */
function makeInvitationTokens(authSecret: string): (invitation: InvitationId) => string {
  const key = createHmac("sha256", authSecret).update("onsale invitations 1").digest();
  return (invitation) => createHmac("sha256", key).update(invitation).digest("base64url");
}
