import { createHmac } from "node:crypto";

/** The key of passes and line tickets: a secret of its own, derived so that there is one secret to keep. */
export function lineKey(authSecret: string): Uint8Array {
  return createHmac("sha256", authSecret).update("onsale line passes v1").digest();
}
