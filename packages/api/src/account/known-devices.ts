import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

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
export function makeKnownDevices({ secret }: { secret: string }) {
  const key = createHmac("sha256", secret).update("onsale known devices 1").digest();
  const macOf = (device: string, email: string) =>
    createHmac("sha256", key).update(`${device} ${email}`).digest("base64url").slice(0, 22);

  function read(cookie: string | null): { device: string; macs: string[] } {
    const [device = "", ...macs] = (cookie ?? "").slice(0, COOKIE_CHARS_MAX).split(".");
    return { device, macs: macs.slice(0, ACCOUNTS_MAX) };
  }

  return {
    /** A name for counting; null: nobody signed in to this address from that browser. */
    nameFor(cookie: string | null, email: string): string | null {
      const { device, macs } = read(cookie);
      const right = Buffer.from(macOf(device, email));
      const isKnown = macs.some(
        (mac) => mac.length === right.length && timingSafeEqual(Buffer.from(mac), right),
      );
      return isKnown ? device : null;
    },
    /** The cookie from now on, with this address as the newest. */
    remember(cookie: string | null, email: string): string {
      const before = read(cookie);
      const device = /^[\w-]{22}$/.test(before.device)
        ? before.device
        : randomBytes(16).toString("base64url");
      const mac = macOf(device, email);
      const others = before.macs.filter((other) => other !== mac && /^[\w-]{22}$/.test(other));
      return [device, mac, ...others.slice(0, ACCOUNTS_MAX - 1)].join(".");
    },
  };
}
export type KnownDevices = ReturnType<typeof makeKnownDevices>;
