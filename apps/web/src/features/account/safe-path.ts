/** Where to go after signing in: a path of this site, never another host ("//evil.test", "/\\evil.test"). */
export function safePath(next: string): string {
  const base = "https://onsale.invalid";
  if (!next.startsWith("/")) return "/";
  try {
    const url = new URL(next, base);
    return url.origin === base ? `${url.pathname}${url.search}${url.hash}` : "/";
  } catch {
    return "/";
  }
}
