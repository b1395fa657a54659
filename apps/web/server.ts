import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { loadConfig } from "@onsale/api/config";
import { composeContainer } from "@onsale/api/compose/container";
import { makeApiHandler } from "@onsale/api/http/api-handler";
import { makeFrontDoor } from "@onsale/api/http/front-door";
import { listen } from "@onsale/api/http/listen";
import { setSecurityHeaders } from "@onsale/api/http/security-headers";
import { BRIDGE, makePageBridge } from "@onsale/api/page-bridge";
import { makePageServer } from "@onsale/api/pages/page-server";
import { makeRenderPage } from "@onsale/api/pages/render-page";
import { composeWorker } from "@onsale/api/compose/worker";
import { workBeside } from "@onsale/api/worker/work-beside";
import nextModule from "next";
import { makeStaticFiles } from "./src/server/static-files.ts";

/** Longer than any request takes. */
const DRAIN_MS = 8_000;

const config = loadConfig(process.env);
const container = composeContainer(config, { name: "web" });
const { log } = container;
const secure = config.publicUrl.startsWith("https:");
process.env["AUTH_URL"] = config.publicUrl;
(globalThis as Record<symbol, unknown>)[BRIDGE] = makePageBridge(container);

// Under Node's ESM rules Next's types describe the module, while what is imported is its default export.
const createPages = nextModule as unknown as typeof nextModule.default;
const isDevelopment = process.env.NODE_ENV === "development";
const pages = createPages({
  dev: isDevelopment,
  dir: import.meta.dirname,
  hostname: config.host,
  port: config.port,
});
await pages.prepare();
const servePage = makePageServer({ ...container, render: makeRenderPage(pages.getRequestHandler()) });
const answerFile = makeStaticFiles({ dir: import.meta.dirname, isBuilt: !isDevelopment });
const answerApi = makeApiHandler(container);
const frontDoor = makeFrontDoor(config);

/** Live maps. They never end by themselves; a browser whose stream breaks opens it again, elsewhere if need be. */
const streams = new Set<ServerResponse>();

function handle(req: IncomingMessage, res: ServerResponse): void {
  setSecurityHeaders(res, { secure });
  if (req.headers.accept === "text/event-stream") {
    streams.add(res);
    res.once("close", () => streams.delete(res));
  }
  if (frontDoor.turnsAway(req, res)) return;
  if (answerApi(req, res) || answerFile(req, res)) return;
  frontDoor.admit(req, res).then(
    (admitted) => admitted && servePage(admitted, res),
    (error: unknown) => {
      log.error({ err: error }, "page failed");
      res.destroy();
    },
  );
}

const server = createServer(
  { keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 60_000 },
  handle,
);
listen(server, config, () => log.info({ url: config.publicUrl }, "listening"));

const worker = config.workerInWeb ? workBeside(composeWorker(container)) : null;

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, "stopping: no new connections, finishing what runs");
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  for (const stream of streams) stream.destroy();
  // No order is begun any more; those under way are finished beside the last requests.
  const worked = worker?.stop();
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(cut);
  await worked;
  await container.close();
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal));
// A process in an unknown state must not go on selling; its supervisor starts a fresh one.
process.on("uncaughtException", (error) => {
  log.fatal({ err: error }, "uncaught exception");
  process.exit(1);
});
