import type { IncomingMessage, ServerResponse } from "node:http";
import { makeMetricsPage, type MetricsPageParts } from "../metrics-page.ts";
import { expected } from "../trpc.ts";
import { answer } from "./answer.ts";
import { type DocumentsParts, makeDocuments } from "./documents.ts";
import { type LineDocumentsParts, makeLineDocuments } from "./line-documents.ts";
import { MAILBOX_PATH, type MailboxPageParts, makeSandboxMailboxPage } from "./sandbox-mailbox-page.ts";
import { makeSandboxPages, type SandboxPagesParts } from "./sandbox-pages.ts";
import { makeTrpcHandler, retryAfter, TRPC_PATH, type TrpcParts } from "./trpc-handler.ts";
import { makeUnknownNames } from "./unknown-names.ts";
import { makeWebhookHandler, type WebhookParts } from "./webhook-handler.ts";

const METHODS = ["GET", "HEAD", "POST"];
const OUTAGE_NOTED_EVERY_MS = 1_000;
/** A peer that still sends after its answer has no more to say than this. */
const UNREAD_MS_MAX = 1_000;

/** Answers true when the path was one of its own; anything else belongs to the pages. */
export type ApiHandler = (req: IncomingMessage, res: ServerResponse) => boolean;

/** What the handlers are given, each of which names its own part. */
export type ApiParts = TrpcParts &
  DocumentsParts &
  LineDocumentsParts &
  MetricsPageParts &
  WebhookParts &
  MailboxPageParts &
  SandboxPagesParts;

/** Everything that thousands ask for is answered here, before Next.js sees the request. */
export function makeApiHandler(parts: ApiParts): ApiHandler {
  const { log } = parts;
  let notedAtMs = 0;
  /** A crowd that meets the same outage is one line a second. */
  function noteOutage(err: unknown, path: string | undefined): void {
    const nowMs = parts.clock.nowMs();
    if (nowMs - notedAtMs < OUTAGE_NOTED_EVERY_MS) return;
    notedAtMs = nowMs;
    log.warn({ err, path }, "a store does not answer");
  }
  const unknownNames = makeUnknownNames(parts);
  const trpc = makeTrpcHandler({ parts, unknownNames, noteOutage });
  const documents = makeDocuments(parts, unknownNames);
  const metricsPage = makeMetricsPage(parts);
  const lineDocument = makeLineDocuments(parts, unknownNames);
  const webhooks = makeWebhookHandler(parts);
  const mailboxPage = makeSandboxMailboxPage(parts);
  const sandboxPages = makeSandboxPages(parts);

  function fail(error: unknown, req: IncomingMessage, res: ServerResponse): void {
    const app = expected(error);
    const status = (app && STATUS[app.category]) ?? 500;
    if (status === 500) log.error({ err: error }, "request failed");
    else if (status === 503 && app?.cause) noteOutage(app.cause, req.url);
    if (res.headersSent) return void res.destroy();
    const told = app && status !== 500 ? app.code : "internal";
    answer(req, res, { status, body: `${told}\n`, headers: retryAfter(error) });
  }

  /** null: the path belongs to the pages. */
  function handlerOf(req: IncomingMessage, res: ServerResponse, path: string): Promise<void> | null {
    if (path === "/healthz") return documents.health(res);
    if (path === "/metrics") return metricsPage(req, res);
    if (path === MAILBOX_PATH) return mailboxPage(req, res);
    if (path.startsWith("/sandbox/")) return sandboxPages(req, res);
    if (!path.startsWith("/api/") || path.startsWith("/api/auth/")) return null;
    if (!METHODS.includes(req.method ?? "")) return notAllowed(req, res);
    if (path.startsWith(TRPC_PATH)) return trpc(req, res, path);
    if (path.startsWith("/api/lines/")) return lineDocument(req, res);
    if (path.startsWith("/api/layouts/")) return documents.layout(req, res);
    if (path.startsWith("/api/events/")) return documents.stock(req, res);
    if (path.startsWith("/api/webhooks/")) return webhooks(req, res);
    return notFound(req, res);
  }

  return (req, res) => {
    const path = (req.url ?? "/").split("?", 1)[0] ?? "/";
    const work = handlerOf(req, res, path);
    if (!work) return false;
    work.catch((error: unknown) => fail(error, req, res));
    res.once("finish", () => endUnread(req));
    return true;
  };
}

const STATUS: Partial<Record<string, number>> = { limited: 429, unavailable: 503, not_found: 404 };

/** A body that nobody read is thrown away as it comes, for a moment, and then the connection is over. */
function endUnread(req: IncomingMessage): void {
  if (req.complete) return;
  const timer = setTimeout(() => req.destroy(), UNREAD_MS_MAX);
  const stop = () => clearTimeout(timer);
  req
    .once("end", stop)
    .once("close", stop)
    .on("error", () => undefined);
}

async function notAllowed(req: IncomingMessage, res: ServerResponse): Promise<void> {
  answer(req, res, { status: 405, body: "Use GET or POST.\n", headers: { allow: METHODS.join(", ") } });
}

async function notFound(req: IncomingMessage, res: ServerResponse): Promise<void> {
  answer(req, res, { status: 404, body: "There is nothing here.\n" });
}
