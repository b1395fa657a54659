import { hash } from "node:crypto";
import { addressKey } from "@onsale/core/risk/address-ranges";
import type { LimitKey } from "@onsale/core/risk/limits";

/** Under what a call is counted. */
export type CountedKind = LimitKey | "device";
/** A key of a call, by the hash of what it stands for: addresses and cookies are not kept as they are. */
export type CountedUnder = { readonly kind: CountedKind; readonly name: string };

/** Up to so many accounts a crowd is a list, which is exact; beyond, an estimate. */
export const CROWD_LISTED_MAX = 32;

export function countedUnder(kind: CountedKind, value: string): CountedUnder {
  const text = kind === "address" ? addressKey(value) : value;
  return { kind, name: hash("sha256", text, "base64url").slice(0, 22) };
}

/** The braces put all keys of a script into one cluster slot. Tallies: see src/lua/tally.lua. */
export function tallyKey(prefix: string, { kind, name }: CountedUnder, tally: "calls" | "facts" | "crowd") {
  return `${prefix}adm:{${kind}:${name}}:${tally}`;
}
