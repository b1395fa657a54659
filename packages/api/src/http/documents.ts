import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { AppError } from "@onsale/core/shared/errors";
import { EventId } from "@onsale/core/shared/ids";
import type { Container } from "../container.ts";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

type Prepared = { readonly br: Buffer; readonly gz: Buffer };
const LAYOUTS_KEPT_MAX = 50;

/**
 * What a crowd fetches, as prepared buffers: layouts by the hash of their content (immutable, so caches may keep them
 * for ever) and the snapshot of an event's stock (encoded once per change).
 */
export function makeDocuments(container: Container) {
  const layouts = new Map<string, Promise<Prepared | null>>();

  async function prepare(hash: string): Promise<Prepared | null> {
    const document = await container.layoutByHash(hash);
    if (!document) return null;
    const text = Buffer.from(JSON.stringify(document));
    const [br, gz] = await Promise.all([
      brotli(text, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
      }),
      zip(text),
    ]);
    return { br, gz };
  }

  function layoutOf(hash: string): Promise<Prepared | null> {
    const known = layouts.get(hash);
    if (known) return known;
    const preparing = prepare(hash);
    if (layouts.size >= LAYOUTS_KEPT_MAX) layouts.delete(layouts.keys().next().value ?? hash);
    layouts.set(hash, preparing);
    preparing.then(
      (value) => value === null && layouts.delete(hash),
      () => layouts.delete(hash),
    );
    return preparing;
  }

  return {
    async layout(req: IncomingMessage, res: ServerResponse): Promise<void> {
      const hash = /^\/api\/layouts\/([0-9a-f]{64})\.json(?:\?|$)/.exec(req.url ?? "")?.[1];
      const prepared = hash ? await layoutOf(hash) : null;
      if (!hash || !prepared) return notFound(res);
      const useBrotli = /\bbr\b/.test(String(req.headers["accept-encoding"] ?? ""));
      const body = useBrotli ? prepared.br : prepared.gz;
      res
        .writeHead(200, {
          "content-type": "application/json; charset=utf-8",
          "content-encoding": useBrotli ? "br" : "gzip",
          "content-length": body.length,
          "cache-control": "public, max-age=31536000, immutable",
          vary: "accept-encoding",
        })
        .end(req.method === "HEAD" ? undefined : body);
    },

    async stock(req: IncomingMessage, res: ServerResponse): Promise<void> {
      const id = /^\/api\/events\/([0-9a-f-]{36})\/stock(?:\?|$)/.exec(req.url ?? "")?.[1];
      const parsed = EventId.safeParse(id);
      const sale = parsed.success ? await container.catalog.find(parsed.data) : null;
      if (!parsed.success || !sale) return notFound(res);
      try {
        const body = await container.feed.encoded(parsed.data);
        res
          .writeHead(200, {
            "content-type": "application/octet-stream",
            "content-length": body.length,
            "cache-control": "public, max-age=1",
          })
          .end(req.method === "HEAD" ? undefined : body);
      } catch (error) {
        if (!(error instanceof AppError) || error.category !== "unavailable") throw error;
        res
          .writeHead(503, { "content-type": "text/plain; charset=utf-8", "retry-after": "2" })
          .end(`${error.message}\n`);
      }
    },

    /** 200 while this process can sell; 503 names what it cannot reach. */
    async health(res: ServerResponse): Promise<void> {
      const checks = await container.health();
      const ok = Object.values(checks).every((state) => state === "ok");
      res
        .writeHead(ok ? 200 : 503, { "content-type": "application/json", "cache-control": "no-store" })
        .end(JSON.stringify({ ok, ...checks }));
    },
  };
}

function notFound(res: ServerResponse): void {
  res
    .writeHead(404, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" })
    .end("There is nothing here.\n");
}
