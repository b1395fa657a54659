import { expect, test } from "vitest";
import { pathAfter } from "../account/safe-path.ts";
import { codeIn, signInWithCode } from "./linked-code.ts";

test("a code that came with a link is still there after signing in, and never in what a server is asked", () => {
  const page = new URL(signInWithCode("gala", "7K2M-Q9XD-4T8B"), "https://onsale.example");
  expect(`${page.pathname}${page.search}`).not.toContain("7K2M");
  const after = pathAfter(page.searchParams.get("next") ?? "", page.hash);
  expect(after).toBe("/events/gala#code=7K2M-Q9XD-4T8B");
  expect(codeIn(new URL(after, page).hash)).toBe("7K2M-Q9XD-4T8B");
  expect(signInWithCode("gala", "")).toBe("/sign-in?next=%2Fevents%2Fgala");
});

test("where to go keeps its own place on the page", () => {
  expect(pathAfter("/events/gala#prices", "#code=7K2M")).toBe("/events/gala#prices");
  expect(pathAfter("//evil.test", "#x")).toBe("/#x");
});
