import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Config, isLoopback } from "./config.ts";
import { asksThisMachine } from "./http/local-host.ts";
import type { Metrics } from "./metrics.ts";

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;
/**
 * A proxy on this machine makes everybody a neighbour, and not every proxy says that it is one. So the name that was
 * asked for has to be this machine's as well (local-host.ts), and nothing may say that others stand between.
 */
const FORWARDED =
  /^(?:x-forwarded(?:-.*)?|forwarded|x-real-ip|via|x-client-ip|true-client-ip|cf-.*|x-envoy-.*)$/;

export type MetricsPageParts = {
  readonly metrics: Metrics;
  readonly config: Config;
};

/** GET /metrics: with METRICS_TOKEN for who brings it, without one for this machine alone. Others learn nothing of it. */
export function makeMetricsPage({ metrics, config }: MetricsPageParts) {
  const isBehindProxy = hasProxy(config);
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (!mayRead(req, { token: config.metricsToken, isBehindProxy })) {
      res
        .writeHead(404, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" })
        .end("There is nothing here.\n");
      return;
    }
    res
      .writeHead(200, { "content-type": metrics.contentType, "cache-control": "no-store" })
      .end(await metrics.text());
  };
}

/**
 * Whoever counts proxies has them, whatever they write. And a shop with an address that others reach is reached through
 * something: a proxy on this machine may pass requests on as if they were its own, with no word of where they came from.
 */
export function hasProxy({ trustedProxyHops, publicUrl }: Pick<Config, "trustedProxyHops" | "publicUrl">) {
  return trustedProxyHops > 0 || !isLoopback(publicUrl);
}

export function mayRead(
  req: Pick<IncomingMessage, "headers" | "socket">,
  { token, isBehindProxy }: { readonly token: string | null; readonly isBehindProxy: boolean },
): boolean {
  if (token !== null) return isBearer(req.headers.authorization ?? "", token);
  if (isBehindProxy || !asksThisMachine(req)) return false;
  if (Object.keys(req.headers).some((name) => FORWARDED.test(name))) return false;
  return LOOPBACK.test(req.socket.remoteAddress ?? "");
}

function isBearer(header: string, token: string): boolean {
  const [given, wanted] = [Buffer.from(header), Buffer.from(`Bearer ${token}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
