import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const SRC = path.join(import.meta.dirname, "..");
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" });
const textOf = (file: string) => readFileSync(path.join(SRC, file), "utf8");

type Sheet = { readonly file: string; readonly classes: ReadonlySet<string> };
type Reader = {
  readonly file: string;
  readonly sheet: string;
  readonly names: readonly string[];
  /** A class is computed there: which ones, nobody can tell from the text. */
  readonly isComputed: boolean;
};

const sheets: readonly Sheet[] = files
  .filter((file) => file.endsWith(".module.css"))
  .map((file) => {
    const selectors = textOf(file)
      .replaceAll(/\/\*.*?\*\//gs, "")
      .replaceAll(/\{[^{}]*\}/g, "{}");
    return {
      file,
      classes: new Set([...selectors.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name = ""]) => name)),
    };
  });

const readers: readonly Reader[] = files
  .filter((file) => file.endsWith(".tsx"))
  .flatMap((file) => {
    const text = textOf(file);
    return [...text.matchAll(/import (\w+) from "([^"]+\.module\.css)"/g)].map(([, binding, from = ""]) => ({
      file,
      sheet: path.join(path.dirname(file), from),
      names: [...text.matchAll(new RegExp(`\\b${binding}\\["([^"]+)"\\]`, "g"))].map(([, name = ""]) => name),
      isComputed: new RegExp(`\\b${binding}\\[[^"]`).test(text),
    }));
  });

const composed = sheets.flatMap(({ file }) =>
  [...textOf(file).matchAll(/composes: (\w+) from "([^"]+)"/g)].map(
    ([, name, from = ""]) => `${path.join(path.dirname(file), from)} .${name}`,
  ),
);

it("every class that a component names stands in its sheet", () => {
  const missing = readers.flatMap(({ file, sheet, names }) =>
    names
      .filter((name) => !sheets.some((one) => one.file === sheet && one.classes.has(name)))
      .map((name) => `${file}: .${name} is not in ${sheet}`),
  );
  expect(missing).toEqual([]);
});

it("every class of a sheet is named by a component", () => {
  const dead = sheets.flatMap(({ file, classes }) => {
    const own = readers.filter(({ sheet }) => sheet === file);
    if (own.some(({ isComputed }) => isComputed)) return [];
    const named = new Set(own.flatMap(({ names }) => names));
    return [...classes]
      .map((name) => `${file} .${name}`)
      .filter((one) => {
        const name = one.slice(one.lastIndexOf(".") + 1);
        return !named.has(name) && !composed.includes(one);
      });
  });
  expect(dead).toEqual([]);
});
