import type { IncomingMessage } from "node:http";
import { localeOf } from "@onsale/core/shared/locale";

/** What everybody who is not signed in sees alike. Pages that read a query are rendered for whoever asks with one. */
const KEPT_PATH =
  /^\/(?:events\/[a-z0-9-]{1,100}(?:\/(?:seats|line|draw))?|organizers\/[a-z0-9-]{1,60}|icon\.svg|robots\.txt)?$/;
/** Where a link was found; no page reads it. */
const CAMPAIGN = /^(?:utm_[a-z]+|gclid|fbclid|msclkid|mc_[a-z]+|ref)$/;
/** Parts of a page, for a browser that has the rest, and forms. */
const PART_OF_A_PAGE = ["rsc", "next-action", "next-router-state-tree", "next-router-prefetch"];

/** What is rendered instead of the request: without anything that a visitor sent but the language. */
export type KeptRequest = { readonly key: string; readonly url: string; readonly locale: string };

/** null: this request may see something of its own. */
export function keptRequestOf(
  { method, url = "/", headers }: Pick<IncomingMessage, "method" | "url" | "headers">,
  sessionCookie: string,
): KeptRequest | null {
  if (method !== "GET" && method !== "HEAD") return null;
  const [path = "/", query = ""] = url.split("?", 2);
  if (!KEPT_PATH.test(path)) return null;
  if (query !== "" && path !== "/icon.svg" && !isCampaign(query)) return null;
  if (PART_OF_A_PAGE.some((name) => headers[name] !== undefined)) return null;
  if (namesIn(headers.cookie).some((name) => name.startsWith(sessionCookie))) return null;
  const locale = localeOf(headers["accept-language"]);
  return { key: `${locale} ${path}`, url: path, locale };
}

const isCampaign = (query: string) =>
  [...new URLSearchParams(query).keys()].every((name) => CAMPAIGN.test(name));

/** Of the cookies, without values; a session may be cut into several (".0", ".1"). */
function namesIn(cookies: string | undefined): string[] {
  return (cookies ?? "").split(";").map((part) => (part.split("=", 1)[0] ?? "").trim());
}
