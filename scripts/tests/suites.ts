import { spawn } from "node:child_process";
import { globSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

import { settle, type SuiteCount, tallyPlaywright, tallyVitest } from "./counts.ts";

export interface SuiteRun {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Where reports go. */
  readonly dir: string;
  /** Nothing else of this suite: for vitest sources, of which whatever reaches them runs, for Playwright test files. */
  readonly only?: readonly string[];
  /** Told the pid of the runner while it runs, for stopping it. */
  readonly onRunner: (runner: { stop: () => void } | undefined) => void;
}

interface Runner {
  readonly name: string;
  /** The package that has the runner, from the root. */
  readonly home: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly report: string;
  readonly tally: typeof tallyVitest;
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Runs a test runner in the open and counts what its report says. */
async function runSuite({ root, onRunner, only }: SuiteRun, runner: Runner): Promise<SuiteCount> {
  rmSync(runner.report, { force: true });
  const begun = performance.now();
  const exitCode = await new Promise<number>((resolve) => {
    const cwd = path.join(root, runner.home);
    const program = path.join(cwd, "node_modules", ".bin", runner.args[0] ?? "");
    const child = spawn(program, runner.args.slice(1), {
      cwd,
      env: runner.env,
      detached: true,
      stdio: ["ignore", "inherit", "inherit"],
    });
    const { pid } = child;
    if (pid !== undefined)
      onRunner({
        stop: () => {
          try {
            process.kill(-pid, "SIGKILL");
          } catch {
            // It has just ended by itself.
          }
        },
      });
    child.on("error", () => resolve(127));
    child.on("exit", (code) => resolve(code ?? 1));
  });
  onRunner(undefined);
  const report = readReport(runner.report);
  const mayBeEmpty = only !== undefined;
  const tally = settle(report === undefined ? undefined : runner.tally(report), exitCode, { mayBeEmpty });
  return { name: runner.name, ...tally, ms: performance.now() - begun };
}

export function runVitest(
  suite: SuiteRun,
  project: "unit" | "int",
  {
    name = project,
    under,
  }: { name?: string; /** Nothing but the tests of this folder. */ under?: string } = {},
): Promise<SuiteCount> {
  const report = path.join(suite.dir, `${name}.json`);
  const args = [
    "vitest",
    ...(suite.only === undefined ? ["run"] : ["related", ...suite.only, "--run", "--passWithNoTests"]),
    ...(under === undefined ? [] : [under]),
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  return runSuite(suite, { name, home: ".", args, env: suite.env, report, tally: tallyVitest });
}

/** Whether the browser suite has any test yet. */
export function hasBrowserTests(root: string): boolean {
  return globSync("apps/web/e2e/**/*.{e2e,spec,test}.ts", { cwd: root }).length > 0;
}

export function runPlaywright(suite: SuiteRun): Promise<SuiteCount> {
  const report = path.join(suite.dir, "browser.json");
  const home = path.join("apps", "web");
  const files = (suite.only ?? []).map((file) => path.relative(home, file));
  const args = ["playwright", "test", ...files, "--reporter=list,json"];
  const env = { ...suite.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_HTML_OPEN: "never" };
  return runSuite(suite, {
    name: "browser",
    home,
    args,
    env,
    report,
    tally: tallyPlaywright,
  });
}
