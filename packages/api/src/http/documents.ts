import type { IncomingMessage, ServerResponse } from "node:http";
import { EventId } from "@onsale/core/shared/ids";
import type { SaleCatalog } from "@onsale/core/event/sale-catalog";
import type { LayoutService } from "@onsale/core/layout/layout-service";
import type { Stores } from "../compose/stores.ts";
import type { Config } from "../config.ts";
import type { InventoryFeed } from "../live/inventory-feed.ts";
import { peerAddress } from "../context.ts";
import { bytesIn, encodingFor, makePackOnce } from "./encoding.ts";
import { makePackedLayouts } from "./packed-layouts.ts";
import type { UnknownNames } from "./unknown-names.ts";

/**
 * What a crowd fetches, as prepared buffers: layouts by the hash of their content (immutable, so caches may keep them
 * for ever) and the snapshot of an event's stock (encoded and packed once per change).
 */
export type DocumentsParts = {
  readonly config: Pick<Config, "trustedProxyHops" | "instanceId">;
  readonly catalog: Pick<SaleCatalog, "findPublic">;
  readonly feed: Pick<InventoryFeed, "encoded">;
  readonly services: { readonly layouts: Pick<LayoutService, "documentByHash"> };
  readonly health: Stores["health"];
};

export function makeDocuments(parts: DocumentsParts, unknownNames: UnknownNames) {
  const addressOf = (req: IncomingMessage) => peerAddress(req, parts.config.trustedProxyHops);
  const packedStock = makePackOnce();
  const packedLayout = makePackedLayouts((hash) => parts.services.layouts.documentByHash(hash));

  return {
    async layout(req: IncomingMessage, res: ServerResponse): Promise<void> {
      const hash = /^\/api\/layouts\/([0-9a-f]{64})\.json(?:\?|$)/i.exec(req.url ?? "")?.[1]?.toLowerCase();
      const prepared =
        hash === undefined
          ? null
          : await unknownNames({ name: `layout ${hash}`, address: addressOf(req) }, () => packedLayout(hash));
      if (!hash || !prepared) return notFound(res);
      const encoding = encodingFor(req) ?? "gzip";
      const body = prepared[encoding];
      res
        .writeHead(200, {
          "content-type": "application/json; charset=utf-8",
          "content-encoding": encoding,
          "content-length": body.length,
          "cache-control": "public, max-age=31536000, immutable",
          vary: "accept-encoding",
        })
        .end(req.method === "HEAD" ? undefined : body);
    },

    async stock(req: IncomingMessage, res: ServerResponse): Promise<void> {
      const id = /^\/api\/events\/([0-9a-f-]{36})\/stock(?:\?|$)/i.exec(req.url ?? "")?.[1];
      const parsed = EventId.safeParse(id);
      const sale = parsed.success
        ? await unknownNames({ name: `event ${parsed.data}`, address: addressOf(req) }, () =>
            parts.catalog.findPublic(parsed.data),
          )
        : null;
      if (!parsed.success || !sale) return notFound(res);
      const encoding = encodingFor(req);
      const body = bytesIn(await packedStock(await parts.feed.encoded(parsed.data)), encoding);
      res
        .writeHead(200, {
          "content-type": "application/octet-stream",
          ...(encoding ? { "content-encoding": encoding } : {}),
          "content-length": body.length,
          "cache-control": "public, max-age=1",
          vary: "accept-encoding",
        })
        .end(req.method === "HEAD" ? undefined : body);
    },

    /**
     * 200 while this process can answer; 503 names what it cannot reach. The worker is another process: its death and the
     * work that waits for it are said and leave this one's health as it is, or a supervisor would restart the storefront
     * for it. No ages and counts of work: whoever attacks would read from them what it does.
     */
    async health(res: ServerResponse): Promise<void> {
      const { postgres, redis, worker, backlog } = await parts.health();
      const ok = postgres === "ok" && redis === "ok";
      const workerIs = worker === null ? "unknown" : worker.running > 0 ? "running" : "away";
      const { instanceId } = parts.config;
      const checks = {
        postgres,
        redis,
        web: "ok",
        worker: workerIs,
        workerSilentMs: worker?.silentMs ?? null,
        ...(backlog ?? { orders: "unknown", jobs: "unknown", mail: "unknown" }),
        ...(instanceId === null ? {} : { instance: instanceId }),
      };
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
