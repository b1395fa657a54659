import type { ServerResponse } from "node:http";

/**
 * Pages get a nonce, because Next renders inline scripts; everything else may run nothing at all. Styles: Next inlines
 * some without a nonce, and style attributes place the seat map's layers, hence 'unsafe-inline' for styles only.
 */
export function contentSecurityPolicy(
  nonce: string,
  { secure, turnstile = false }: { secure: boolean; turnstile?: boolean },
): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    // The one foreign frame there can be, and only where the installation chose that provider.
    ...(turnstile ? ["frame-src https://challenges.cloudflare.com"] : []),
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
