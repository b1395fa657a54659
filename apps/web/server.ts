import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { loadConfig } from "@onsale/api/config";
import { makeContainer } from "@onsale/api/container";
import { peerAddress } from "@onsale/api/context";
import { makeApiHandler } from "@onsale/api/http/api-handler";
import { makeFrontDoor } from "@onsale/api/http/front-door";
import { contentSecurityPolicy, setSecurityHeaders } from "@onsale/api/http/security-headers";
import { BRIDGE, makePageBridge } from "@onsale/api/page-bridge";
import nextModule from "next";

/** Longer than any request takes. */
const DRAIN_MS = 8_000;

const config = loadConfig(process.env);
const container = makeContainer(config, { name: "web" });
const { log } = container;
const secure = config.publicUrl.startsWith("https:");
process.env["AUTH_URL"] = config.publicUrl;
(globalThis as Record<symbol, unknown>)[BRIDGE] = makePageBridge(container);

// Under Node's ESM rules Next's types describe the module, while what is imported is its default export.
const createPages = nextModule as unknown as typeof nextModule.default;
const pages = createPages({
  dev: process.env.NODE_ENV === "development",
  dir: import.meta.dirname,
  hostname: config.host,
  port: config.port,
});
await pages.prepare();
const renderPage = pages.getRequestHandler();
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
  if (answerApi(req, res)) return;
  answerPage(req, res).catch((error: unknown) => {
    log.error({ err: error }, "page failed");
    res.destroy();
  });
}

async function answerPage(asked: IncomingMessage, res: ServerResponse): Promise<void> {
  const req = await frontDoor.admit(asked, res);
  if (!req) return;
  // Inbound copies of headers that Next trusts are removed; the nonce reaches Next through the request (its documented way).
  for (const name of Object.keys(req.headers))
    if (name.startsWith("x-middleware-") || name === "x-onsale-peer") delete req.headers[name];
  const csp = contentSecurityPolicy(randomBytes(16).toString("base64"), {
    secure,
    turnstile: config.turnstile !== null,
  });
  req.headers["content-security-policy"] = csp;
  req.headers["x-onsale-peer"] = peerAddress(req, config.trustedProxyHops);
  res.setHeader("content-security-policy", csp);
  await renderPage(req, res);
}

const server = createServer(
  { keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 60_000 },
  handle,
);
server.listen(config.port, config.host, () => log.info({ url: config.publicUrl }, "listening"));

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, "stopping: no new connections, finishing what runs");
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  for (const stream of streams) stream.destroy();
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(cut);
  await container.close();
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal));
// A process in an unknown state must not go on selling; its supervisor starts a fresh one.
process.on("uncaughtException", (error) => {
  log.fatal({ err: error }, "uncaught exception");
  process.exit(1);
});
