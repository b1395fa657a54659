import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { drawFileText } from "@onsale/core/line/draw-file";
import { LineId } from "@onsale/core/line/line";
import { AppError } from "@onsale/core/shared/errors";
import type { LineService } from "@onsale/core/line/line-service";
import type { Config } from "../config.ts";
import { peerAddress } from "../context.ts";
import { keepFew } from "../live/keep-few.ts";
import { makeNowDocuments, type NowDocumentsDeps } from "../live/now-documents.ts";
import type { UnknownNames } from "./unknown-names.ts";

const zip = promisify(gzip);
const PATH = /^\/api\/lines\/([0-9a-f-]{36})\/(now|draw\.json)(?:\?|$)/i;
const DRAWS_KEPT_MAX = 4;

export type LineDocumentsParts = NowDocumentsDeps & {
  readonly config: Pick<Config, "trustedProxyHops">;
  readonly services: { readonly lines: Pick<LineService, "drawFile" | "requireDrawn"> };
};
type Asked = { readonly id: LineId; readonly address: string };

/** What everybody who waits asks for, from memory. */
export function makeLineDocuments(parts: LineDocumentsParts, unknownNames: UnknownNames) {
  const { lines } = parts.services;
  const nowDocument = makeNowDocuments(parts);
  /** Never changes once it is there. */
  const packedDraw = keepFew(DRAWS_KEPT_MAX, async (id: LineId) =>
    zip(Buffer.from(drawFileText(await lines.drawFile(id))), { level: 1 }),
  );

  async function now({ id, address }: Asked, res: ServerResponse): Promise<void> {
    const body = await unknownNames({ name: `now ${id}`, address }, async () => {
      const found = await nowDocument(id);
      return found === "absent" ? null : found;
    });
    if (body === null) return notThere(res, null);
    if (body === "resting") return notThere(res, "2");
    res
      .writeHead(200, {
        "content-type": "application/json; charset=utf-8",
        "content-length": body.length,
        "cache-control": "public, max-age=1",
      })
      .end(body);
  }

  /** null: no such line, or its draw is not made. */
  async function drawOf(id: LineId): Promise<Buffer | null> {
    try {
      await lines.requireDrawn(id);
      return await packedDraw(id);
    } catch (error) {
      if (error instanceof AppError && error.category === "not_found") return null;
      throw error;
    }
  }

  async function draw({ id, address }: Asked, res: ServerResponse): Promise<void> {
    const body = await unknownNames({ name: `draw ${id}`, address }, () => drawOf(id));
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
    const parsed = LineId.safeParse(id);
    if (!parsed.success || (req.method !== "GET" && req.method !== "HEAD")) return notThere(res, null);
    const asked = { id: parsed.data, address: peerAddress(req, parts.config.trustedProxyHops) };
    return name?.toLowerCase() === "now" ? now(asked, res) : draw(asked, res);
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
