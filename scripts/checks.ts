import path from "node:path";

import { run } from "./bootstrap/run.mjs";

/** One static check of `pnpm verify`. */
export interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly output: string;
  readonly ms: number;
}

/** How many checks run at once: most of them use more than one thread already. */
const LANES = 3;

/** Longest first, so that no long one starts last. */
export const STATIC_CHECKS: readonly Check[] = [
  { name: "lint (oxlint, type-aware)", command: "oxlint", args: ["--type-aware"] },
  { name: "types (tsc)", command: "tsc", args: ["-p", "tsconfig.json"] },
  { name: "types of the web app (tsc)", command: "tsc", args: ["-p", "apps/web/tsconfig.json"] },
  { name: "unused code (knip)", command: "knip", args: [] },
  { name: "layers and cycles", command: "node", args: ["scripts/check-layers.ts"] },
  { name: "words of the glossary", command: "node", args: ["scripts/check-words.ts"] },
  { name: "sentences at the edges alone", command: "node", args: ["scripts/check-sentences.ts"] },
  { name: "format (oxfmt)", command: "oxfmt", args: ["--check"] },
  { name: "generated code is current", command: "pnpm", args: ["gen:check"] },
];

async function runCheck(root: string, check: Check): Promise<CheckResult> {
  const begun = performance.now();
  const PATH = `${path.join(root, "node_modules", ".bin")}${path.delimiter}${process.env["PATH"] ?? ""}`;
  const done = await run(check.command, [...check.args], {
    cwd: root,
    env: { ...process.env, PATH, NO_COLOR: "1" },
  });
  return { name: check.name, ok: done.code === 0, output: done.output, ms: performance.now() - begun };
}

/** Runs the checks a few at a time; tells of each as it ends. */
export async function runChecks(
  root: string,
  checks: readonly Check[],
  onResult: (result: CheckResult) => void,
): Promise<readonly CheckResult[]> {
  const waiting = [...checks];
  const results: CheckResult[] = [];
  const lane = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const result = await runCheck(root, check);
      onResult(result);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}

/** One line per check; what a failed one printed follows it. */
export function describeResult({ name, ok, output, ms }: CheckResult): string {
  const line = `  ${ok ? "✓" : "✗"} ${name} (${(ms / 1000).toFixed(1)} s)`;
  return ok ? line : `${line}\n${output.trimEnd().replaceAll(/^/gm, "      ")}`;
}
