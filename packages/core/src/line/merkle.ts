import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { assert, must } from "../shared/assert.ts";
import { ENTRY_ID } from "./draw.ts";

/**
 * The Merkle tree of RFC 6962, section 2.1, over the entries of a draw in ascending order. A leaf is the UTF-8 text of
 * an id; a fan checks with some twenty hashes that theirs was among them.
 */
export type MerkleTree = {
  /** Hex. */
  readonly root: string;
  readonly size: number;
  /** RFC 6962, section 2.1.1: hashes in hex, from the leaf upwards. null: not among the entries. */
  pathOf(id: string): { index: number; path: string[] } | null;
};

const HASH_BYTES = 32;
const ID_BYTES = 16;
/** Only every 16th node's worth of the tree is kept; the few below are hashed again for a path. */
const BLOCK_LEAVES = 16;
const HEX32_MAX_PATH = 64;
const HEX64 = /^[0-9a-f]{64}$/;

export function merkleRootOf(sortedIds: readonly string[]): string {
  return makeMerkleTree(sortedIds).root;
}

/** The ids must ascend, each once. Keeps some 20 bytes per entry. */
export function makeMerkleTree(sortedIds: readonly string[]): MerkleTree {
  const steps = makeMerkleTreeInSteps(sortedIds);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, and between steps the caller may do something else. Yields how many entries are hashed. */
export function* makeMerkleTreeInSteps(
  sortedIds: readonly string[],
  every = 10_000,
): Generator<number, MerkleTree, void> {
  const size = sortedIds.length;
  const ids = new Uint8Array(size * ID_BYTES);
  const blocks = new Uint8Array(Math.ceil(size / BLOCK_LEAVES) * HASH_BYTES);
  let before = "";
  for (let first = 0; first < size; first += BLOCK_LEAVES) {
    const block = sortedIds.slice(first, first + BLOCK_LEAVES);
    for (const [offset, id] of block.entries()) {
      assert(
        ENTRY_ID.test(id) && before < id,
        "entries of a Merkle tree are ids in ascending order, each once",
      );
      before = id;
      ids.set(hexToBytes(id), (first + offset) * ID_BYTES);
    }
    blocks.set(rootOfHashes(block.map(leafHash)), (first / BLOCK_LEAVES) * HASH_BYTES);
    if (Math.floor((first + BLOCK_LEAVES) / every) > Math.floor(first / every)) yield first + block.length;
  }
  const levels = levelsAbove(blocks);
  const root = bytesToHex(must(levels.at(-1), "a tree has a top"));
  return { root, size, pathOf: (id) => pathIn({ ids, levels, size }, id) };
}

/** RFC 9162, section 2.1.3.2. */
export function verifyInclusion(proof: {
  entry: string;
  index: number;
  size: number;
  path: readonly string[];
  root: string;
}): boolean {
  const { entry, index, size, path, root } = proof;
  if (!ENTRY_ID.test(entry) || !HEX64.test(root) || path.length > HEX32_MAX_PATH) return false;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let fn = index;
  let sn = size - 1;
  let hash = leafHash(entry);
  for (const step of path) {
    if (sn === 0 || !HEX64.test(step)) return false;
    const sibling = hexToBytes(step);
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else hash = nodeHash(hash, sibling);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && bytesToHex(hash) === root;
}

/** The hash of a list of leaf hashes: pairs, then pairs of pairs; one that is left over goes up as it is. */
export function rootOfHashes(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return sha256(new Uint8Array());
  let level = hashes;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let n = 0; n < level.length; n += 2) {
      const left = must(level[n], "left node");
      const right = level[n + 1];
      above.push(right ? nodeHash(left, right) : left);
    }
    level = above;
  }
  return must(level[0], "root");
}

/** SHA-256 of 00 and the leaf. */
export function leafHash(leaf: string | Uint8Array): Uint8Array {
  return sha256
    .create()
    .update(LEAF)
    .update(typeof leaf === "string" ? utf8ToBytes(leaf) : leaf)
    .digest();
}

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256.create().update(NODE).update(left).update(right).digest();
}

/** From the roots of the blocks up to the root of all, each level in one array. */
function levelsAbove(blocks: Uint8Array): Uint8Array[] {
  if (blocks.length === 0) return [rootOfHashes([])];
  const levels = [blocks];
  for (let level = blocks; level.length > HASH_BYTES;) {
    const above = new Uint8Array(Math.ceil(level.length / HASH_BYTES / 2) * HASH_BYTES);
    for (let at = 0; at < level.length; at += 2 * HASH_BYTES) {
      const left = level.subarray(at, at + HASH_BYTES);
      const right = level.subarray(at + HASH_BYTES, at + 2 * HASH_BYTES);
      above.set(right.length > 0 ? nodeHash(left, right) : left, at / 2);
    }
    levels.push(above);
    level = above;
  }
  return levels;
}

type Kept = { readonly ids: Uint8Array; readonly levels: readonly Uint8Array[]; readonly size: number };

function pathIn(tree: Kept, id: string): { index: number; path: string[] } | null {
  const index = ENTRY_ID.test(id) ? indexOf(tree, id) : null;
  if (index === null) return null;
  const first = index - (index % BLOCK_LEAVES);
  const path: string[] = [];
  let level: Uint8Array[] = [];
  for (let n = first; n < Math.min(first + BLOCK_LEAVES, tree.size); n += 1)
    level.push(leafHash(idAt(tree, n)));
  for (let at = index - first; level.length > 1; at = at >> 1) {
    const sibling = level[at ^ 1];
    if (sibling) path.push(bytesToHex(sibling));
    const above: Uint8Array[] = [];
    for (let n = 0; n < level.length; n += 2) above.push(rootOfHashes(level.slice(n, n + 2)));
    level = above;
  }
  let at = first / BLOCK_LEAVES;
  for (const nodes of tree.levels) {
    const from = (at ^ 1) * HASH_BYTES;
    if (from < nodes.length) path.push(bytesToHex(nodes.subarray(from, from + HASH_BYTES)));
    at = at >> 1;
  }
  return { index, path };
}

const idAt = ({ ids }: Kept, index: number) =>
  bytesToHex(ids.subarray(index * ID_BYTES, (index + 1) * ID_BYTES));

function indexOf(tree: Kept, id: string): number | null {
  let low = 0;
  let high = tree.size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (idAt(tree, middle) < id) low = middle + 1;
    else high = middle;
  }
  return low < tree.size && idAt(tree, low) === id ? low : null;
}
