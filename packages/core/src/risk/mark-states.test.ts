import { expect, test } from "vitest";
import type { RiskMarkState } from "./risk-mark.ts";
import { makeMarkStates } from "./mark-states.ts";

function states() {
  const at = { ms: 0 };
  const marks = { now: new Map<string, RiskMarkState>(), reads: 0, down: false };
  const known = makeMarkStates({
    clock: { nowMs: () => at.ms },
    marks: {
      states: () => {
        marks.reads++;
        return marks.down ? Promise.reject(new Error("down")) : Promise.resolve(new Map(marks.now));
      },
    },
  });
  return { at, marks, known };
}

test("a crowd costs one query, and a decision counts within two seconds", async () => {
  const { at, marks, known } = states();
  expect(await Promise.all(Array.from({ length: 1_000 }, () => known.of("ada")))).toEqual(
    Array.from({ length: 1_000 }, () => null),
  );
  expect(marks.reads).toBe(1);
  marks.now.set("ada", "blocked");
  at.ms = 2_000;
  expect(await known.of("ada")).toBe("blocked");
  expect(marks.reads).toBe(2);
});

test("while Postgres is away the last known set counts", async () => {
  const { at, marks, known } = states();
  marks.now.set("ada", "blocked");
  expect(await known.of("ada")).toBe("blocked");
  marks.down = true;
  at.ms = 60_000;
  expect(await known.of("ada")).toBe("blocked");
  marks.down = false;
  marks.now.clear();
  at.ms = 62_000;
  expect(await known.of("ada")).toBeNull();
});

test("what is known is said at once for two seconds, and read anew behind that from the first on", async () => {
  const { at, marks, known } = states();
  marks.now.set("ada", "blocked");
  expect(known.atOnce("ada")).toBeUndefined();
  await known.of("ada");
  at.ms = 999;
  expect([known.atOnce("ada"), known.atOnce("bob"), marks.reads]).toEqual(["blocked", null, 1]);
  at.ms = 1_999;
  expect([known.atOnce("ada"), marks.reads]).toEqual(["blocked", 2]);
  await known.of("ada");
  at.ms = 4_000;
  expect(known.atOnce("ada")).toBeUndefined();
});
