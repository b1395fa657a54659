import { expect, test } from "vitest";
import { makeBatcher } from "./batcher.ts";

test("who asks while a batch runs waits for the next one, and no key waits for another", async () => {
  const batches: string[] = [];
  let finish = () => {};
  const ask = makeBatcher<string, number, number>({
    max: 3,
    run: async (key, inputs) => {
      batches.push(`${key} ${inputs.join(",")}`);
      if (key === "slow") await new Promise<void>((resolve) => (finish = resolve));
      return inputs.map((input) => input * 2);
    },
  });
  const first = [ask("slow", 1), ask("slow", 2)];
  await Promise.resolve();
  const later = [3, 4, 5, 6].map((input) => ask("slow", input));
  expect(await ask("quick", 7)).toBe(14);
  expect(batches).toEqual(["slow 1,2", "quick 7"]);
  finish();
  expect(await Promise.all(first)).toEqual([2, 4]);
  await expect.poll(() => batches.length).toBe(3);
  finish();
  await expect.poll(() => batches.length).toBe(4);
  finish();
  expect(await Promise.all(later)).toEqual([6, 8, 10, 12]);
  expect(batches.slice(2)).toEqual(["slow 3,4,5", "slow 6"]);
});

test("one bad input fails alone, found by halving; a fault of the server fails all of them", async () => {
  const sizes: number[] = [];
  const asking = (isOneToBlame: boolean) =>
    makeBatcher<"all", number, number>({
      max: 100,
      isOneToBlame: () => isOneToBlame,
      run: async (_, inputs) => {
        sizes.push(inputs.length);
        if (inputs.includes(13)) throw new Error("thirteen");
        return inputs;
      },
    });
  const all = Array.from({ length: 32 }, (_, n) => n);
  const halved = asking(true);
  const some = await Promise.allSettled(all.map((n) => halved("all", n)));
  expect(some.flatMap(({ status }, n) => (status === "rejected" ? [n] : []))).toEqual([13]);
  expect(sizes.length).toBeLessThan(14);
  const whole = asking(false);
  const none = await Promise.allSettled(all.map((n) => whole("all", n)));
  expect(none.every(({ status }) => status === "rejected")).toBe(true);
});
