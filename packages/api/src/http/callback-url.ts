import type { IncomingMessage } from "node:http";

const AUTH_PATH = "/api/auth/";
const NAMES = ["callbackUrl", "redirectTo"];

/** Whether a request to the sign-in machinery names a way back that is no page of this site. */
export function isForeignCallback(
  req: Pick<IncomingMessage, "url" | "headers">,
  body: Buffer | null,
  publicUrl: string,
): boolean {
  const url = req.url ?? "/";
  if (!url.startsWith(AUTH_PATH)) return false;
  return [...fromQuery(url), ...fromCookie(req.headers.cookie ?? ""), ...fromBody(req, body)].some(
    (callback) => !isOwnPage(callback, publicUrl),
  );
}

/** A path of this site, or its whole public address. No other scheme, host, or port; nothing a browser reads as one. */
export function isOwnPage(callback: string, publicUrl: string): boolean {
  const { origin } = new URL(publicUrl);
  // Browsers drop tabs and line breaks and read "\" as "/": "/\t/evil.test" is another host.
  if (/[\p{Cc}\\]/u.test(callback)) return false;
  if (!callback.startsWith("/") && !callback.startsWith(`${origin}/`) && callback !== origin) return false;
  try {
    const { origin: end, pathname } = new URL(callback, origin);
    return end === origin && !pathname.startsWith("//");
  } catch {
    return false;
  }
}

function fromQuery(url: string): string[] {
  return valuesIn(new URLSearchParams(url.split("?").slice(1).join("?")));
}

function fromBody({ headers }: Pick<IncomingMessage, "headers">, body: Buffer | null): string[] {
  if (!body) return [];
  const text = body.toString("utf8");
  if (!/^application\/json\b/i.test(headers["content-type"] ?? ""))
    return valuesIn(new URLSearchParams(text));
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== "object" || json === null) return [];
    return Object.entries(json).flatMap(([name, value]) => (NAMES.includes(name) ? [String(value)] : []));
  } catch {
    // What is no JSON names nothing; who reads it next says so.
    return [];
  }
}

/** next-auth keeps the last way back in a cookie, and takes it from there. */
function fromCookie(header: string): string[] {
  return header.split(";").flatMap((part) => {
    const [name = "", ...value] = part.split("=");
    if (!name.trim().endsWith("authjs.callback-url")) return [];
    try {
      return [decodeURIComponent(value.join("=").trim())];
    } catch {
      return [""];
    }
  });
}

function valuesIn(params: URLSearchParams): string[] {
  return NAMES.flatMap((name) => params.getAll(name));
}
