import type { IncomingMessage } from "node:http";

export type ReadBody =
  | { readonly kind: "read"; readonly bytes: Buffer }
  /** By what was announced, or by what came; the rest is not read. */
  | { readonly kind: "too_large" }
  /** The peer left before it had sent everything: nobody waits for an answer. */
  | { readonly kind: "gone" };

/** The size that the request announces; null: it has a body of unknown size. */
export function announcedBytes({ headers }: Pick<IncomingMessage, "headers">): number | null {
  if (headers["transfer-encoding"] !== undefined) return null;
  return Number(headers["content-length"] ?? 0);
}

/** The raw body. Nothing is read of one that announces to be too large; a stream is left paused where it became so. */
export async function readBody(req: IncomingMessage, bytesMax: number): Promise<ReadBody> {
  if ((announcedBytes(req) ?? 0) > bytesMax) return { kind: "too_large" };
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= bytesMax) return void chunks.push(chunk);
      req.off("data", take).pause();
      resolve({ kind: "too_large" });
    };
    req
      .on("data", take)
      .on("end", () => resolve({ kind: "read", bytes: Buffer.concat(chunks) }))
      .on("error", () => resolve({ kind: "gone" }))
      .on("close", () => resolve({ kind: "gone" }));
  });
}
