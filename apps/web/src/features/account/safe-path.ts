/** Where to go after signing in: a path of this site, never another host ("//evil.test", "/\\evil.test"). */
export function safePath(next: string): string {
  const base = "https://onsale.invalid";
  if (!next.startsWith("/")) return "/";
  try {
    const url = new URL(next, base);
    // Dots are resolved by now, so that "/.//evil.test" has become another host's name.
    if (url.origin !== base || url.pathname.startsWith("//")) return "/";
    return `${url.pathname}${url.search}${url.hash}`;
  } catch {
    return "/";
  }
}

/** The same with what stood behind the # of the sign-in page, such as a code from a mail. */
export function pathAfter(next: string, hash: string): string {
  const path = safePath(next);
  return path.includes("#") ? path : `${path}${hash}`;
}
