import { createHmac, randomUUID } from "node:crypto";
import { InvitationId } from "@onsale/core/organization/invitation";
import { makeMembershipService } from "@onsale/core/organization/membership-service";
import { makeOrganizationService } from "@onsale/core/organization/organization-service";
import type { Config } from "../config.ts";
import { INVITATIONS, keysFor } from "../keys/installation-keys.ts";
import type { ServicesDeps } from "./services-deps.ts";

/** Who sells, and who works for them. */
export function composeOrganizations(
  config: Config,
  { stores, providers }: Pick<ServicesDeps, "stores" | "providers">,
) {
  const store = stores.organizations;
  const keys = keysFor(INVITATIONS, config.authSecrets);
  return {
    memberships: makeMembershipService({ store }),
    organizations: makeOrganizationService({
      store,
      mailer: providers.mailer,
      newId: () => InvitationId.parse(randomUUID()),
      tokenOf: (invitation) => tokenUnder(keys[0], invitation),
      earlierTokensOf: (invitation) => keys.slice(1).map((key) => tokenUnder(key, invitation)),
      pageUrl: `${config.publicUrl}/invitations`,
    }),
  };
}

/** What an invitation's link says: it follows from the invitation's id under a key that no store and no queue has. */
function tokenUnder(key: Uint8Array, invitation: InvitationId): string {
  return createHmac("sha256", key).update(invitation).digest("base64url");
}
