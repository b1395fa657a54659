import { expect, test } from "vitest";
import { safePath } from "./safe-path.ts";

test("a path of this site is kept with its query", () => {
  expect(safePath("/events/night/seats?view=list#row")).toBe("/events/night/seats?view=list#row");
});

test("no other site is ever a way back", () => {
  for (const next of [
    "//evil.test",
    "/\\evil.test",
    "https://evil.test",
    "javascript:alert(1)",
    "/\t/evil.test",
    "/.//evil.test",
    "/a/..//evil.test",
    "/%2e/%2e%2e//evil.test",
    "",
  ]) {
    expect(safePath(next)).not.toContain("evil");
    expect(safePath(next).startsWith("/")).toBe(true);
  }
});
