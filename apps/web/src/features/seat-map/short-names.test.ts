import { expect, test } from "vitest";
import { shortNames } from "./short-names.ts";

test("a name is shortened to its number or letter, where no other has the same", () => {
  expect(shortNames(["Block 112", "Block 113", "Stand A", "104"])).toEqual(["112", "113", "A", "104"]);
  expect(shortNames(["Lower 1", "Upper 1", "Upper 2"])).toEqual(["Lower 1", "Upper 1", "2"]);
  expect(shortNames(["Stalls left", "Front standing"])).toEqual(["Stalls left", "Front standing"]);
});
