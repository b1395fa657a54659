import { createHash } from "node:crypto";

const ROLE = "onsale_app";

/**
 * The same database as a role that owns nothing. Its password follows from the owner's, so that a demo that is started
 * again finds the role it made.
 */
export function applicationUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  const secret = `${ROLE} ${decodeURIComponent(url.password)}`;
  url.password = createHash("sha256").update(secret).digest("base64url");
  url.username = ROLE;
  return url.href;
}
