import { randomUUID } from "node:crypto";
import type { Container } from "@onsale/api/compose/container";
import { browserHeaders } from "../apps/cli/src/drill/browser-headers.ts";

const ACCOUNTS_AT_ONCE = 2_000;

/** What a fan's own browser at home sends with every call. */
export type FanHeaders = Readonly<Record<string, string>>;

/**
 * Accounts with a session each, from an address of their own and on a device of their own: what looks like a program, or
 * like a crowd behind one address, is asked for a challenge. The server must believe one proxy.
 */
export async function makeFans({ accounts, sessions }: Container, count: number): Promise<FanHeaders[]> {
  const fans: FanHeaders[] = [];
  while (fans.length < count) {
    const size = Math.min(ACCOUNTS_AT_ONCE, count - fans.length);
    const made = await accounts.createMany(
      Array.from({ length: size }, () => `${randomUUID()}@bench.example`),
    );
    const cookies = await sessions.issueMany(made);
    for (const cookie of cookies) fans.push(headersOf(fans.length, cookie));
  }
  return fans;
}

export function headersOf(no: number, cookie: string): FanHeaders {
  return { ...browserHeaders(no), cookie, "x-forwarded-for": addressOf(no) };
}

/** 198.18.0.0/15 is kept for benchmarks (RFC 2544). */
function addressOf(no: number): string {
  return `198.${18 + ((no >> 16) & 1)}.${(no >> 8) & 255}.${no & 255}`;
}
