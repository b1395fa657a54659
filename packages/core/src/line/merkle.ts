import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { assert, must } from "../shared/assert.ts";
import { DRAW_STEP } from "./draw.ts";
import { compareRows, ENTRY_BYTES, writeEntryBytes, writeEntryText } from "./entry-bytes.ts";
import { ENTRY_HEX_DIGITS } from "./entry-id.ts";
import { lastOf } from "./in-steps.ts";

/**
 * The Merkle tree of RFC 6962, section 2.1, over the entries of a draw in ascending order. A leaf is the text of an id;
 * with some twenty hashes a fan checks that theirs was among them.
 */
export type MerkleTree = {
  /** Hex. */
  readonly root: string;
  readonly size: number;
  /** RFC 6962, section 2.1.1: hashes in hex, from the leaf upwards. null: not among the entries. */
  readonly pathOf: (id: string) => { index: number; path: string[] } | null;
};

const HASH_BYTES = 32;
/** Only the root of each block of so many leaves is kept; for a path, its block is hashed again. */
const BLOCK_LEAVES = 16;
/** A tree of 2^53 leaves is no higher. */
const PATH_MAX = 53;
const HEX64 = /^[0-9a-f]{64}$/;

export function merkleRootOf(sortedIds: readonly string[]): string {
  return makeMerkleTree(sortedIds).root;
}

/** The ids must ascend, each once. Keeps some 20 bytes per entry. */
export function makeMerkleTree(sortedIds: readonly string[]): MerkleTree {
  return lastOf(makeMerkleTreeInSteps(sortedIds));
}

/** The same in steps, so that the caller can do something else between them. Yields how many entries are hashed. */
export function* makeMerkleTreeInSteps(
  sortedIds: readonly string[],
  every = DRAW_STEP,
): Generator<number, MerkleTree, void> {
  const ids = new Uint8Array(sortedIds.length * ENTRY_BYTES);
  for (const [index, id] of sortedIds.entries())
    assert(writeEntryBytes(id, ids, index * ENTRY_BYTES), "a leaf is 32 hex digits");
  return yield* merkleTreeOfBytes(ids, every);
}

