import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const SRC = new URL("../../", import.meta.url);
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" });
const textOf = (file: string) => readFileSync(new URL(file, SRC), "utf8");
const holding = (ending: string, words: RegExp) =>
  files.filter((file) => file.endsWith(ending) && words.test(textOf(file))).sort();

it("every page stands in one of the two frames", () => {
  expect(holding(".tsx", /<main\b/)).toEqual(["ui/frame/page-frame.tsx", "ui/frame/portal-frame.tsx"]);
});

it("the width of a page is set in one place", () => {
  expect(holding(".css", /max-width: var\(--(page|frame)/)).toEqual(["ui/frame/page-frame.module.css"]);
  expect(holding(".css", /margin: 0 auto/)).toEqual(["ui/frame/page-frame.module.css"]);
});
