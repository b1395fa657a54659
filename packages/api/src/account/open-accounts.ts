import { randomUUID } from "node:crypto";
import { makeAccountAdminService } from "@onsale/core/account/account-admin-service";
import { makeAccountService } from "@onsale/core/account/account-service";
import { SessionId } from "@onsale/core/account/session";
import { makeSessionService } from "@onsale/core/account/session-service";
import { makeVerifyEmailService } from "@onsale/core/account/verify-email-service";
import type { Config } from "../config.ts";
import { emailCodeKey } from "../risk/open-risk.ts";
import type { ServicesDeps } from "../services-deps.ts";
import { makePasswordHasher } from "./password-hasher.ts";

/** Who fans and staff are, and that their mail reaches them. */
export function openAccounts(
  config: Config,
  {
    stores: { accounts, accountAdmin, emailCodes, sessionRows },
    providers: { mailer },
  }: Pick<ServicesDeps, "stores" | "providers">,
) {
  const hasher = makePasswordHasher();
  return {
    accounts: makeAccountService({ accounts, hasher }),
    accountAdmin: makeAccountAdminService({ store: accountAdmin, hasher }),
    sessions: makeSessionService({ sessions: sessionRows, newId: () => SessionId.parse(randomUUID()) }),
    verifyEmail: makeVerifyEmailService({
      codes: emailCodes,
      accounts,
      mailer,
      key: emailCodeKey(config.authSecret),
      newNonce: randomUUID,
      pageUrl: `${config.publicUrl}/verify-email`,
    }),
  };
}