/** The same for ids of 16 bytes each, one after the other; they become the tree's own. */
export function* merkleTreeOfBytes(ids: Uint8Array, every: number): Generator<number, MerkleTree, void> {
  const size = ids.length / ENTRY_BYTES;
  const blocks = new Uint8Array(Math.ceil(size / BLOCK_LEAVES) * HASH_BYTES);
  for (let first = 0; first < size; first += BLOCK_LEAVES) {
    const levels = levelsAbove(leavesFrom(ids, first));
    blocks.set(must(levels.at(-1), "a block has a root"), (first / BLOCK_LEAVES) * HASH_BYTES);
    if (Math.floor((first + BLOCK_LEAVES) / every) > Math.floor(first / every))
      yield Math.min(first + BLOCK_LEAVES, size);
  }
  const levels = levelsAbove(blocks);
  const root = size === 0 ? sha256(blocks) : must(levels.at(-1), "a tree has a root");
  return { root: bytesToHex(root), size, pathOf: (id) => pathIn({ ids, levels }, id) };
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
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  const id = new Uint8Array(ENTRY_BYTES);
  if (!writeEntryBytes(entry, id) || path.length > PATH_MAX) return false;
  let fn = index;
  let sn = size - 1;
  let hash = leavesFrom(id, 0);
  for (const step of path) {
    if (sn === 0 || !HEX64.test(step)) return false;
    const sibling = hexToBytes(step);
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeOf(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else hash = nodeOf(hash, sibling);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && bytesToHex(hash) === root;
}

const START = sha256.create();
const scratch = sha256.create();
const leafText = new Uint8Array(1 + ENTRY_HEX_DIGITS);
const nodeText = Uint8Array.of(1, ...new Uint8Array(2 * HASH_BYTES));

/** One hash state for all: making a new one for each of a million nodes takes as long as the hashing. */
function hashInto(text: Uint8Array, out: Uint8Array): void {
  START._cloneInto(scratch);
  scratch.update(text).digestInto(out);
}

/** The hashes of the leaves of a block, one after the other: SHA-256 of 00 and the id's text. */
function leavesFrom(ids: Uint8Array, first: number): Uint8Array {
  const end = Math.min(first + BLOCK_LEAVES, ids.length / ENTRY_BYTES);
  const hashes = new Uint8Array((end - first) * HASH_BYTES);
  for (let index = first; index < end; index += 1) {
    if (index > 0)
      assert(
        compareRows(ids, ENTRY_BYTES, { a: index - 1, b: index }) < 0,
        "the leaves of a Merkle tree ascend, each once",
      );
    writeEntryText({ bytes: ids, from: index * ENTRY_BYTES }, leafText, 1);
    hashInto(leafText, hashes.subarray((index - first) * HASH_BYTES, (index - first + 1) * HASH_BYTES));
  }
  return hashes;
}

/** SHA-256 of 01 and the two nodes below. */
function nodeOf(left: Uint8Array, right: Uint8Array): Uint8Array {
  const hash = new Uint8Array(HASH_BYTES);
  nodeText.set(left, 1);
  nodeText.set(right, 1 + HASH_BYTES);
  hashInto(nodeText, hash);
  return hash;
}

/**
 * All levels from these hashes up to one, each in one array: pairs, then pairs of pairs; one that is left over goes up as
 * it is. That is the tree which the RFC splits from above at the greatest power of two.
 */
export function levelsAbove(hashes: Uint8Array): Uint8Array[] {
  const levels = [hashes];
  for (let level = hashes; level.length > HASH_BYTES;) {
    const above = new Uint8Array(Math.ceil(level.length / HASH_BYTES / 2) * HASH_BYTES);
    for (let at = 0; at < level.length; at += 2 * HASH_BYTES) {
      if (at + HASH_BYTES === level.length) above.set(level.subarray(at), at / 2);
      else {
        nodeText.set(level.subarray(at, at + 2 * HASH_BYTES), 1);
        hashInto(nodeText, above.subarray(at / 2, at / 2 + HASH_BYTES));
      }
    }
    levels.push(above);
    level = above;
  }
  return levels;
}

type Kept = { readonly ids: Uint8Array; readonly levels: readonly Uint8Array[] };

function pathIn({ ids, levels }: Kept, id: string): { index: number; path: string[] } | null {
  const index = indexOf(ids, id);
  if (index === null) return null;
  const block = Math.floor(index / BLOCK_LEAVES);
  const inBlock = levelsAbove(leavesFrom(ids, block * BLOCK_LEAVES));
  return {
    index,
    path: [...siblings(inBlock, index % BLOCK_LEAVES), ...siblings(levels, block)],
  };
}

/** On each level the node beside the one that leads to `at`, if there is one. */
function siblings(levels: readonly Uint8Array[], at: number): string[] {
  return levels.flatMap((level, height) => {
    const from = (Math.floor(at / 2 ** height) ^ 1) * HASH_BYTES;
    return from < level.length ? [bytesToHex(level.subarray(from, from + HASH_BYTES))] : [];
  });
}

function indexOf(ids: Uint8Array, id: string): number | null {
  const both = new Uint8Array(2 * ENTRY_BYTES);
  if (!writeEntryBytes(id, both)) return null;
  const compareWith = (index: number) => {
    both.set(ids.subarray(index * ENTRY_BYTES, (index + 1) * ENTRY_BYTES), ENTRY_BYTES);
    return compareRows(both, ENTRY_BYTES, { a: 0, b: 1 });
  };
  let low = 0;
  let high = ids.length / ENTRY_BYTES;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareWith(middle);
    if (order === 0) return middle;
    if (order > 0) low = middle + 1;
    else high = middle;
  }
  return null;
}
