import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { EventId } from "../shared/ids.ts";
import { commitmentOf, drawOrder } from "./draw.ts";
import { DrawFile, drawFileText } from "./draw-file.ts";
import { merkleRootOf } from "./merkle.ts";
import { verifyDraw, verifyDrawWithPauses } from "./verify-draw.ts";

const SEED = "5e".repeat(32);
const joined = (count: number) =>
  Array.from({ length: count }, (_, n) => createHash("sha256").update(`fan ${n}`).digest("hex").slice(0, 32));

/** A published draw of so many fans, who joined in the order of joined(). */
function drawOf(count: number, publicValue: string | null = null): DrawFile {
  const entries = joined(count);
  return {
    version: 1,
    event: EventId.parse("018f4e4e-7a3b-7c2d-9e1f-6a7b8c9d0e1f"),
    commitment: commitmentOf(SEED),
    seed: SEED,
    publicValue,
    entriesRoot: merkleRootOf(entries.toSorted()),
    entries: drawOrder({ seed: SEED, publicValue, entries }),
  };
}

test.each([0, 1, 2, 17, 60])("a draw of %i entries holds, and every entry has its place", (count) => {
  for (const publicValue of [null, "drand round 5123456: 7f3a", "Zürich ☂"]) {
    const file = drawOf(count, publicValue);
    expect(verifyDraw(file)).toEqual({ kind: "holds", entries: count, place: null });
    for (const [index, entry] of file.entries.entries())
      expect(verifyDraw(file, { entry })).toEqual({ kind: "holds", entries: count, place: index + 1 });
  }
});

test("a draw sorted by arrival is refused", () => {
  const file = drawOf(12);
  expect(verifyDraw({ ...file, entries: joined(12) })).toMatchObject({ kind: "refused", why: "order" });
});

test("two neighbours that changed places are refused, and the later place is named", () => {
  const file = drawOf(9);
  for (let n = 0; n + 1 < 9; n += 1) {
    const entries = file.entries.toSpliced(n, 2, ...file.entries.slice(n, n + 2).toReversed());
    expect(verifyDraw({ ...file, entries })).toEqual({ kind: "refused", why: "order", at: n + 2 });
  }
});

test("an entry that is left out, put in later or put in twice is refused", () => {
  const file = drawOf(9);
  const redrawn = (entries: string[]) => drawOrder({ seed: SEED, publicValue: null, entries });
  expect(verifyDraw({ ...file, entries: file.entries.toSpliced(4, 1) })).toMatchObject({ why: "root" });
  const more = redrawn([...file.entries, "0".repeat(32)]);
  expect(verifyDraw({ ...file, entries: more })).toMatchObject({ kind: "refused", why: "root" });
  const twice = redrawn([...file.entries, file.entries[4] ?? ""]);
  expect(verifyDraw({ ...file, entries: twice })).toEqual({ kind: "refused", why: "entry_twice", at: 6 });
});

test("another seed, found so that a friend comes first, is refused", () => {
  const file = drawOf(9);
  const seed = "77".repeat(32);
  const entries = drawOrder({ seed, publicValue: null, entries: file.entries });
  expect(verifyDraw({ ...file, seed, entries })).toMatchObject({ why: "seed" });
  const swapped = { ...file, seed, entries, commitment: commitmentOf(seed) };
  expect(verifyDraw(swapped)).toMatchObject({ kind: "holds" });
  expect(verifyDraw(swapped, { commitment: file.commitment })).toMatchObject({ why: "commitment" });
});

test("other entries with a root of their own hold, but not against the root that was published before", () => {
  const [before, after] = [drawOf(9), drawOf(8)];
  expect(verifyDraw(after)).toMatchObject({ kind: "holds" });
  expect(verifyDraw(after, { entriesRoot: before.entriesRoot })).toMatchObject({ why: "root_published" });
  expect(verifyDraw(before, before)).toMatchObject({ kind: "holds" });
});

test("another public value, or none, is refused", () => {
  const file = drawOf(9, "one");
  expect(verifyDraw({ ...file, publicValue: "two" })).toMatchObject({ why: "order" });
  expect(verifyDraw({ ...file, publicValue: null })).toMatchObject({ why: "order" });
});

test("an entry that did not take part has no place", () => {
  expect(verifyDraw(drawOf(9), { entry: "0".repeat(32) })).toEqual({ kind: "refused", why: "not_in_draw" });
});

test("what is not a draw file is refused, not read halfway", () => {
  const file = drawOf(3);
  const { publicValue: _, ...less } = file;
  const others = [null, 1, "draw", [], {}, less, { ...file, more: 1 }, { ...file, version: 2 }];
  const fields = [
    { entries: {} },
    { seed: SEED.toUpperCase() },
    { publicValue: "" },
    { publicValue: "\ud800" },
    { commitment: null },
    { entriesRoot: "0" },
    { event: "e" },
  ].map((field) => ({ ...file, ...field }));
  for (const other of [...others, ...fields])
    expect(verifyDraw(other)).toEqual({ kind: "refused", why: "not_a_draw" });
  for (const entry of [null, 7, "", "A".repeat(32), `${"a".repeat(32)} `])
    expect(verifyDraw({ ...file, entries: [...file.entries.slice(0, 2), entry] })).toEqual({
      kind: "refused",
      why: "entry_form",
      at: 3,
    });
});

/** Each byte of the file, changed by the given flips; a text that is no JSON is refused as such. */
function textsThatPass(text: string, flips: readonly number[]): number[] {
  const bytes = Buffer.from(text, "utf8");
  const passed: number[] = [];
  for (let at = 0; at < bytes.length; at += 1)
    for (const flip of flips) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ flip;
      if (holds(changed.toString("utf8"))) passed.push(at);
    }
  return passed;
}

function holds(text: string): boolean {
  try {
    return verifyDraw(JSON.parse(text)).kind === "holds";
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

test.each([null, "drand round 5123456: 7f3a"])(
  "a file with any one byte changed is refused, but for the event's own digits (public value %j)",
  (publicValue) => {
    const text = drawFileText(drawOf(12, publicValue));
    expect(holds(text)).toBe(true);
    const passed = textsThatPass(text, [1, 4, 32, 128, 255]);
    const from = text.indexOf('"event":"') + 9;
    expect(passed.filter((at) => at < from || at >= from + 36)).toEqual([]);
  },
);

test("the file is one line, the same for the same draw, and reads back as it was", () => {
  fc.assert(
    fc.property(fc.option(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 })), (publicValue) => {
      const file = drawOf(3, publicValue);
      const text = drawFileText(file);
      expect(text).not.toContain("\n");
      expect(DrawFile.parse(JSON.parse(text))).toEqual(file);
      const { entries, ...rest } = file;
      expect(drawFileText({ entries, ...rest })).toBe(text);
    }),
  );
});

test("checking with pauses says the same, and how far it is", async () => {
  const file = drawOf(12_000);
  const shares: number[] = [];
  const verdict = await verifyDrawWithPauses(file, {}, async (share) => void shares.push(share));
  expect(verdict).toEqual({ kind: "holds", entries: 12_000, place: null });
  expect(shares.length).toBeGreaterThanOrEqual(6);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(Math.max(...shares)).toBeLessThanOrEqual(1);
});
