import { createServer } from "node:http";
import type { Container } from "@onsale/api/compose/container";
import { makeApiHandler } from "@onsale/api/http/api-handler";
import { listen } from "@onsale/api/http/listen";

/** The options of apps/web/server.ts: connections of a crowd stay open between its requests. */
const OPTIONS = { keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 60_000 };

/**
 * The API as the storefront's server answers it, without the pages: what a drill asks needs no build of the web app.
 * Ends when the signal comes and the last answer is out.
 */
export async function serveApi(container: Container, signal: AbortSignal): Promise<void> {
  const { config, log } = container;
  const answerApi = makeApiHandler(container);
  const server = createServer(OPTIONS, (req, res) => {
    if (!answerApi(req, res)) res.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    listen(server, config, resolve);
  });
  log.info({ url: config.publicUrl }, "listening");
  await new Promise<void>((resolve) => {
    const stop = () => {
      server.close(() => resolve());
      server.closeIdleConnections();
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
