import { IncomingMessage, type ServerResponse } from "node:http";
import { isOwnOrigin } from "../context.ts";
import { answer } from "./answer.ts";
import { isForeignCallback } from "./callback-url.ts";
import { announcedBytes, readBody } from "./read-body.ts";

/** Sixteen times the largest form of ours; files go to the API, which has limits of its own. */
export const PAGE_BODY_BYTES_MAX = 64 * 1024;
const PAGE_METHODS = ["GET", "HEAD", "POST"];
const NOT_OURS = { status: 403, body: "This request did not come from this site.\n" };

/** Stands before pages, server actions and /api/auth; the API answers for itself. */
export function makeFrontDoor({ publicUrl }: { readonly publicUrl: string }) {
  /** The request as the pages may have it, its body read and bounded; null: it was answered here, or the peer left. */
  async function admit(req: IncomingMessage, res: ServerResponse): Promise<IncomingMessage | null> {
    const refuse = (status: number, body: string, headers = {}) => {
      answer(req, res, { status, body, headers });
      return null;
    };
    const { method = "" } = req;
    if (!PAGE_METHODS.includes(method))
      return refuse(405, "Use GET or POST.\n", { allow: PAGE_METHODS.join(", ") });
    if (method === "POST" && !isOwnOrigin(req, publicUrl)) return refuse(NOT_OURS.status, NOT_OURS.body);
    const body = announcedBytes(req) === 0 ? null : await readBody(req, PAGE_BODY_BYTES_MAX);
    if (body?.kind === "gone") return null;
    if (body?.kind === "too_large")
      return refuse(413, `A page takes ${PAGE_BODY_BYTES_MAX / 1024} KiB at most.\n`);
    if (isForeignCallback(req, body?.bytes ?? null, publicUrl))
      return refuse(400, "The way back has to be a page of this site.\n");
    return body ? withBody(req, body.bytes) : req;
  }

  return {
    /** Answers what asks for no path of this site: "http://elsewhere/", "//elsewhere/", "*", "/%". True: it was answered. */
    turnsAway(req: IncomingMessage, res: ServerResponse): boolean {
      if (isPathOfOurs(req.url ?? "")) return false;
      answer(req, res, { status: 400, body: "Ask for a path of this site, such as /events.\n" });
      return true;
    },
    admit,
  };
}

const BEGINS_A_PATH = /^\/(?![/\\])/;
/** Every browser resolves these itself, encoded ones too. */
const DOT_STEP = /(?:^|[/\\])(?:\.|%2e){1,2}(?:[/\\]|$)/i;

/**
 * One spelling of a path for every rule that looks at it: who reads "/x/../api/auth/signin" later resolves the dots, and would
 * get past the rules of /api/auth. An escape that stands for no text fails in whatever decodes it next.
 */
function isPathOfOurs(target: string): boolean {
  const [path = ""] = target.split(/[?#]/, 1);
  if (!BEGINS_A_PATH.test(path) || DOT_STEP.test(path)) return false;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** The same request once more, with a body that is there already: what reads it next never meets a slow or endless peer. */
function withBody(req: IncomingMessage, bytes: Buffer): IncomingMessage {
  const { "transfer-encoding": _chunks, ...headers } = req.headers;
  const copy = Object.assign(new IncomingMessage(req.socket), {
    method: req.method,
    url: req.url,
    httpVersion: req.httpVersion,
    httpVersionMajor: req.httpVersionMajor,
    httpVersionMinor: req.httpVersionMinor,
    rawHeaders: req.rawHeaders,
    headers: { ...headers, "content-length": String(bytes.length) },
    complete: true,
  });
  copy.push(bytes);
  copy.push(null);
  return copy;
}
