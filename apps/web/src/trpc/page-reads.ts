import { notFound, permanentRedirect, redirect } from "next/navigation";
import { readFailure } from "../features/errors/app-failure.ts";

/** Where the portal tells a member that a page is not of their role. */
export const REFUSED_PATH = "/admin/refused";
/** The same of a page that no role includes. */
export const OPERATORS_ONLY_PATH = `${REFUSED_PATH}?for=operators`;

/**
 * Reads for a page: what does not exist is the not-found page, what needs an account leads to sign-in and back, what needs
 * another role says so; anything else goes to the error page.
 */
export async function readFor<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const { category } = readFailure(error);
    if (category === "NOT_FOUND" || category === "BAD_REQUEST") notFound();
    if (category === "UNAUTHORIZED") redirect(`/sign-in?next=${encodeURIComponent(path)}`);
    if (category === "FORBIDDEN") redirect(refusedPath(path));
    throw error;
  }
}

function refusedPath(path: string): string {
  if (path.startsWith("/admin/risk")) return OPERATORS_ONLY_PATH;
  return path.startsWith("/admin/") ? REFUSED_PATH : "/sign-in?why=staff";
}

type Search = Readonly<Record<string, string | string[] | undefined>>;

/** What an event's address was before leads for good to the one it has now, to the same page and with the same query. */
export async function leadToAddress(
  { slug, pathOf, search }: { slug: string; pathOf: (slug: string) => string; search: Promise<Search> },
  event: { readonly slug: string },
): Promise<void> {
  if (event.slug === slug) return;
  const query = new URLSearchParams(
    Object.entries(await search).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value ?? ""]).map((one) => [name, one]),
    ),
  ).toString();
  permanentRedirect(`${pathOf(event.slug)}${query === "" ? "" : `?${query}`}`);
}
