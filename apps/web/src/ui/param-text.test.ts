import { expect, it } from "vitest";
import { paramText } from "./param-text.ts";

it("a parameter that an address says twice counts as not said", () => {
  expect(paramText({ q: ["a", "b"] }, "q")).toBe("");
  expect(paramText({ q: " abc " }, "q", 2)).toBe("ab");
});

it("a parameter is text that the API takes: no half of a character at the cut, and no NUL", () => {
  expect(paramText({ q: "ab😀" }, "q", 3)).toBe("ab");
  expect(paramText({ q: "a\0b" }, "q")).toBe("ab");
});
