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

/** Of bodies that are not whole yet, in one process: what staff upload, five times. */
const HELD_BYTES_MAX = 128 * 1024 * 1024;

/**
 * Thousands of peers that stop in the middle would each have a piece of the memory until the server's time is up. What is
 * held of unfinished bodies is bounded: beyond it the oldest of them, which a browser would have ended long ago, is cut off.
 */
export function makeBodyReader({ heldBytesMax }: { readonly heldBytesMax: number }) {
  /** The oldest first. */
  const unfinished = new Map<IncomingMessage, number>();
  let held = 0;
  function letGo(req: IncomingMessage): void {
    held -= unfinished.get(req) ?? 0;
    unfinished.delete(req);
  }
  function hold(req: IncomingMessage, bytes: number): void {
    unfinished.set(req, (unfinished.get(req) ?? 0) + bytes);
    held += bytes;
    for (const oldest of unfinished.keys()) {
      if (held <= heldBytesMax) return;
      letGo(oldest);
      oldest.destroy();
    }
  }

  /** The raw body. Nothing is read of one that announces to be too large; a stream is left paused where it became so. */
  return async function readBody(req: IncomingMessage, bytesMax: number): Promise<ReadBody> {
    if ((announcedBytes(req) ?? 0) > bytesMax) return { kind: "too_large" };
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const end = (body: ReadBody) => {
        letGo(req);
        resolve(body);
      };
      const take = (chunk: Buffer) => {
        size += chunk.length;
        if (size <= bytesMax) {
          chunks.push(chunk);
          return hold(req, chunk.length);
        }
        req.off("data", take).pause();
        end({ kind: "too_large" });
      };
      req
        .on("data", take)
        .on("end", () => end({ kind: "read", bytes: Buffer.concat(chunks) }))
        .on("error", () => end({ kind: "gone" }))
        .on("close", () => end({ kind: "gone" }));
    });
  };
}

/** One for the whole process, whatever is asked for. */
export const readBody = makeBodyReader({ heldBytesMax: HELD_BYTES_MAX });
