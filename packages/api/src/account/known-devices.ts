import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { SigningKeys } from "@onsale/core/shared/signing-keys";

/** Accounts that one browser is known for; a family's laptop has several. */
const ACCOUNTS_MAX = 4;
const COOKIE_CHARS_MAX = 400;
export const DEVICE_MAX_AGE_S = 365 * 24 * 3_600;

export function deviceCookieName(publicUrl: string): string {
  return publicUrl.startsWith("https:") ? "__Host-onsale-device" : "onsale-device";
}

/**
 * Names a browser from which an address was signed in before: "device.mac.mac...", one signature for each address, which it
 * does not say. It signs nobody in; it only tells the owner's browser from a stranger's when passwords are tried.
 */
export function makeKnownDevices(keys: SigningKeys) {
  const macOf = (key: Uint8Array, device: string, email: string) =>
    createHmac("sha256", key).update(`${device} ${email}`).digest("base64url").slice(0, 22);
  const macsOf = (device: string, email: string) => keys.map((key) => macOf(key, device, email));

  function read(cookie: string | null): { device: string; macs: string[] } {
    const [device = "", ...macs] = (cookie ?? "").slice(0, COOKIE_CHARS_MAX).split(".");
    return { device, macs: macs.slice(0, ACCOUNTS_MAX) };
  }

  return {
    /** A name for counting; null: nobody signed in to this address from that browser. */
    nameFor(cookie: string | null, email: string): string | null {
      const { device, macs } = read(cookie);
      const right = macsOf(device, email).map((mac) => Buffer.from(mac));
      const isKnown = macs.some((mac) =>
        right.some((one) => mac.length === one.length && timingSafeEqual(Buffer.from(mac), one)),
      );
      return isKnown ? device : null;
    },
    /** The cookie from now on, with this address as the newest. */
    remember(cookie: string | null, email: string): string {
      const before = read(cookie);
      const device = /^[\w-]{22}$/.test(before.device)
        ? before.device
        : randomBytes(16).toString("base64url");
      const mac = macOf(keys[0], device, email);
      const same = macsOf(device, email);
      const others = before.macs.filter((other) => !same.includes(other) && /^[\w-]{22}$/.test(other));
      return [device, mac, ...others.slice(0, ACCOUNTS_MAX - 1)].join(".");
    },
  };
}
export type KnownDevices = ReturnType<typeof makeKnownDevices>;
