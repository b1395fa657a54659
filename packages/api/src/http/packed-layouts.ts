import type { LayoutDocument } from "@onsale/core/layout/layout";
import { makeKeptAnswers } from "@onsale/core/shared/bounded-map";
import { packOne } from "./encoding.ts";

type PackedLayout = { readonly br: Buffer; readonly gzip: Buffer };
const KEPT_MAX = 50;

/** Layouts by the hash of their content, compressed once and kept; null for a hash that nobody knows. */
export function makePackedLayouts(find: (hash: string) => Promise<LayoutDocument | null>) {
  const packed = makeKeptAnswers(
    async (hash: string): Promise<PackedLayout | null> => {
      const document = await find(hash);
      return document && packLayout(document);
    },
    { max: KEPT_MAX, keep: (value) => value !== null },
  );
  return packed.of;
}

/** The document itself is not kept: it is many times as large, and whoever names no encoding gets it zipped. */
async function packLayout(document: LayoutDocument): Promise<PackedLayout> {
  const text = Buffer.from(JSON.stringify(document));
  const [br, gzip] = await Promise.all([packOne(text, "br"), packOne(text, "gzip")]);
  return { br, gzip };
}
