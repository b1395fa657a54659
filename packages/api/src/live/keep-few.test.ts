import { expect, test } from "vitest";
import { keepFew } from "./keep-few.ts";

test("who asks while it is under way, and afterwards, gets the same piece of work", async () => {
  const made: string[] = [];
  const ask = keepFew(2, async (name: string) => {
    made.push(name);
    return name.toUpperCase();
  });
  expect(await Promise.all([ask("a"), ask("a")])).toEqual(["A", "A"]);
  expect(await ask("a")).toBe("A");
  expect(made).toEqual(["a"]);
});

test("names that come to nothing push out nothing that is kept", async () => {
  const made: string[] = [];
  const ask = keepFew(1, async (name: string) => {
    made.push(name);
    if (name !== "real") throw new Error("no such thing");
    return name;
  });
  await ask("real");
  for (const name of ["x", "y", "z"]) await expect(ask(name)).rejects.toThrow("no such thing");
  await ask("real");
  expect(made).toEqual(["real", "x", "y", "z"]);
});

test("different pieces are done one after the other, and the oldest makes room", async () => {
  let running = 0;
  const made: number[] = [];
  const ask = keepFew(2, async (name: number) => {
    running += 1;
    expect(running).toBe(1);
    await Promise.resolve();
    running -= 1;
    made.push(name);
    return name;
  });
  await Promise.all([1, 2, 3].map(ask));
  await Promise.all([3, 2].map(ask));
  expect(made).toEqual([1, 2, 3]);
  await ask(1);
  expect(made).toEqual([1, 2, 3, 1]);
});
