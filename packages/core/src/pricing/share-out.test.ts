import fc from "fast-check";
import { expect, test } from "vitest";
import { shareOut } from "./share-out.ts";

const amount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
const weights = fc.array(fc.integer({ min: 0, max: 1_000_000_000_000 }), { minLength: 1, maxLength: 50 });

test("the parts are integers and sum to the amount", () => {
  fc.assert(
    fc.property(amount, weights, (total, given) => {
      const parts = shareOut(total, given);
      expect(parts.every(Number.isSafeInteger)).toBe(true);
      expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
    }),
  );
});

test("no part is a whole minor unit away from its exact share", () => {
  fc.assert(
    fc.property(amount, weights, (total, given) => {
      const parts = shareOut(total, given);
      const effective = given.some((weight) => weight > 0) ? given : given.map(() => 1);
      const sum = effective.reduce((a, b) => a + BigInt(b), 0n);
      parts.forEach((part, n) => {
        const off = BigInt(part) * sum - BigInt(total) * BigInt(effective[n] ?? 0);
        expect(off < sum && off > -sum).toBe(true);
      });
    }),
  );
});

test("the left-over unit goes to the largest remainder, and to the earlier part when remainders are equal", () => {
  expect(shareOut(10, [1, 1, 1])).toEqual([4, 3, 3]);
  expect(shareOut(5, [1, 2])).toEqual([2, 3]);
  expect(shareOut(100, [335, 335, 330])).toEqual([34, 33, 33]);
  expect(shareOut(-10, [1, 1, 1])).toEqual([-4, -3, -3]);
});

test("weights of zero get nothing, unless all are zero and then all count the same", () => {
  expect(shareOut(7, [0, 1, 0])).toEqual([0, 7, 0]);
  expect(shareOut(7, [0, 0])).toEqual([4, 3]);
  expect(shareOut(0, [])).toEqual([]);
});

test("an amount shared over nothing, or a negative weight, is our bug", () => {
  expect(() => shareOut(1, [])).toThrow("invariant");
  expect(() => shareOut(1, [-1, 2])).toThrow("invariant");
});
