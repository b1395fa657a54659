import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { drawFileText } from "@onsale/core/line/draw-file";
import { LineId } from "@onsale/core/line/line";
import { roomKey } from "@onsale/core/line/room-key";
import { AppError } from "@onsale/core/shared/errors";
import type { Container } from "../container.ts";

const zip = promisify(gzip);
const PATH = /^\/api\/lines\/([0-9a-f-]{36})\/(now|draw\.json)(?:\?|$)/;
/** The document is written once a second; asking for it more often shows nothing new. */
const FRESH_MS = 1_000;
/** A Redis that is away for a moment does not make the line disappear. */
const KEPT_MS = 60_000;
const LINES_KEPT_MAX = 200;
const DRAWS_KEPT_MAX = 4;

type Kept = { body: Buffer | null; atMs: number; refreshing: Promise<void> | null };

/** What everybody who waits asks for: prepared bytes from memory, read from Redis once a second whatever the crowd. */
export function makeLineDocuments(container: Container) {
  const { clock, lineCatalog, lineRoom, services, log } = container;
  const kept = new Map<string, Kept>();
  const draws = new Map<string, Promise<Buffer>>();

  async function readNow(id: string, entry: Kept): Promise<void> {
    try {
      const parsed = LineId.safeParse(id);
      const line = parsed.success ? await lineCatalog.find(parsed.data) : null;
      const text = line ? await lineRoom.published(roomKey(line)) : null;
      if (text !== null) Object.assign(entry, { body: Buffer.from(text), atMs: clock.nowMs() });
      else if (!line) kept.delete(id);
    } catch (error) {
      log.warn({ err: error, line: id }, "the line's document could not be read");
    } finally {
      entry.refreshing = null;
    }
  }

  function entryOf(id: string): Kept {
    const known = kept.get(id);
    if (known) return known;
    if (kept.size >= LINES_KEPT_MAX) kept.delete(kept.keys().next().value ?? id);
    const entry: Kept = { body: null, atMs: 0, refreshing: null };
    kept.set(id, entry);
    return entry;
  }

  async function now(id: string, res: ServerResponse): Promise<void> {
    const entry = entryOf(id);
    if (clock.nowMs() - entry.atMs >= FRESH_MS) {
      entry.refreshing ??= readNow(id, entry);
      // Those who come while it is read again get the one before, as a cache would give it.
      if (!entry.body) await entry.refreshing;
    }
    const { body, atMs } = entry;
    if (!body || clock.nowMs() - atMs > KEPT_MS) return notThere(res, "2");
    res
      .writeHead(200, {
        "content-type": "application/json; charset=utf-8",
        "content-length": body.length,
        "cache-control": "public, max-age=1",
      })
      .end(body);
  }

  /** Never changes once it is there. */
  function packedDraw(id: LineId): Promise<Buffer> {
    const known = draws.get(id);
    if (known) return known;
    const packing = services.lines
      .drawFile(id)
      .then((file) => zip(Buffer.from(drawFileText(file)), { level: 1 }));
    if (draws.size >= DRAWS_KEPT_MAX) draws.delete(draws.keys().next().value ?? id);
    draws.set(id, packing);
    packing.catch(() => draws.delete(id));
    return packing;
  }

  async function draw(id: string, res: ServerResponse): Promise<void> {
    const parsed = LineId.safeParse(id);
    const body = parsed.success
      ? await packedDraw(parsed.data).catch((error: unknown) => {
          if (error instanceof AppError && error.category === "not_found") return null;
          throw error;
        })
      : null;
    if (!body) return notThere(res, null);
    res
      .writeHead(200, {
        "content-type": "application/json; charset=utf-8",
        "content-encoding": "gzip",
        "content-length": body.length,
        "content-disposition": 'attachment; filename="draw.json"',
        "cache-control": "public, max-age=31536000, immutable",
      })
      .end(body);
  }

  return async function lineDocument(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const [, id, name] = PATH.exec(req.url ?? "") ?? [];
    if (id === undefined || (req.method !== "GET" && req.method !== "HEAD")) return notThere(res, null);
    return name === "now" ? now(id, res) : draw(id, res);
  };
}

function notThere(res: ServerResponse, retryAfter: string | null): void {
  if (retryAfter) res.setHeader("retry-after", retryAfter);
  res
    .writeHead(retryAfter ? 503 : 404, {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
    })
    .end(retryAfter ? "The line is catching its breath.\n" : "There is nothing here.\n");
}
