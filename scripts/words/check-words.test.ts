import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";

import { checkWords } from "../check-words.ts";
import { keptOutBy, misnamed } from "./kept-out.ts";

const GLOSSARY = `| term | what it is | elsewhere | not |
|---|---|---|---|
| **selection** | places marked, see \`kept-selection.ts\` | pretix: \`cart\` form | \`basket\`, \`cart\`, choice |
| **plan** | all of it | | \`house\` |
| **line** | the wait | | \`waiting room\`, queue |
`;
const WORDS = keptOutBy(GLOSSARY);

const trees: string[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true });
});

function planted(files: Readonly<Record<string, string>>): string {
  const tree = mkdtempSync(path.join(os.tmpdir(), "onsale-words-"));
  trees.push(tree);
  for (const [file, text] of Object.entries({ "docs/glossary.md": GLOSSARY, ...files })) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  }
  return tree;
}

test("what the glossary keeps out are the words in code letters in its last column", () => {
  expect(WORDS).toEqual(["basket", "cart", "house", "waiting room"]);
});

test.each([
  "Your cart is empty.",
  "two carts",
  "const cartBar = 1;",
  "openCart()",
  "CART_MAX",
  "cart-bar",
  "SELECT whole_house",
  "the operator of the house",
  "waitingRoom",
  "waiting rooms",
  "isHouse(seat)",
])("is refused: %s", (line) => {
  expect(misnamed(WORDS, "apps/web/src/x.ts", `\n${line}`)).toEqual([
    expect.stringMatching(/^apps\/web\/src\/x\.ts:2: "(cart|house|waiting room)" is not a word of Onsale/),
  ]);
});

test.each([
  "house seats",
  "houseSeatsOf(plan)",
  "SEAT_FLAG.houseSeat",
  "cartoon",
  "Lighthouse",
  "one household",
])("is let stand: %s", (line) => expect(misnamed(WORDS, "apps/web/src/x.ts", line)).toEqual([]));

test("the mark of a house seat stands in layouts and nowhere else", () => {
  expect(misnamed(WORDS, "packages/core/src/layout/layout.ts", "house: true")).toEqual([]);
  expect(misnamed(WORDS, "packages/core/src/hold/hold.ts", "house: true")).toHaveLength(1);
});

test("a planted word is found in every kind of file, and in a file's name", () => {
  const tree = planted({
    "README.md": "an empty house",
    "apps/web/src/cart-bar.tsx": "export const one = 1;",
    "packages/db/functions/sale/one.sql": "-- the basket",
    "packages/redis/src/one.lua": "-- the waiting room",
    "packages/db/src/generated/one.ts": "// a house that is generated",
    "node_modules/x/index.js": "// a cart of others",
  });
  expect(checkWords(tree).faults.toSorted()).toEqual([
    expect.stringMatching(/^README\.md:1: "house"/),
    expect.stringMatching(/^apps\/web\/src\/cart-bar\.tsx:1: "cart" .*in its name$/),
    expect.stringMatching(/^packages\/db\/functions\/sale\/one\.sql:1: "basket"/),
    expect.stringMatching(/^packages\/redis\/src\/one\.lua:1: "waiting room"/),
  ]);
});

test("a glossary that keeps nothing out, or a tree without files, is a fault", () => {
  expect(checkWords(planted({ "docs/glossary.md": "| term |" })).faults).toEqual([
    "docs/glossary.md keeps no word out",
    "no files found",
  ]);
});
