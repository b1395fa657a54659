import { commitmentOf, DRAW_STEP, DRAWN_BYTES, drawKey, makeDrawnWriter } from "./draw.ts";
import { DrawFile } from "./draw-file.ts";
import { compareRows, ENTRY_BYTES, orderOfRows } from "./entry-bytes.ts";
import { lastOf, withPauses } from "./in-steps.ts";
import { merkleTreeOfBytes } from "./merkle.ts";

/** What is wrong with a published draw. */
export type DrawRefusal =
  | "not_a_draw"
  | "seed"
  | "commitment"
  | "root_published"
  | "entry_form"
  | "entry_twice"
  | "order"
  | "root"
  | "not_in_draw";

export type DrawVerdict =
  | {
      readonly kind: "holds";
      readonly entries: number;
      /** Of the asked entry, from 1. */
      readonly place: number | null;
    }
  /** `at`: the place, from 1, of the first entry that is wrong. */
  | { readonly kind: "refused"; readonly why: DrawRefusal; readonly at?: number };

export type DrawQuestion = {
  /** Whose place is asked for; somebody who did not take part is a refusal. */
  readonly entry?: string;
  /** What was seen before the draw: without these a file can only be checked against itself. */
  readonly commitment?: string;
  readonly entriesRoot?: string;
};

/** Checks a published draw from the file alone. Fit for a browser; a million entries take some seconds. */
export function verifyDraw(file: unknown, asked: DrawQuestion = {}): DrawVerdict {
  return lastOf(verifyDrawInSteps(file, asked));
}

/** The same with a pause now and then, which is told the share that is done, from 0 to 1. */
export function verifyDrawWithPauses(
  file: unknown,
  asked: DrawQuestion,
  pause: (doneShare: number) => Promise<void>,
): Promise<DrawVerdict> {
  return withPauses(verifyDrawInSteps(file, asked), pause);
}

const DrawHead = DrawFile.omit({ entries: true }).strip();
const FIELDS = Object.keys(DrawFile.shape);

/** Yields the share that is done, from 0 to 1. */
export function* verifyDrawInSteps(
  file: unknown,
  asked: DrawQuestion = {},
): Generator<number, DrawVerdict, void> {
  const head = DrawHead.safeParse(file).data;
  const entries = entriesOf(file);
  if (!head || !entries) return { kind: "refused", why: "not_a_draw" };
  if (commitmentOf(head.seed) !== head.commitment) return { kind: "refused", why: "seed" };
  if (asked.commitment !== undefined && asked.commitment !== head.commitment)
    return { kind: "refused", why: "commitment" };
  if (asked.entriesRoot !== undefined && asked.entriesRoot !== head.entriesRoot)
    return { kind: "refused", why: "root_published" };
  const ids = new Uint8Array(entries.length * ENTRY_BYTES);
  const wrong = yield* firstOutOfOrder(entries, { key: drawKey(head), ids });
  if (wrong) return wrong;
  if ((yield* rootOf(ids)) !== head.entriesRoot) return { kind: "refused", why: "root" };
  const place = asked.entry === undefined ? null : entries.indexOf(asked.entry) + 1;
  return place === 0
    ? { kind: "refused", why: "not_in_draw" }
    : { kind: "holds", entries: entries.length, place };
}

/** The entries of something that has the fields of a draw and no others; each entry is looked at later. */
function entriesOf(file: unknown): readonly unknown[] | null {
  if (typeof file !== "object" || file === null || !("entries" in file)) return null;
  if (Object.keys(file).some((field) => !FIELDS.includes(field))) return null;
  return Array.isArray(file.entries) ? file.entries : null;
}

/** About the share of the time that goes into the scores. */
const ORDER_SHARE = 0.4;

/** Writes the bytes of the entries into `ids` on the way. */
function* firstOutOfOrder(
  entries: readonly unknown[],
  { key, ids }: { key: Uint8Array; ids: Uint8Array },
): Generator<number, (DrawVerdict & { kind: "refused" }) | null, void> {
  const writeDrawn = makeDrawnWriter(key);
  const pair = new Uint8Array(2 * DRAWN_BYTES);
  for (const [index, entry] of entries.entries()) {
    const at = index + 1;
    pair.copyWithin(0, DRAWN_BYTES);
    if (!writeDrawn(entry, pair, DRAWN_BYTES)) return { kind: "refused", why: "entry_form", at };
    ids.set(pair.subarray(2 * DRAWN_BYTES - ENTRY_BYTES), index * ENTRY_BYTES);
    const order = index === 0 ? -1 : compareRows(pair, DRAWN_BYTES, { a: 0, b: 1 });
    // An entry that stands there twice has one score: in the right order its two places are neighbours.
    if (order === 0) return { kind: "refused", why: "entry_twice", at };
    if (order > 0) return { kind: "refused", why: "order", at };
    if (at % DRAW_STEP === 0) yield (at / entries.length) * ORDER_SHARE;
  }
  return null;
}

/** The Merkle root of ids, each once, in any order. */
function* rootOf(ids: Uint8Array): Generator<number, string, void> {
  const size = ids.length / ENTRY_BYTES;
  const sorting = orderOfRows(ids, ENTRY_BYTES, DRAW_STEP);
  let step = sorting.next();
  for (; !step.done; step = sorting.next()) yield ORDER_SHARE;
  const sorted = new Uint8Array(ids.length);
  for (const [place, row] of step.value.entries())
    sorted.set(ids.subarray(row * ENTRY_BYTES, (row + 1) * ENTRY_BYTES), place * ENTRY_BYTES);
  const tree = merkleTreeOfBytes(sorted, DRAW_STEP);
  for (;;) {
    const hashed = tree.next();
    if (hashed.done) return hashed.value.root;
    yield ORDER_SHARE + (hashed.value / size) * (1 - ORDER_SHARE);
  }
}
