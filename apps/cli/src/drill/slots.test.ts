import { expect, test } from "vitest";
import { makeSlots } from "./slots.ts";

test("never more under way than there are slots, and first come, first served", async () => {
  const slots = makeSlots(3);
  const order: number[] = [];
  let [now, most] = [0, 0];
  await Promise.all(
    Array.from({ length: 3_000 }, async (_, n) => {
      await slots.take();
      order.push(n);
      now += 1;
      most = Math.max(most, now);
      await Promise.resolve();
      now -= 1;
      slots.give();
    }),
  );
  expect(most).toBe(3);
  expect(order).toEqual(Array.from({ length: 3_000 }, (_, n) => n));
});
