import { globSync } from "node:fs";
import path from "node:path";

import { run } from "./bootstrap/run.mjs";
import { PlainError, say, sayError } from "./bootstrap/say.mjs";

/** What dependency-cruiser has to read, and what it must have read: the same list, found twice. */
const ROOTS = ["apps", "packages", "scripts", "bench"];
const SOURCES = "{apps,packages}/*/{src,scripts,e2e}/**/*.{ts,tsx}";

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: { readonly violations: readonly Violation[] };
}

/** Sources that the cruiser did not read. It passes on 0 modules without a word, so its silence proves nothing. */
export function unreadSources(sources: readonly string[], read: readonly string[]): readonly string[] {
  const known = new Set(read);
  return sources.filter((source) => !known.has(source));
}

function parseCruise(output: string): Cruise {
  const value: unknown = JSON.parse(output);
  if (typeof value === "object" && value !== null && "modules" in value && "summary" in value)
    return value as Cruise;
  throw new PlainError("dependency-cruiser printed no result.");
}

async function main(): Promise<number> {
  const root = path.resolve(import.meta.dirname, "..");
  const sources = globSync(SOURCES, { cwd: root, exclude: ["**/node_modules/**", "**/.next/**"] });
  const program = path.join(root, "node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs");
  const preload = ["--import", path.join(import.meta.dirname, "teach-swc-using.mjs")];
  const args = ["--config", ".dependency-cruiser.cjs", "--output-type", "json", ...ROOTS];
  const done = await run(process.execPath, [...preload, program, ...args], { cwd: root });
  if (!done.output.trimStart().startsWith("{"))
    throw new PlainError(`dependency-cruiser failed:\n${done.output}`);
  const { modules, summary } = parseCruise(done.output);
  const unread = unreadSources(
    sources,
    modules.map((module) => module.source),
  );
  for (const { rule, from, to } of summary.violations) say(`${rule.name}: ${from} -> ${to}`);
  for (const source of unread) say(`not read: ${source}`);
  say(
    `${modules.length} modules read, ${sources.length} sources found, ${summary.violations.length} violations.`,
  );
  return summary.violations.length === 0 && unread.length === 0 && sources.length > 0 ? 0 : 1;
}

if (import.meta.main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    sayError(error);
    process.exitCode = 1;
  }
}
