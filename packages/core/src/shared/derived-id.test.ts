import { expect, test } from "vitest";
import { z } from "zod";
import { derivedId } from "./derived-id.ts";

test("the same parts give the same id, other parts another", () => {
  const id = derivedId("hold", "a", "b");
  expect(derivedId("hold", "a", "b")).toBe(id);
  expect(z.uuid().safeParse(id).success).toBe(true);
  expect(
    new Set([id, derivedId("order", "a", "b"), derivedId("hold", "ab", ""), derivedId("hold", "a", "c")])
      .size,
  ).toBe(4);
});
