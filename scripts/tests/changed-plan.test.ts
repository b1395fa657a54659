import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

import { planChanged } from "./changed-plan.ts";

const root = path.resolve(import.meta.dirname, "../..");
const GENERATED = ["packages/db/src/generated/migrations.ts", "packages/redis/src/generated/lua.ts"];
const plan = (...changed: string[]) => planChanged(changed, GENERATED);

test.each([
  "package.json",
  "apps/web/package.json",
  "pnpm-lock.yaml",
  "vitest.config.ts",
  "apps/web/tsconfig.json",
  "packages/db/patches/postgres@3.4.9.patch",
  "scripts/services/postgres-server.ts",
])("a change of %s runs everything", (file) => {
  expect(plan("README.md", file)).toMatchObject({ int: "all", browser: "all" });
});

test("words alone run neither integration nor browser tests", () => {
  expect(plan("README.md", "docs/line.md", "apps/web/README.md")).toMatchObject({ int: [], browser: [] });
});

test("a source runs what reaches it, the tests that start programs, and every page", () => {
  const { int, browser } = plan("packages/core/src/hold/hold.ts");
  expect(int).toContain("packages/core/src/hold/hold.ts");
  expect(int).toContain("apps/cli/src/account.int.test.ts");
  expect(browser).toBe("all");
});

test("a page runs the browser tests alone", () => {
  expect(plan("apps/web/src/app/layout.tsx")).toMatchObject({ int: [], browser: "all" });
});

test.each([
  ["packages/db/migrations/0001_base.sql", GENERATED[0], GENERATED[1]],
  ["packages/redis/src/hold/acquire.lua", GENERATED[1], GENERATED[0]],
])("%s runs what reaches the code made from it", (file, made, other) => {
  expect(plan(file).int).toContain(made);
  expect(plan(file).int).not.toContain(other);
});

test("an integration test that changed runs, and no page", () => {
  const file = "packages/db/src/order/order-life.int.test.ts";
  expect(plan(file).int).toContain(file);
  expect(plan(file).browser).toEqual([]);
});

test("browser tests that changed run alone; what they share runs them all", () => {
  const file = "apps/web/e2e/offline.e2e.ts";
  expect(plan(file)).toMatchObject({ int: [], browser: [file] });
  expect(plan(file, "apps/web/e2e/sign-in.ts").browser).toBe("all");
});

test("a bench runs when it changed or what it measures did, and not for a test", () => {
  expect(plan("bench/purchase.ts")).toMatchObject({ int: [], browser: [], bench: true });
  expect(plan("packages/core/src/hold/hold.ts").bench).toBe(true);
  expect(plan("packages/db/src/order/order-life.int.test.ts").bench).toBe(false);
});

test("every decision is said", () => {
  expect(plan("docs/line.md").why).toEqual([
    "int: nothing, no file of the packages or of ticketctl changed",
    "browser: nothing, no page can differ",
    "bench: none",
  ]);
});

test("an integration test that starts a program of the repository runs with every source", () => {
  const starts = globSync("{packages,apps}/*/src/**/*.int.test.ts", { cwd: root }).filter((file) =>
    /\bspawn\(|import-process\.ts"/.test(readFileSync(path.join(root, file), "utf8")),
  );
  expect(starts.length).toBeGreaterThan(0);
  expect(plan("packages/core/src/hold/hold.ts").int).toEqual(expect.arrayContaining(starts));
  for (const file of GENERATED) expect(existsSync(path.join(root, file))).toBe(true);
});
