import { createHmac, randomUUID } from "node:crypto";
import { makeAccountAdminService } from "@onsale/core/account/account-admin-service";
import { makeAccountService } from "@onsale/core/account/account-service";
import { makePasswordService } from "@onsale/core/account/password-service";
import { SessionId } from "@onsale/core/account/session";
import { makeSessionService } from "@onsale/core/account/session-service";
import { makeSignUpService } from "@onsale/core/account/sign-up-service";
import { makeVerifyEmailService } from "@onsale/core/account/verify-email-service";
import type { Config } from "../config.ts";
import { EMAIL_CODES, keyFor, keysFor, PASSWORD_RESETS } from "../keys/installation-keys.ts";
import type { ServicesDeps } from "./services-deps.ts";
import { isCommonPassword } from "../account/common-passwords.ts";
import { makePasswordHasher } from "../account/password-hasher.ts";

/** Who fans and staff are, and that their mail reaches them. */
export function composeAccounts(
  config: Config,
  { stores, providers }: Pick<ServicesDeps, "stores" | "providers">,
) {
  const { accounts, accountAdmin, emailCodes, sessionRows, passwordResets, signUps } = stores;
  const { mailer } = providers;
  const hasher = makePasswordHasher();
  const keys = keysFor(EMAIL_CODES, config.authSecrets);
  const isCommon = isCommonPassword;
  return {
    accounts: makeAccountService({ accounts, hasher }),
    accountAdmin: makeAccountAdminService({ store: accountAdmin, hasher, isCommon }),
    sessions: makeSessionService({ sessions: sessionRows, newId: () => SessionId.parse(randomUUID()) }),
    signUps: makeSignUpService({
      signUps,
      accounts,
      hasher,
      mailer,
      isCommon,
      keys,
      newId: randomUUID,
      publicUrl: config.publicUrl,
    }),
    passwords: makePasswordService({
      accounts,
      resets: passwordResets,
      hasher,
      mailer,
      isCommon,
      tokenOf: makeResetTokens(config),
      newId: randomUUID,
      pageUrl: `${config.publicUrl}/reset-password`,
    }),
    verifyEmail: makeVerifyEmailService({
      codes: emailCodes,
      accounts,
      mailer,
      keys,
      newNonce: randomUUID,
      pageUrl: `${config.publicUrl}/verify-email`,
    }),
  };
}

/** What a link to set a password says: it follows from the reset's id under a key that no store and no queue has. */
function makeResetTokens({ authSecrets: [newest] }: Config): (resetId: string) => string {
  const key = keyFor(PASSWORD_RESETS, newest);
  return (resetId) => createHmac("sha256", key).update(resetId).digest("base64url");
}
