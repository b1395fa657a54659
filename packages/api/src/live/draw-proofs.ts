import { setImmediate as breathe } from "node:timers/promises";
import type { LineService } from "@onsale/core/line/line-service";
import type { LineId } from "@onsale/core/line/line";
import { withPauses } from "@onsale/core/line/in-steps";
import { type MerkleTree, makeMerkleTreeInSteps } from "@onsale/core/line/merkle";

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
/** A tree of a large draw takes tens of megabytes. */
const DRAWS_KEPT_MAX = 2;

/** Inclusion paths, from trees that are built at the first question and kept. */
export function makeDrawProofs({ lines }: { lines: Pick<LineService, "drawFile"> }) {
  const kept = new Map<LineId, Promise<Draw>>();

  function drawOf(lineId: LineId): Promise<Draw> {
    const known = kept.get(lineId);
    if (known) return known;
    const building = lines.drawFile(lineId).then(async ({ entries }) => ({
      // A million entries take seconds; meanwhile this process answers others.
      tree: await withPauses(makeMerkleTreeInSteps(entries.toSorted()), () => breathe()),
      numberOf: new Map(entries.map((entry, index) => [entry, index + 1])),
    }));
    if (kept.size >= DRAWS_KEPT_MAX) kept.delete(kept.keys().next().value ?? lineId);
    kept.set(lineId, building);
    building.catch(() => kept.delete(lineId));
    return building;
  }

  /** null: this entry did not take part. */
  return async function proofOf(lineId: LineId, entry: string): Promise<DrawProof | null> {
    const { tree, numberOf } = await drawOf(lineId);
    const found = tree.pathOf(entry);
    const number = numberOf.get(entry);
    if (!found || number === undefined) return null;
    return { entry, ...found, size: tree.size, root: tree.root, number };
  };
}
