import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { must } from "../shared/assert.ts";
import { drawOrder } from "./draw.ts";
import { DrawFile, drawFileText } from "./draw-file.ts";
import { entryIdOf } from "./entry-id.ts";
import { makeMerkleTree, verifyInclusion } from "./merkle.ts";
import { verifyDraw } from "./verify-draw.ts";

const PAGE = readFileSync(new URL("../../../../docs/fair-draw.md", import.meta.url), "utf8");
const blocks = (language: string) =>
  Array.from(
    PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n(.+?)\\n\`\`\`$`, "gms")),
    (match) => match[1] ?? "",
  );
const TEXTS = blocks("json");
const FANS = Array.from(PAGE.matchAll(/^ {4}(\d) ([0-9a-f]{32})$/gm), (match) => match[2] ?? "");

test("the page has two vectors, of five fans each, as the file is written", () => {
  expect(FANS).toHaveLength(5);
  expect(TEXTS).toHaveLength(2);
  for (const text of TEXTS) expect(drawFileText(DrawFile.parse(JSON.parse(text)))).toBe(text);
});

test("the ids of the page's fans follow from line, account and nonce", () => {
  const lineId = must(/in line `([^`]+)`/.exec(PAGE)?.[1], "line");
  const ids = [1, 2, 3, 4, 5].map((n) =>
    entryIdOf({ lineId, accountId: `00000000-0000-4000-8000-00000000000${n}`, nonce: String(n).repeat(32) }),
  );
  expect(ids).toEqual(FANS);
});

test("the vectors of the page, with and without a public value, are what this code draws and accepts", () => {
  const files = TEXTS.map((text) => DrawFile.parse(JSON.parse(text)));
  expect(files.map((file) => file.publicValue === null)).toEqual([true, false]);
  for (const file of files) {
    expect(drawOrder({ ...file, entries: FANS })).toEqual(file.entries);
    expect(verifyDraw(file)).toEqual({ kind: "holds", entries: 5, place: null });
  }
  const told = Array.from(PAGE.matchAll(/\((?:their order: )?((?:\d, ){4}\d)\)/g), (match) => match[1]);
  expect(told).toEqual(files.map((file) => file.entries.map((entry) => FANS.indexOf(entry) + 1).join(", ")));
});

test("the inclusion paths of the page lead to its root", () => {
  const { entriesRoot: root } = DrawFile.parse(JSON.parse(TEXTS[0] ?? ""));
  const tree = makeMerkleTree(FANS.toSorted());
  expect(tree.root).toBe(root);
  const told = PAGE.slice(PAGE.indexOf("The inclusion path of fan 5")).split("and of fan 4");
  for (const [n, fan] of [5, 4].entries()) {
    const path = told[n]?.match(/[0-9a-f]{64}/g) ?? [];
    const entry = FANS[fan - 1] ?? "";
    expect(path.length).toBeGreaterThan(0);
    expect(tree.pathOf(entry)).toEqual({ index: fan === 5 ? 3 : 4, path });
    expect(verifyInclusion({ entry, index: fan === 5 ? 3 : 4, size: 5, path, root })).toBe(true);
  }
});

/** What the page's own program says of a file. */
function checkOf(text: string, ...entry: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "fair-draw-"));
  try {
    const [program, file] = [join(folder, "check.mjs"), join(folder, "draw.json")];
    writeFileSync(program, must(blocks("js")[0], "program"));
    writeFileSync(file, text);
    return execFileSync(process.execPath, [program, file, ...entry], { encoding: "utf8" }).trim();
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout).trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the page's program accepts the vectors and refuses what was changed", () => {
  const [plain = "", mixed = ""] = TEXTS;
  expect(checkOf(plain)).toBe("holds: 5 entries, place not asked");
  expect(checkOf(mixed, FANS[4] ?? "")).toBe("holds: 5 entries, place 1");
  const { entries, ...rest } = DrawFile.parse(JSON.parse(plain));
  expect(checkOf(JSON.stringify({ ...rest, entries: FANS }))).toBe("refused: order, or an entry twice");
  expect(checkOf(JSON.stringify({ ...rest, entries: entries.slice(1) }))).toBe("refused: root");
  expect(checkOf(plain.replace('"seed":"00', '"seed":"01'))).toBe("refused: seed");
  expect(checkOf(plain, "0".repeat(32))).toBe("refused: this entry did not take part");
});
