import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Curve, makeBowl, makeFan } from "./curve.ts";

const size = fc.double({ min: 1, max: 2_000, noNaN: true });
const curve: fc.Arbitrary<Curve> = fc.oneof(
  fc.record({ sideX: size, sideY: size, radius: size }).map(makeBowl),
  fc.record({ radius: size, angle: fc.double({ min: 0.1, max: 3, noNaN: true }) }).map(makeFan),
);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const depth = fc.double({ min: 0, max: 1_000, noNaN: true });

describe("a line and its parallels", () => {
  test("a step along a parallel is never longer than walked", () => {
    fc.assert(
      fc.property(curve, share, depth, (line, at, deep) => {
        const along = line.length(deep) * at;
        const [a, b] = [line.pointAt(along, deep), line.pointAt(along + 10, deep)];
        expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeLessThanOrEqual(10 + 1e-6);
      }),
    );
  });

  test("spokes keep their order and never come nearer with depth", () => {
    fc.assert(
      fc.property(curve, fc.tuple(share, share), depth, (line, [a, b], deep) => {
        const [from, to] = [Math.min(a, b) * line.length(0), Math.max(a, b) * line.length(0)];
        const apart = line.project(to, deep) - line.project(from, deep);
        expect(apart).toBeGreaterThanOrEqual(to - from - 1e-6);
      }),
    );
  });

  test("a spoke stands straight: its points at two depths are as far apart as the depths", () => {
    fc.assert(
      fc.property(curve, share, depth, (line, at, deep) => {
        const along = line.length(0) * at;
        const [a, b] = [line.pointAt(along, 0), line.pointAt(line.project(along, deep), deep)];
        expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeCloseTo(deep, 4);
      }),
    );
  });

  test("the whole round is one turn, however the division rounds", () => {
    fc.assert(
      fc.property(fc.record({ sideX: size, sideY: size, radius: size }), depth, (bowl, deep) => {
        const line = makeBowl(bowl);
        const around = 2 * (bowl.sideX + bowl.sideY + Math.PI * bowl.radius);
        expect(line.project(around, deep)).toBeCloseTo(line.length(deep), 4);
      }),
    );
  });
});
