import { createHmac, randomBytes } from "node:crypto";
import { CODE_LETTERS, codeFromBytes } from "@onsale/core/access/access-code";

/** A key of its own for codes, from the installation's secret: whoever learns one key learns no other. */
export function accessCodeKey(authSecret: string): Uint8Array {
  return createHmac("sha256", authSecret).update("onsale access codes 1").digest();
}

export const newAccessCode = (): string => codeFromBytes(randomBytes(CODE_LETTERS));
