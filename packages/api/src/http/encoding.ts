import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

export type Encoding = "br" | "gzip";
/** The same bytes for whoever asks: as they are, and as browsers like them. */
export type Packed = { readonly plain: Buffer } & Readonly<Record<Encoding, Buffer>>;

/** Fast enough while somebody waits; what is built ahead is packed at the highest level by the build. */
const BROTLI_QUALITY = 5;

/** Off the event loop. */
export function packOne(plain: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === "gzip") return zip(plain);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  return brotli(plain, { params });
}

export async function pack(plain: Buffer): Promise<Packed> {
  const [br, gz] = await Promise.all([packOne(plain, "br"), packOne(plain, "gzip")]);
  return { plain, br, gzip: gz };
}

/** Brotli where it is asked for, else gzip; null: neither is wanted. "br;q=0" does not want it. */
export function encodingFor({ headers }: Pick<IncomingMessage, "headers">): Encoding | null {
  const wanted = new Set(
    String(headers["accept-encoding"] ?? "")
      .toLowerCase()
      .split(",")
      .map((part) => part.split(";").map((word) => word.trim()))
      .filter(([, quality]) => !/^q=0(?:\.0*)?$/.test(quality ?? ""))
      .map(([name]) => name),
  );
  if (wanted.has("br")) return "br";
  return wanted.has("gzip") ? "gzip" : null;
}

export const bytesIn = (packed: Packed, encoding: Encoding | null): Buffer => packed[encoding ?? "plain"];

/** Packs the same bytes once, however many ask for them, and forgets them when nobody holds them any more. */
export function makePackOnce(): (bytes: Uint8Array) => Promise<Packed> {
  const packed = new WeakMap<Uint8Array, Promise<Packed>>();
  return (bytes) => {
    const known = packed.get(bytes);
    if (known) return known;
    const packing = pack(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    packed.set(bytes, packing);
    return packing;
  };
}
