import { createHmac } from "node:crypto";

/** A session as a Cookie header: who it is, signed. */
export function fanCookie(fanId: string, key: string): string {
  return `shop=${fanId}.${createHmac("sha256", key).update(fanId).digest("base64url")}`;
}
