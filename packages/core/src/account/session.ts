import type { z } from "zod";
import { Uuid } from "../shared/ids.ts";
import type { Account } from "../actor/account.ts";
import type { Fan } from "../actor/actor.ts";

export const SessionId = Uuid.brand<"SessionId">();
export type SessionId = z.infer<typeof SessionId>;

/** A session ends at a time that is set when it begins and never moves: a fan signs in once a month, staff every working day. */
export const FAN_SESSION_MS = 30 * 24 * 3_600_000;
export const STAFF_SESSION_MS = 12 * 3_600_000;
/** Whoever works here is signed in for a day's work. */
export const isStaff = ({ role, isMember }: Pick<Account, "role" | "isMember">): boolean =>
  role === "operator" || isMember;

/** Who is signed in, and by which of the account's sessions; null: a caller inside this process, without a cookie. */
export type SignedIn = { readonly actor: Fan; readonly sessionId: SessionId | null };

/** One row of the list on the account page. */
export type SessionRow = {
  readonly id: SessionId;
  readonly device: string;
  readonly createdAtMs: number;
  readonly seenAtMs: number;
  readonly endsAtMs: number;
};

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?(?:iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bCriOS\/|\bChrome\/|\bChromium\//, "Chrome"],
  [/\bVersion\/[\d.]+.*\bSafari\//, "Safari"],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b|\biPod\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "Mac"],
  [/\bLinux\b/, "Linux"],
];

/** "Firefox on Android": words in which people know their devices again. Nothing of what a client sent is repeated. */
export function deviceWords(userAgent: string | null): string {
  const text = (userAgent ?? "").slice(0, 400);
  const named = (table: typeof BROWSERS) => table.find(([pattern]) => pattern.test(text))?.[1];
  const [browser, system] = [named(BROWSERS), named(SYSTEMS)];
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? (system ? `A browser on ${system}` : "Another device");
}
