import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { assert } from "../shared/assert.ts";

/** docs/fair-draw.md has the rule in words; an outsider must get the same order from those alone. */
export type Draw = {
  /** 32 bytes, hex. */
  readonly seed: string;
  readonly publicValue: string | null;
  /** entryIdOf() of each, in any order. */
  readonly entries: readonly string[];
};

export const ENTRY_ID = /^[0-9a-f]{32}$/;
const SEED = /^[0-9a-f]{64}$/;
export const SCORE_BYTES = 32;
/** How many entries are scored between two breaths: some 20 ms of work. */
export const DRAW_STEP = 10_000;

/** What is published before anybody can join: SHA-256 of the seed's bytes, hex. */
export function commitmentOf(seedHex: string): string {
  return bytesToHex(sha256(seedBytesOf(seedHex)));
}

/** The seed itself, or HMAC-SHA-256 under it of the public value's UTF-8 text. */
export function drawKey({ seed, publicValue }: Pick<Draw, "seed" | "publicValue">): Uint8Array {
  const seedBytes = seedBytesOf(seed);
  return publicValue === null ? seedBytes : hmac(sha256, seedBytes, utf8ToBytes(publicValue));
}

/** The entries in the order of the draw; a function of the set of entries, not of their order. */
export function drawOrder(draw: Draw): string[] {
  const steps = drawOrderInSteps(draw);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, and between steps the caller may do something else. Yields how many entries are scored. */
export function* drawOrderInSteps(draw: Draw, every = DRAW_STEP): Generator<number, string[], void> {
  const { entries } = draw;
  const scoreInto = makeScorer(drawKey(draw));
  const scores = new Uint8Array(entries.length * SCORE_BYTES);
  for (const [index, entry] of entries.entries()) {
    scoreInto(entry, scores.subarray(index * SCORE_BYTES, (index + 1) * SCORE_BYTES));
    if ((index + 1) % every === 0) yield index + 1;
  }
  return yield* sortByScore(entries, scores, every);
}

/**
 * Writes an entry's score, HMAC-SHA-256 of its text, into 32 bytes. The key's two blocks are hashed once, and their
 * state is copied for each entry: half the work of a plain HMAC.
 */
export function makeScorer(key: Uint8Array): (entry: string, out: Uint8Array) => void {
  const keyed = hmac.create(sha256, key);
  const scratch = keyed.clone();
  return (entry, out) => {
    assert(ENTRY_ID.test(entry), "an entry of the draw is 32 hex digits");
    keyed._cloneInto(scratch);
    scratch.update(utf8ToBytes(entry)).digestInto(out);
  };
}

const BUCKETS = 65_536;

/**
 * Scores are as good as random, so counting by their first two bytes leaves a dozen entries to a bucket even for a
 * million, and each bucket is sorted by itself.
 */
function* sortByScore(
  entries: readonly string[],
  scores: Uint8Array,
  every: number,
): Generator<number, string[], void> {
  const bucketOf = (index: number) =>
    ((scores[index * SCORE_BYTES] ?? 0) << 8) | (scores[index * SCORE_BYTES + 1] ?? 0);
  const starts = new Uint32Array(BUCKETS + 1);
  for (let index = 0; index < entries.length; index += 1) {
    const next = bucketOf(index) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let bucket = 1; bucket <= BUCKETS; bucket += 1)
    starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
  const placed = new Uint32Array(entries.length);
  const free = starts.slice();
  for (let index = 0; index < entries.length; index += 1) {
    const bucket = bucketOf(index);
    const at = free[bucket] ?? 0;
    placed[at] = index;
    free[bucket] = at + 1;
  }
  const order: string[] = [];
  let breath = every;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const members = placed.subarray(starts[bucket], starts[bucket + 1]);
    if (members.length > 1) members.sort((a, b) => compareDrawn({ entries, scores }, a, b));
    for (const index of members) order.push(entries[index] ?? "");
    if (order.length < breath) continue;
    breath = order.length + every;
    yield entries.length;
  }
  return order;
}

/** Below 0 when entry `a` comes before entry `b`: by score bytes, then by the bytes of the id. */
export function compareDrawn(
  { entries, scores }: { entries: readonly string[]; scores: Uint8Array },
  a: number,
  b: number,
): number {
  for (let byte = 0; byte < SCORE_BYTES; byte += 1) {
    const difference = (scores[a * SCORE_BYTES + byte] ?? 0) - (scores[b * SCORE_BYTES + byte] ?? 0);
    if (difference !== 0) return difference;
  }
  // Ids are ASCII, whose code units are its bytes.
  const [idA, idB] = [entries[a] ?? "", entries[b] ?? ""];
  return idA < idB ? -1 : idA > idB ? 1 : 0;
}

function seedBytesOf(seedHex: string): Uint8Array {
  assert(SEED.test(seedHex), "a seed is 64 hex digits");
  return hexToBytes(seedHex);
}
