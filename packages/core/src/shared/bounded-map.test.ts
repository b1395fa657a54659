import { expect, test } from "vitest";
import { makeBoundedMap, makeKeptAnswers } from "./bounded-map.ts";

test("what was used least lately makes room, and what a crowd asks for stays", () => {
  const map = makeBoundedMap<string, number>(3);
  for (const [n, key] of ["crowd", "a", "b"].entries()) map.set(key, n);
  for (let n = 0; n < 1_000; n++) {
    expect(map.get("crowd")).toBe(0);
    map.set(`nobody ${n}`, n);
  }
  expect(map.get("a")).toBeUndefined();
  expect(map.get("nobody 998")).toBe(998);
  expect(map.get("nobody 997")).toBeUndefined();
  expect(map.get("crowd")).toBe(0);
});

test("what is set again takes no second place", () => {
  const map = makeBoundedMap<string, number>(2);
  map.set("a", 1);
  for (let n = 0; n < 10; n++) map.set("b", n);
  expect([map.get("a"), map.get("b")]).toEqual([1, 9]);
});

test("entries may weigh more than one, and all together never more than there is room for", () => {
  const map = makeBoundedMap<string, string>(10);
  map.set("small", "s", 3);
  map.set("large", "l", 7);
  expect(map.get("small")).toBe("s");
  map.set("next", "n", 5);
  expect([map.get("small"), map.get("large"), map.get("next")]).toEqual(["s", undefined, "n"]);
  map.delete("small");
  map.set("more", "m", 5);
  expect([map.get("next"), map.get("more")]).toEqual(["n", "m"]);
  map.set("whale", "w", 99);
  expect([map.get("next"), map.get("more"), map.get("whale")]).toEqual([undefined, undefined, "w"]);
  map.set("after", "a", 1);
  expect([map.get("whale"), map.get("after")]).toEqual([undefined, "a"]);
});

test("a crowd that asks at once, and whoever comes while the answer is fresh, costs one question", async () => {
  const at = { ms: 0 };
  const asked: string[] = [];
  const answers = makeKeptAnswers(
    (key: string) => {
      asked.push(key);
      return Promise.resolve(`${key} at ${at.ms}`);
    },
    { max: 10, fresh: { ms: 1_000, nowMs: () => at.ms } },
  );
  const crowd = Array.from({ length: 1_000 }, () => answers.of("a"));
  expect(new Set(await Promise.all(crowd))).toEqual(new Set(["a at 0"]));
  at.ms = 999;
  expect(await answers.of("a")).toBe("a at 0");
  at.ms = 1_000;
  expect(await answers.of("a")).toBe("a at 1000");
  answers.forget("a");
  at.ms = 1_001;
  expect(await answers.of("a")).toBe("a at 1001");
  expect(asked).toEqual(["a", "a", "a"]);
});

test("a failure, and an answer that is not for keeping, is asked for again", async () => {
  const results = [
    () => Promise.reject(new Error("away")),
    () => Promise.resolve(null),
    () => Promise.resolve(7),
  ];
  let asked = 0;
  const answers = makeKeptAnswers<string, number | null>(() => (results[asked++] ?? results[2] ?? fail)(), {
    max: 10,
    keep: (answer) => answer !== null,
  });
  await expect(answers.of("a")).rejects.toThrow("away");
  expect(await answers.of("a")).toBeNull();
  expect(await answers.of("a")).toBe(7);
  expect(await answers.of("a")).toBe(7);
  expect(asked).toBe(3);
});

test("a question that fails late takes nothing of the one that was asked after it", async () => {
  const pending: { resolve: (n: number) => void; reject: (error: Error) => void }[] = [];
  const answers = makeKeptAnswers(
    () => new Promise<number>((resolve, reject) => pending.push({ resolve, reject })),
    { max: 10 },
  );
  const first = answers.of("a");
  answers.forget("a");
  const second = answers.of("a");
  pending[0]?.reject(new Error("late"));
  await expect(first).rejects.toThrow("late");
  pending[1]?.resolve(2);
  expect(await second).toBe(2);
  expect(await answers.of("a")).toBe(2);
  expect(pending).toHaveLength(2);
});

const fail = () => Promise.reject(new Error("there are three"));

test("a full map costs what one with room costs: what makes room is not looked for entry by entry", () => {
  const ENTRIES = 50_000;
  const setAll = (max: number) => {
    const map = makeBoundedMap<number, number>(max);
    for (let n = 0; n < ENTRIES; n++) map.set(n, n);
    const startedAtMs = performance.now();
    for (let n = 0; n < 2 * ENTRIES; n++) map.set(ENTRIES + n, n);
    return performance.now() - startedAtMs;
  };
  setAll(ENTRIES);
  // Both are timed in the same process, whatever else the machine does; looking cost fifty times as much.
  expect(setAll(ENTRIES) / setAll(10 * ENTRIES)).toBeLessThan(12);
});
