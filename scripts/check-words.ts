import { globSync, readFileSync } from "node:fs";
import path from "node:path";

import { keptOutBy, misnamed, PASSED_OVER } from "./words/kept-out.ts";
import { type Found, tellFaults } from "./tell-faults.ts";

const GLOSSARY = "docs/glossary.md";
const TEXTS = [
  "*.{md,json,ts,yml,yaml}",
  "{apps,packages,scripts,bench,docs,deploy}/**/*.{ts,tsx,mjs,js,sql,lua,css,md,json,yml,yaml,sh,html,txt}",
];
/** What is made, not written. */
const MADE = [
  "**/node_modules/**",
  "**/.next/**",
  "**/.onsale/**",
  "**/test-results/**",
  "**/playwright-report/**",
];

/** Every word of the tree at `root` that the glossary keeps out, a line each; `says` is what was read. */
export function checkWords(root: string): Found {
  const words = keptOutBy(readFileSync(path.join(root, GLOSSARY), "utf8"));
  const files = globSync(TEXTS, { cwd: root, exclude: MADE }).filter((file) => !PASSED_OVER.test(file));
  const faults = [
    ...(words.length === 0 ? [`${GLOSSARY} keeps no word out`] : []),
    ...(files.length === 0 ? ["no files found"] : []),
    ...files.flatMap((file) => [
      ...misnamed(words, file, file).map((fault) => `${fault}, in its name`),
      ...misnamed(words, file, readFileSync(path.join(root, file), "utf8")),
    ]),
  ];
  return { faults, says: `${words.length} words kept out of ${files.length} files, ${faults.length} found.` };
}

if (import.meta.main) await tellFaults(checkWords);
