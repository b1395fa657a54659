import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { must } from "../shared/assert.ts";
import { commitmentOf, type Draw, drawKey, drawOrder, drawOrderInSteps } from "./draw.ts";
import { orderOfRows } from "./entry-bytes.ts";
import { lastOf } from "./in-steps.ts";

const hex = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes).toString("hex"));
const draws = fc.record({
  seed: hex(32),
  publicValue: fc.option(fc.string({ unit: "grapheme", minLength: 1 })),
  entries: fc.uniqueArray(hex(16), { maxLength: 60 }),
});

/** The rule of docs/fair-draw.md, word by word. */
function plainOrder({ seed, publicValue, entries }: Draw): string[] {
  const seedBytes = Buffer.from(seed, "hex");
  const key =
    publicValue === null ? seedBytes : createHmac("sha256", seedBytes).update(publicValue, "utf8").digest();
  return entries
    .map((entry) => ({ entry, score: createHmac("sha256", key).update(entry, "utf8").digest() }))
    .toSorted((a, b) => Buffer.compare(a.score, b.score) || (a.entry < b.entry ? -1 : 1))
    .map(({ entry }) => entry);
}

test("the order of the draw is the rule's, whatever the seed, the value and the entries", () => {
  fc.assert(
    fc.property(draws, (draw) => {
      expect(drawOrder(draw)).toEqual(plainOrder(draw));
    }),
  );
});

test("the order of the draw does not depend on who joined first", () => {
  fc.assert(
    fc.property(
      draws.chain((draw) =>
        fc.tuple(
          fc.constant(draw),
          fc.shuffledSubarray([...draw.entries], { minLength: draw.entries.length }),
        ),
      ),
      ([draw, shuffled]) => {
        expect(drawOrder({ ...draw, entries: shuffled })).toEqual(drawOrder(draw));
      },
    ),
  );
});

test("a draw of some thousand entries is the rule's, buckets or not", () => {
  const entries = Array.from({ length: 5_000 }, (_, n) =>
    createHash("sha256").update(String(n)).digest("hex").slice(0, 32),
  );
  const draw = { seed: "ab".repeat(32), publicValue: "drand round 1", entries };
  expect(drawOrder(draw)).toEqual(plainOrder(draw));
});

test("drawing in steps gives the same order, and breathes", () => {
  const entries = Array.from({ length: 5_000 }, (_, n) => n.toString(16).padStart(32, "0"));
  const draw = { seed: "01".repeat(32), publicValue: null, entries };
  const shares: number[] = [];
  const steps = drawOrderInSteps(draw, 500);
  let step = steps.next();
  for (; !step.done; step = steps.next()) shares.push(step.value);
  expect(step.value).toEqual(drawOrder(draw));
  expect(shares.length).toBeGreaterThanOrEqual(18);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(Math.max(...shares)).toBeLessThanOrEqual(1);
});

test.each([8, 5_000])(
  "%i rows that begin alike are told apart by the bytes behind, down to the last",
  (count) => {
    // The number of the row stands in the last three bytes, and the rows stand in falling order.
    const rows = Uint8Array.from({ length: count * 5 }, (_, at) => {
      const number = count - 1 - Math.floor(at / 5);
      return at % 5 < 2 ? 7 : (number >> (8 * (4 - (at % 5)))) & 255;
    });
    const falling = Array.from({ length: count }, (_, n) => count - 1 - n);
    expect([...lastOf(orderOfRows(rows, 5, 100))]).toEqual(falling);
  },
);

test("a public value changes the order", () => {
  const entries = Array.from({ length: 50 }, (_, n) => n.toString(16).padStart(32, "0"));
  const seed = "01".repeat(32);
  const orders = [null, "a", "b"].map((publicValue) => drawOrder({ seed, publicValue, entries }).join());
  expect(new Set(orders).size).toBe(3);
});

test("the commitment is SHA-256 of the seed's bytes, not of its digits", () => {
  const seed = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  const expected = createHash("sha256").update(Buffer.from(seed, "hex")).digest("hex");
  expect(commitmentOf(seed)).toBe(expected);
  expect(Buffer.from(drawKey({ seed, publicValue: null })).toString("hex")).toBe(seed);
});

test.each(["", "ab", "AB".repeat(32), "0g".repeat(32)])("%j is no seed", (seed) => {
  expect(() => commitmentOf(seed)).toThrow("seed");
});

test.each(["", "ab", "A".repeat(32), `${"a".repeat(31)}g`, "a".repeat(33), `${"a".repeat(31)}ſ`])(
  "%j is no entry of a draw",
  (entry) => {
    const draw = { seed: "00".repeat(32), publicValue: null, entries: ["0".repeat(32), entry] };
    expect(() => drawOrder(draw)).toThrow("32 hex digits");
  },
);

test("nobody joined: the draw is empty, and one fan is the first", () => {
  const draw = { seed: "00".repeat(32), publicValue: null };
  expect(drawOrder({ ...draw, entries: [] })).toEqual([]);
  expect(must(drawOrder({ ...draw, entries: ["a".repeat(32)] })[0], "first")).toBe("a".repeat(32));
});
