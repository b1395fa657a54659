import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { encodingFor, packOne } from "../http/encoding.ts";
import { contentSecurityPolicy } from "../http/security-headers.ts";
import type { FairQueue } from "./fair-queue.ts";
import type { PageRequest, RenderedPage, RenderPage } from "./render-page.ts";

/** The address behind a page's reads; set here alone, whatever a client sent under this name. */
const PEER_HEADER = "x-onsale-peer";

type OwnPage = RenderedPage & { readonly csp: string };
type Deps = {
  readonly render: RenderPage;
  readonly queue: FairQueue;
  readonly policy: { readonly secure: boolean; readonly turnstile: boolean };
};
type InLane = { readonly lane: string; readonly left: AbortSignal; readonly address: string };

/** A page for one visitor, in the turn of the address it is asked from. */
export function makeOwnPages({ render, queue, policy }: Deps) {
  return async function own(req: IncomingMessage, who: InLane): Promise<OwnPage | "full" | "gone"> {
    const asked = { method: req.method ?? "GET", url: req.url ?? "/", ...(await formOf(req)) };
    const turn = await queue.enter(who.lane, who.left);
    if (typeof turn === "string") return turn;
    try {
      const csp = contentSecurityPolicy(randomBytes(16).toString("base64"), policy);
      const headers = { ...headersOf(req), [PEER_HEADER]: who.address, "content-security-policy": csp };
      return { ...(await render({ ...asked, headers })), csp };
    } finally {
      turn();
    }
  };
}

/** What was sent is here already and bounded: the front door read it. */
async function formOf(req: IncomingMessage): Promise<Pick<PageRequest, "body">> {
  return req.method === "POST" ? { body: await buffer(req) } : {};
}

/** Inbound copies of headers that Next trusts are removed; packing and conditions are decided when the page is sent. */
function headersOf({ headers }: IncomingMessage): IncomingMessage["headers"] {
  const dropped = new Set(["accept-encoding", "if-none-match", "if-modified-since", "range", PEER_HEADER]);
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !name.startsWith("x-middleware-") && !dropped.has(name)),
  );
}

const PACKED_FROM_BYTES = 1_024;
const PACKABLE = /^(?:text\/|application\/(?:json|javascript|manifest\+json|xml)|image\/svg\+xml)/;

export async function sendOwnPage(
  req: IncomingMessage,
  res: ServerResponse,
  { status, headers, body, csp }: OwnPage,
): Promise<void> {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) res.setHeader(name, value);
  res.setHeader("content-security-policy", csp);
  const vary = String(headers["vary"] ?? "");
  if (!/accept-encoding/i.test(vary))
    res.setHeader("vary", [vary, "accept-encoding"].filter(Boolean).join(", "));
  const isPackable = PACKABLE.test(String(headers["content-type"] ?? ""));
  const encoding = isPackable && body.length >= PACKED_FROM_BYTES ? encodingFor(req) : null;
  const bytes = encoding ? await packOne(body, encoding) : body;
  if (encoding) res.setHeader("content-encoding", encoding);
  // To HEAD Next makes no body, so its length is not known.
  const isHead = req.method === "HEAD";
  if (!isHead && status !== 204 && status !== 304) res.setHeader("content-length", bytes.length);
  res.writeHead(status).end(isHead ? undefined : bytes);
}
