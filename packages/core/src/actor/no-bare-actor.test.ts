import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.join(import.meta.dirname, "../../../..");
const sources = ["apps", "packages"].flatMap((part) =>
  readdirSync(path.join(ROOT, part)).flatMap((name) => {
    const under = path.join(part, name, "src");
    return readdirSync(path.join(ROOT, under), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
      .map((file) => path.join(under, file));
  }),
);
const having = (pattern: RegExp) =>
  sources.filter((file) => pattern.test(readFileSync(path.join(ROOT, file), "utf8")));

test("who asks is an Actor everywhere, and no name that anybody could write", () => {
  expect(sources.length).toBeGreaterThan(500);
  expect(having(/\bactor\??: (?:string|"|`)/)).toEqual([]);
});

test("its name for the audit is written in one place of the database's package", () => {
  expect(having(/auditName\(/).filter((file) => file.startsWith("packages/db/"))).toEqual([
    "packages/db/src/audit/audited.ts",
  ]);
});
