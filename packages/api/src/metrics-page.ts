import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Container } from "./container.ts";

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;
/** A proxy on this machine makes everybody a neighbour; what came through one is not from here. */
const FORWARDED = ["x-forwarded-for", "forwarded", "x-real-ip"] as const;

/** GET /metrics: with METRICS_TOKEN for who brings it, without one for this machine alone. Others learn nothing of it. */
export function makeMetricsPage({ metrics, config }: Pick<Container, "metrics" | "config">) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (!mayRead(req, config.metricsToken)) {
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

export function mayRead(req: Pick<IncomingMessage, "headers" | "socket">, token: string | null): boolean {
  if (token !== null) return isBearer(req.headers.authorization ?? "", token);
  if (FORWARDED.some((name) => req.headers[name] !== undefined)) return false;
  return LOOPBACK.test(req.socket.remoteAddress ?? "");
}

function isBearer(header: string, token: string): boolean {
  const [given, wanted] = [Buffer.from(header), Buffer.from(`Bearer ${token}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
