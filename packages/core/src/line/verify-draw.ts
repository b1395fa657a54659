import { commitmentOf, drawKey, ENTRY_ID, makeScorer, SCORE_BYTES } from "./draw.ts";
import { DrawFile } from "./draw-file.ts";
import { makeMerkleTreeInSteps } from "./merkle.ts";

/** What is wrong with a published draw, and in which words to say so. */
export const DRAW_REFUSALS = {
  not_a_draw: "This is not a draw file, or a field of it is missing or misspelt.",
  seed: "The seed is not the one that was committed to.",
  commitment: "The commitment is not the one that was published before the draw.",
  root_published: "The entries' root is not the one that was published before the draw.",
  entry_form: "An entry is not 32 hex digits.",
  entry_twice: "An entry stands in the draw twice.",
  order: "The entries are not in the order that the seed gives.",
  root: "The entries are not those of the published root.",
  not_in_draw: "This entry did not take part in the draw.",
} as const;
export type DrawRefusal = keyof typeof DRAW_REFUSALS;

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
  const steps = verifyDrawInSteps(file, asked);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same with a pause now and then, told the share that is done, from 0 to 1. */
export async function verifyDrawWithPauses(
  file: unknown,
  asked: DrawQuestion,
  pause: (doneShare: number) => Promise<void>,
): Promise<DrawVerdict> {
  const steps = verifyDrawInSteps(file, asked);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    // One pause after another is the purpose.
    // oxlint-disable-next-line no-await-in-loop
    await pause(step.value);
  }
}

const DrawHead = DrawFile.omit({ entries: true }).strip();
const FIELDS = Object.keys(DrawFile.shape);
const STEP = 5_000;

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
  const wrong = yield* firstOutOfOrder(entries, drawKey(head));
  if (wrong) return wrong;
  const tree = makeMerkleTreeInSteps([...entries].sort(), STEP);
  for (let step = tree.next(); ; step = tree.next()) {
    if (!step.done) {
      yield 0.5 + step.value / entries.length / 2;
      continue;
    }
    if (step.value.root !== head.entriesRoot) return { kind: "refused", why: "root" };
    break;
  }
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

function* firstOutOfOrder(
  entries: readonly unknown[],
  key: Uint8Array,
): Generator<number, (DrawVerdict & { kind: "refused" }) | null, void> {
  const scoreInto = makeScorer(key);
  let [before, score] = [new Uint8Array(SCORE_BYTES), new Uint8Array(SCORE_BYTES)];
  let entryBefore = "";
  for (const [index, entry] of entries.entries()) {
    const at = index + 1;
    if (typeof entry !== "string" || !ENTRY_ID.test(entry)) return { kind: "refused", why: "entry_form", at };
    scoreInto(entry, score);
    const order = compareScores(before, score);
    // Twice the same entry has twice the same score, so it would have to stand side by side.
    if (index > 0 && entry === entryBefore) return { kind: "refused", why: "entry_twice", at };
    if (order > 0 || (order === 0 && entry < entryBefore)) return { kind: "refused", why: "order", at };
    [before, score] = [score, before];
    entryBefore = entry;
    if (at % STEP === 0) yield at / entries.length / 2;
  }
  return null;
}

function compareScores(a: Uint8Array, b: Uint8Array): number {
  for (let byte = 0; byte < SCORE_BYTES; byte += 1) {
    const difference = (a[byte] ?? 0) - (b[byte] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
