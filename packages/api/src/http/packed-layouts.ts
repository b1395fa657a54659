import type { LayoutDocument } from "@onsale/core/layout/layout";
import { packOne } from "./encoding.ts";

type PackedLayout = { readonly br: Buffer; readonly gzip: Buffer };
const KEPT_MAX = 50;

/** Layouts by the hash of their content, compressed once and kept; null for a hash that nobody knows. */
export function makePackedLayouts(find: (hash: string) => Promise<LayoutDocument | null>) {
  const kept = new Map<string, Promise<PackedLayout | null>>();

  return function packedLayout(hash: string): Promise<PackedLayout | null> {
    const known = kept.get(hash);
    if (known) return known;
    const packing = find(hash).then((document) => document && packLayout(document));
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

/** The document itself is not kept: it is many times as large, and whoever names no encoding gets it zipped. */
async function packLayout(document: LayoutDocument): Promise<PackedLayout> {
  const text = Buffer.from(JSON.stringify(document));
  const [br, gzip] = await Promise.all([packOne(text, "br"), packOne(text, "gzip")]);
  return { br, gzip };
}
