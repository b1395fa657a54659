import { expect, test } from "vitest";
import { isKeptWish } from "./kept-wish.ts";

test("a kept wish is read as it was written", () => {
  const wish = { quantity: 3, level: "balcony", accessible: true };
  expect(isKeptWish(JSON.parse(JSON.stringify(wish)))).toBe(true);
});

test("what another page or a visitor wrote into the storage is not a wish", () => {
  for (const value of [
    null,
    [],
    { quantity: 0, level: "", accessible: false },
    { quantity: "2", level: "", accessible: false },
    { quantity: 2, level: null, accessible: false },
    { quantity: 2, level: "" },
  ])
    expect(isKeptWish(value)).toBe(false);
});
