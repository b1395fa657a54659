import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const APP = path.resolve(import.meta.dirname, "../app");

/** A line that only names types loads nothing. */
const LOADED = /^(?!import type\b|export type\b).*?\bfrom\s*"(\.[^"]+)"/gm;

/** The file and all that it imports from this app; an import() that is made when needed brings its own provider. */
function reached(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, name = ""] of readFileSync(file, "utf8").matchAll(LOADED)) {
    const next = [name, `${name}.ts`, `${name}.tsx`]
      .map((candidate) => path.resolve(path.dirname(file), candidate))
      .find((candidate) => /\.tsx?$/.test(candidate) && existsSync(candidate));
    if (next) reached(next, seen);
  }
  return seen;
}

const says = (words: RegExp) => (file: string) => words.test(readFileSync(file, "utf8"));
const callsApi = says(
  /import [^;]*\buseTRPC(?:Client)?\b[^;]*from "[^"]*provider\.tsx"|from "@tanstack\/react-query"/,
);
const providesApi = says(/<ApiProvider>/);

function layoutsAbove(page: string): string[] {
  const folders = path.relative(APP, path.dirname(page)).split(path.sep);
  return folders
    .map((_, depth) => path.join(APP, ...folders.slice(0, depth + 1), "layout.tsx"))
    .concat(path.join(APP, "layout.tsx"))
    .filter((file) => existsSync(file));
}

test("every page that calls the API stands under its provider, and the event's page does without", () => {
  const pages = globSync("**/page.tsx", { cwd: APP }).map((name) => path.join(APP, name));
  const [calling, plain] = [true, false].map((calls) =>
    pages.filter(
      (page) => [...reached(page)].filter((file) => !file.endsWith("provider.tsx")).some(callsApi) === calls,
    ),
  );
  const bare = calling?.filter((page) => !layoutsAbove(page).some(providesApi));
  expect(bare?.map((page) => path.relative(APP, page))).toEqual([]);
  expect(calling?.length).toBeGreaterThan(10);
  const without = plain?.map((page) => path.relative(APP, page));
  expect(without).toEqual(expect.arrayContaining(["page.tsx", "events/[slug]/page.tsx"]));
  expect(layoutsAbove(path.join(APP, "events", "[slug]", "page.tsx")).some(providesApi)).toBe(false);
});
