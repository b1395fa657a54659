import type { Way } from "./words/error-words.ts";

/** Ways that several messages name. */
export const SIGN_IN: Way = { label: "Sign in", path: "/sign-in?next=:here" };
export const MY_ORDERS: Way = { label: "My tickets and orders", path: "/tickets" };
export const PROGRAMME: Way = { label: "See the programme", path: "/" };
export const EVENT_PAGE: Way = { label: "The event's page", path: "/events/:slug" };
export const CHOOSE_AGAIN: Way = { label: "Choose seats", path: "/events/:slug/seats" };

/** The address that a way has from this page; null where it leads nowhere else, or the page is of no event. */
export function hrefOf({ path }: Way, here: string): string | null {
  const slug = /^\/(?:events|checkout)\/([^/?#]+)/.exec(here)?.[1];
  if (path.includes(":slug") && slug === undefined) return null;
  const href = path.replace(":slug", slug ?? "").replace(":here", encodeURIComponent(here));
  return href === here ? null : href;
}
