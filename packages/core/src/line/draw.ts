import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { assert, must } from "../shared/assert.ts";
import { lastOf } from "./in-steps.ts";
import { ENTRY_BYTES, orderOfRows, writeEntryBytes, writeEntryText } from "./entry-bytes.ts";
import { ENTRY_HEX_DIGITS } from "./entry-id.ts";

/** docs/fair-draw.md has the rule in words; an outsider must get the same order from those alone. */
export type Draw = {
  /** 32 bytes, hex. */
  readonly seed: string;
  readonly publicValue: string | null;
  /** entryIdOf() of each, in any order. */
  readonly entries: readonly string[];
};

const SEED = /^[0-9a-f]{64}$/;
const SCORE_BYTES = 32;
/** An entry's score and then its own bytes: the order of such rows is the order of the draw. */
export const DRAWN_BYTES = SCORE_BYTES + ENTRY_BYTES;
/** Entries that are worked on between two pauses: some 20 ms of work. */
export const DRAW_STEP = 5_000;

/** What is published before anybody can join: SHA-256 of the seed's bytes, hex. */
export function commitmentOf(seedHex: string): string {
  return bytesToHex(sha256(seedBytesOf(seedHex)));
}

/** The seed itself, or HMAC-SHA-256 under it of the public value's UTF-8 text. */
export function drawKey({ seed, publicValue }: Pick<Draw, "seed" | "publicValue">): Uint8Array {
  const seedBytes = seedBytesOf(seed);
  return publicValue === null ? seedBytes : hmac(sha256, seedBytes, utf8ToBytes(publicValue));
}

/** The entries in the order of the draw; a function of the set of entries, not of how they were sorted before. */
export function drawOrder(draw: Draw): string[] {
  return lastOf(drawOrderInSteps(draw));
}

/**
 * The same in steps, so that the caller can do something else between them. Yields the share that is done, from 0 to 1.
 */
export function* drawOrderInSteps(draw: Draw, every = DRAW_STEP): Generator<number, string[], void> {
  const { entries } = draw;
  const writeDrawn = makeDrawnWriter(drawKey(draw));
  const rows = new Uint8Array(entries.length * DRAWN_BYTES);
  for (const [index, entry] of entries.entries()) {
    assert(writeDrawn(entry, rows, index * DRAWN_BYTES), "an entry of the draw is 32 hex digits");
    if ((index + 1) % every === 0) yield ((index + 1) / entries.length) * SCORING_SHARE;
  }
  const sorting = orderOfRows(rows, DRAWN_BYTES, every);
  for (;;) {
    const step = sorting.next();
    if (step.done) return Array.from(step.value, (row) => must(entries[row], "a drawn row is an entry"));
    yield SCORING_SHARE + (step.value / entries.length) * (1 - SCORING_SHARE);
  }
}

/** Scoring takes about this share of a draw's time. */
const SCORING_SHARE = 0.75;

/**
 * Writes an entry's score, HMAC-SHA-256 of its text, and its own bytes; false when it is no entry id. The key's two
 * blocks are hashed once and their state is copied for each entry: half the work of a plain HMAC.
 */
export function makeDrawnWriter(key: Uint8Array): (entry: unknown, out: Uint8Array, at: number) => boolean {
  const keyed = hmac.create(sha256, key);
  const scratch = keyed.clone();
  const text = new Uint8Array(ENTRY_HEX_DIGITS);
  return (entry, out, at) => {
    if (!writeEntryBytes(entry, out, at + SCORE_BYTES)) return false;
    writeEntryText({ bytes: out, from: at + SCORE_BYTES }, text, 0);
    keyed._cloneInto(scratch);
    scratch.update(text).digestInto(out.subarray(at, at + SCORE_BYTES));
    return true;
  };
}

function seedBytesOf(seedHex: string): Uint8Array {
  assert(SEED.test(seedHex), "a seed is 64 hex digits");
  return hexToBytes(seedHex);
}
