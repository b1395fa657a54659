import type { ServerResponse } from "node:http";

const TURNSTILE = "https://challenges.cloudflare.com";
type How = { readonly secure: boolean; readonly turnstile?: boolean };

/** A page for one visitor gets a nonce, because Next renders inline scripts; everything else may run nothing at all. */
export function contentSecurityPolicy(nonce: string, how: How): string {
  return policy(`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`, how);
}

/**
 * A page for many names its inline scripts by their hashes, as a nonce that many know is none. Its other scripts are
 * files of ours, and those of Turnstile where the installation chose it.
 */
export function publicPagePolicy(hashes: readonly string[], how: How): string {
  const sources = ["'self'", ...hashes, ...(how.turnstile ? [TURNSTILE] : [])];
  return policy(`script-src ${sources.join(" ")}`, how);
}

/**
 * Styles: Next inlines some without a nonce, and style attributes place the seat map's layers, hence 'unsafe-inline' for
 * styles only.
 */
function policy(scripts: string, { secure, turnstile = false }: How): string {
  return [
    "default-src 'self'",
    scripts,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    // The one foreign frame there can be, and only where the installation chose that provider.
    ...(turnstile ? [`frame-src ${TURNSTILE}`] : []),
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

export function setSecurityHeaders(res: ServerResponse, { secure }: { secure: boolean }): void {
  if (secure) res.setHeader("strict-transport-security", "max-age=63072000; includeSubDomains");
  res.setHeader("x-content-type-options", "nosniff");
  res.setHeader("referrer-policy", "strict-origin-when-cross-origin");
  res.setHeader("cross-origin-opener-policy", "same-origin");
  res.setHeader("permissions-policy", "camera=(self), geolocation=(), microphone=()");
}
