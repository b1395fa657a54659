import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { LayoutDocument } from "@onsale/core/layout/layout";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

type Packed = { readonly br: Buffer; readonly gz: Buffer };
const KEPT_MAX = 50;

/** Layouts by the hash of their content, compressed once and kept; null for a hash that nobody knows. */
export function makePackedLayouts(find: (hash: string) => Promise<LayoutDocument | null>) {
  const kept = new Map<string, Promise<Packed | null>>();

  return function packedLayout(hash: string): Promise<Packed | null> {
    const known = kept.get(hash);
    if (known) return known;
    const packing = find(hash).then((document) => document && pack(document));
    if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value ?? hash);
    kept.set(hash, packing);
    // A failure or an absence is not remembered: the next asker tries again.
    packing.then(
      (value) => value === null && kept.delete(hash),
      () => kept.delete(hash),
    );
    return packing;
  };
}

async function pack(document: LayoutDocument): Promise<Packed> {
  const text = Buffer.from(JSON.stringify(document));
  const [br, gz] = await Promise.all([
    brotli(text, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
    }),
    zip(text),
  ]);
  return { br, gz };
}
