import { setImmediate as breathe } from "node:timers/promises";
import type { LineService } from "@onsale/core/line/line-service";
import type { LineId } from "@onsale/core/line/line";
import { withPauses } from "@onsale/core/line/in-steps";
import { type MerkleTree, makeMerkleTreeInSteps } from "@onsale/core/line/merkle";
import { keepFew } from "./keep-few.ts";

/** How one entry stood in the draw, and the hashes that prove it. `number` is its place, from 1. */
export type DrawProof = {
  readonly entry: string;
  readonly index: number;
  readonly size: number;
  readonly path: readonly string[];
  readonly root: string;
  readonly number: number;
};

type Draw = { readonly tree: MerkleTree; readonly numberOf: Map<string, number> };
/** A draw of a million takes about 150 MB, so two are the most that a process keeps. */
const DRAWS_KEPT_MAX = 2;

/** Inclusion paths, from trees that are built at the first question and kept. */
export function makeDrawProofs({ lines }: { lines: Pick<LineService, "drawFile" | "requireDrawn"> }) {
  const drawOf = keepFew(DRAWS_KEPT_MAX, async (lineId: LineId): Promise<Draw> => {
    const { entries } = await lines.drawFile(lineId);
    return {
      // A million entries take seconds; meanwhile this process answers others.
      tree: await withPauses(makeMerkleTreeInSteps(entries.toSorted()), () => breathe()),
      numberOf: new Map(entries.map((entry, index) => [entry, index + 1])),
    };
  });

  /** null: this entry did not take part. */
  return async function proofOf(lineId: LineId, entry: string): Promise<DrawProof | null> {
    await lines.requireDrawn(lineId);
    const { tree, numberOf } = await drawOf(lineId);
    const found = tree.pathOf(entry);
    const number = numberOf.get(entry);
    if (!found || number === undefined) return null;
    return { entry, ...found, size: tree.size, root: tree.root, number };
  };
}
