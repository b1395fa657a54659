import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";

import { buildWeb } from "../app/build-web.ts";
import { settle, type SuiteCount } from "./counts.ts";
import type { SuiteRun } from "./suites.ts";

/** Every bench with tiny counts, on services of its own: says that it runs and that what it checks holds, nothing of speed. */
export async function runBenches({ root, dir, env, onRunner }: SuiteRun): Promise<SuiteCount> {
  // One of them asks for pages.
  await buildWeb(root);
  const begun = performance.now();
  const report = path.join(dir, "bench.json");
  rmSync(report, { force: true });
  const exitCode = await new Promise<number>((resolve) => {
    const args = [path.join("bench", "run.ts"), "--tiny", `--report=${report}`];
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
    onRunner({ stop: () => void child.kill("SIGTERM") });
    child.on("error", () => resolve(127));
    child.on("exit", (code) => resolve(code ?? 1));
  });
  onRunner(undefined);
  return { name: "bench", ...settle(tallyOf(report), exitCode), ms: performance.now() - begun };
}

function tallyOf(report: string): Pick<SuiteCount, "passed" | "failed" | "skipped"> | undefined {
  try {
    // Safe because bench/run.ts wrote it just now, whole or not at all.
    const ran = JSON.parse(readFileSync(report, "utf8")) as { passed: number; failed: number };
    return { passed: ran.passed, failed: ran.failed, skipped: 0 };
  } catch {
    return undefined;
  }
}
