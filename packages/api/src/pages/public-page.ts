import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { bytesIn, encodingFor, pack, type Packed } from "../http/encoding.ts";
import { publicPagePolicy } from "../http/security-headers.ts";
import type { RenderedPage } from "./render-page.ts";
import { hashScripts } from "./script-hashes.ts";

/** A page that holds nothing of a visitor, packed once for all who get it. */
export type PublicPage = {
  readonly status: number;
  readonly mayKeep: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: string;
  readonly body: Packed;
};

/** The others are Next's own affair, or would tell of one visitor. */
const PASSED_ON = ["content-type", "location"];

/** May be in the browser's cache and its memory for "back", and is asked for again before it is shown anew. */
const CACHE = "private, no-cache";
const VARY =
  "cookie, accept-encoding, accept-language, rsc, next-router-state-tree, next-router-prefetch, next-router-segment-prefetch";

/** Makes a public page of one that was rendered with this nonce and without a session. */
export function makePublicPage(how: { readonly secure: boolean; readonly turnstile: boolean }) {
  return async ({ status, headers, body }: RenderedPage, nonce: string): Promise<PublicPage> => {
    const passed = Object.fromEntries(
      PASSED_ON.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
    );
    const isHtml = passed["content-type"]?.startsWith("text/html") ?? false;
    const { html, hashes } = isHtml ? hashScripts(body.toString("utf8"), nonce) : { html: null, hashes: [] };
    const bytes = html === null ? body : Buffer.from(html);
    return {
      status,
      // What sets a cookie is somebody's, whoever asked.
      mayKeep: status === 200 && headers["set-cookie"] === undefined,
      headers: {
        ...passed,
        "cache-control": status === 200 ? cacheOf(headers) : "no-store",
        "content-security-policy": publicPagePolicy(hashes, how),
        vary: VARY,
      },
      etag: `W/"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
      body: await pack(bytes),
    };
  };
}

/** Next names files of ours by their content and says for how long they may be kept. */
function cacheOf(headers: RenderedPage["headers"]): string {
  const said = String(headers["cache-control"] ?? "");
  return /\bpublic\b/.test(said) ? said : CACHE;
}

export function sendPublicPage(req: IncomingMessage, res: ServerResponse, page: PublicPage): void {
  if (page.status === 200) res.setHeader("etag", page.etag);
  if (page.status === 200 && req.headers["if-none-match"] === page.etag)
    return void res.writeHead(304, page.headers).end();
  const encoding = encodingFor(req);
  const bytes = bytesIn(page.body, encoding);
  res
    .writeHead(page.status, {
      ...page.headers,
      ...(encoding ? { "content-encoding": encoding } : {}),
      "content-length": bytes.length,
    })
    .end(req.method === "HEAD" ? undefined : bytes);
}
