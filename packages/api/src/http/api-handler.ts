import type { IncomingMessage, ServerResponse } from "node:http";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import type { Container } from "../container.ts";
import { isOwnOrigin, makeRequestContext } from "../context.ts";
import { makeMetricsPage } from "../metrics-page.ts";
import { appRouter } from "../router.ts";
import { expectedOrSame } from "../trpc.ts";
import { makeDocuments } from "./documents.ts";
import { makeLineDocuments } from "./line-documents.ts";
import { makeSandboxPages } from "./sandbox-pages.ts";
import { makeWebhookHandler } from "./webhook-handler.ts";

const TRPC_PATH = "/api/trpc/";
/** Calls in one HTTP request; rate limits count each of them. */
const BATCH_MAX = 10;
/** A layout file is the largest thing anyone uploads. */
const BODY_BYTES_MAX = 24 * 1024 * 1024;
const OUTAGE_NOTED_EVERY_MS = 1_000;

/** Answers true when the path was one of its own; anything else belongs to the pages. */
export type ApiHandler = (req: IncomingMessage, res: ServerResponse) => boolean;

/** Everything that thousands ask for is answered here, before Next.js sees the request. */
export function makeApiHandler(container: Container): ApiHandler {
  const { log } = container;
  let notedAtMs = 0;
  /** A crowd that meets the same outage is one line a second. */
  function noteOutage(err: unknown, path: string | undefined): void {
    const nowMs = container.clock.nowMs();
    if (nowMs - notedAtMs < OUTAGE_NOTED_EVERY_MS) return;
    notedAtMs = nowMs;
    log.warn({ err, path }, "a store does not answer");
  }
  const trpc = createHTTPHandler({
    router: appRouter,
    basePath: TRPC_PATH,
    maxBatchSize: BATCH_MAX,
    maxBodySize: BODY_BYTES_MAX,
    createContext: (opts) =>
      makeRequestContext(container, opts).catch((error: unknown) => {
        throw expectedOrSame(error);
      }),
    onError({ error, path, type }) {
      if (error.code === "INTERNAL_SERVER_ERROR")
        log.error({ err: error.cause ?? error, path, type }, "procedure failed");
      else if (error.code === "SERVICE_UNAVAILABLE" && error.cause?.cause)
        noteOutage(error.cause.cause, path);
    },
  });
  const documents = makeDocuments(container);
  const metricsPage = makeMetricsPage(container);
  const lineDocument = makeLineDocuments(container);
  const webhooks = makeWebhookHandler(container);
  const sandboxPages = makeSandboxPages(container);

  const guarded = (work: Promise<void>, res: ServerResponse) => {
    work.catch((error: unknown) => {
      log.error({ err: error }, "request failed");
      if (!res.headersSent) answer(res, 500, "Something went wrong on our side.");
      else res.destroy();
    });
  };

  return (req, res) => {
    const path = (req.url ?? "/").split("?", 1)[0] ?? "/";
    if (path.startsWith(TRPC_PATH)) {
      res.setHeader("cache-control", "private, no-store");
      // A form or a plain-text POST is what another site can send without asking; a tRPC call is JSON.
      if (req.method === "POST" && !/^application\/json\b/.test(req.headers["content-type"] ?? "")) {
        if (!isOwnOrigin(req, container.config.publicUrl))
          answer(res, 403, "This request did not come from this site.");
        else answer(res, 415, "Send JSON.");
        return true;
      }
      trpc(req, res);
      return true;
    }
    if (path === "/healthz") guarded(documents.health(res), res);
    else if (path.startsWith("/api/lines/")) guarded(lineDocument(req, res), res);
    else if (path === "/metrics") guarded(metricsPage(req, res), res);
    else if (path.startsWith("/api/layouts/")) guarded(documents.layout(req, res), res);
    else if (path.startsWith("/api/events/")) guarded(documents.stock(req, res), res);
    else if (path.startsWith("/api/webhooks/")) guarded(webhooks(req, res), res);
    else if (path.startsWith("/sandbox/")) guarded(sandboxPages(req, res), res);
    else if (path.startsWith("/api/") && !path.startsWith("/api/auth/"))
      answer(res, 404, "There is nothing here.");
    else return false;
    return true;
  };
}

function answer(res: ServerResponse, status: number, text: string): void {
  res
    .writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" })
    .end(`${text}\n`);
}
