"use client";

import { useHash } from "../../ui/use-hash.ts";

/** A mail may lead to "/events/<slug>#code=ABCD-EFGH-JKMN". */
const LINKED = /^#code=(.+)$/;
const CODE_CHARS_MAX = 64;

export const codeIn = (hash: string) => LINKED.exec(hash)?.[1]?.slice(0, CODE_CHARS_MAX) ?? "";

/** The code in this page's address, or "". */
export const useLinkedCode = () => codeIn(useHash());

/** The event's page by way of signing in. The code goes along behind the #, where no log sees it. */
export function signInWithCode(slug: string, code: string): string {
  const next = encodeURIComponent(`/events/${slug}`);
  return `/sign-in?next=${next}${code === "" ? "" : `#code=${code}`}`;
}
