import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { must } from "../shared/assert.ts";
import {
  levelsAbove,
  makeMerkleTree,
  makeMerkleTreeInSteps,
  merkleRootOf,
  verifyInclusion,
} from "./merkle.ts";

const sha = (...parts: readonly Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
const leaf = (data: Uint8Array) => sha(Uint8Array.of(0), data);

/** MTH of RFC 6962, section 2.1, as it is written there. */
function plainRoot(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return leaf(must(leaves[0], "leaf"));
  const k = splitOf(leaves.length);
  return sha(Uint8Array.of(1), plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)));
}

/** PATH of RFC 6962, section 2.1.1. */
function plainPath(m: number, leaves: readonly Uint8Array[]): string[] {
  if (leaves.length === 1) return [];
  const k = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m < k
    ? [...plainPath(m, left), plainRoot(right).toString("hex")]
    : [...plainPath(m - k, right), plainRoot(left).toString("hex")];
}

function splitOf(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

const idsOf = (size: number) =>
  Array.from({ length: size }, (_, n) =>
    createHash("sha256").update(`${size}/${n}`).digest("hex").slice(0, 32),
  ).toSorted();
const text = (ids: readonly string[]) => ids.map((id) => Buffer.from(id, "utf8"));

// The leaves and roots that the tests of Certificate Transparency implementations share.
const CT_LEAVES = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
];
test.each([
  [1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
  [2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
  [3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"],
  [8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"],
])("the tree over the first %i known leaves has the known root", (count, root) => {
  const leaves = CT_LEAVES.slice(0, count).map((data) => leaf(Buffer.from(data, "hex")));
  const top = must(levelsAbove(new Uint8Array(Buffer.concat(leaves))).at(-1), "root");
  expect(Buffer.from(top).toString("hex")).toBe(root);
});

const SIZES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 100, 257];

test.each(SIZES)("the root and every path of %i entries are those of the RFC's definition", (size) => {
  const ids = idsOf(size);
  const tree = makeMerkleTree(ids);
  expect(tree.size).toBe(size);
  expect(tree.root).toBe(plainRoot(text(ids)).toString("hex"));
  expect(merkleRootOf(ids)).toBe(tree.root);
  for (const [index, entry] of ids.entries()) {
    const proof = must(tree.pathOf(entry), "path");
    expect(proof).toEqual({ index, path: plainPath(index, text(ids)) });
    expect(verifyInclusion({ ...proof, entry, size, root: tree.root })).toBe(true);
  }
});

test("who is not among the entries has no path", () => {
  const tree = makeMerkleTree(idsOf(40));
  expect(tree.pathOf("0".repeat(32))).toBeNull();
  expect(tree.pathOf("f".repeat(32))).toBeNull();
  expect(tree.pathOf("not an id")).toBeNull();
  expect(makeMerkleTree([]).pathOf("0".repeat(32))).toBeNull();
});

test("an inclusion path with any digit altered is refused", () => {
  fc.assert(
    fc.property(
      fc.record({
        size: fc.integer({ min: 1, max: 70 }),
        who: fc.nat(),
        where: fc.nat(),
        by: fc.integer({ min: 1, max: 15 }),
      }),
      ({ size, who, where, by }) => {
        const ids = idsOf(size);
        const tree = makeMerkleTree(ids);
        const entry = must(ids[who % size], "entry");
        const proof = { entry, size, root: tree.root, ...must(tree.pathOf(entry), "path") };
        const digits = [proof.entry, proof.root, ...proof.path].join("");
        const at = where % digits.length;
        const altered = `${digits.slice(0, at)}${(Number.parseInt(digits.charAt(at), 16) ^ by).toString(16)}${digits.slice(at + 1)}`;
        const path = proof.path.map((_, n) => altered.slice(96 + 64 * n, 160 + 64 * n));
        const changed = { ...proof, entry: altered.slice(0, 32), root: altered.slice(32, 96), path };
        expect(verifyInclusion(proof)).toBe(true);
        expect(verifyInclusion(changed)).toBe(false);
      },
    ),
  );
});

test("a path proves one index and no other", () => {
  for (const size of [2, 3, 5, 8, 13, 33]) {
    const ids = idsOf(size);
    const { root, pathOf } = makeMerkleTree(ids);
    for (const entry of ids) {
      const proof = must(pathOf(entry), "path");
      for (let index = -1; index <= size; index += 1)
        expect(verifyInclusion({ ...proof, entry, size, root, index })).toBe(index === proof.index);
    }
  }
});

test("a path that is too short, too long or out of order is refused", () => {
  const ids = idsOf(21);
  const { root, pathOf } = makeMerkleTree(ids);
  const entry = must(ids[3], "entry");
  const { index, path } = must(pathOf(entry), "path");
  const proof = { entry, index, size: 21, root };
  expect(verifyInclusion({ ...proof, path: path.slice(1) })).toBe(false);
  expect(verifyInclusion({ ...proof, path: path.slice(0, -1) })).toBe(false);
  expect(verifyInclusion({ ...proof, path: [...path, must(path[0], "node")] })).toBe(false);
  expect(verifyInclusion({ ...proof, path: path.toReversed() })).toBe(false);
  expect(verifyInclusion({ ...proof, path: [] })).toBe(false);
  expect(verifyInclusion({ ...proof, path, index: 3.5 })).toBe(false);
  expect(verifyInclusion({ ...proof, path, index: Number.NaN })).toBe(false);
});

test("an inner node does not pass for an entry", () => {
  const ids = idsOf(4);
  const { root, pathOf } = makeMerkleTree(ids);
  const upper = must(pathOf(must(ids[0], "entry")), "path").path[1];
  const node = sha(Uint8Array.of(1), ...text(ids.slice(0, 2)).map(leaf)).toString("hex");
  expect(verifyInclusion({ entry: node, index: 0, size: 2, path: [must(upper, "node")], root })).toBe(false);
});

test("entries out of order, or twice, make no tree", () => {
  const ids = idsOf(40);
  expect(() => makeMerkleTree(ids.toReversed())).toThrow("ascend");
  expect(() => makeMerkleTree([...ids.slice(0, 17), ...ids.slice(16)])).toThrow("ascend");
  expect(() => makeMerkleTree(["A".repeat(32)])).toThrow("hex digits");
});

test("a tree made in steps is the same tree, and breathes", () => {
  const ids = idsOf(1_000);
  const steps = makeMerkleTreeInSteps(ids, 100);
  const done: number[] = [];
  let step = steps.next();
  for (; !step.done; step = steps.next()) done.push(step.value);
  expect(done.length).toBe(10);
  expect(step.value.root).toBe(merkleRootOf(ids));
});
