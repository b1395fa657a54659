import { mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { PlainError, say, sayError, seconds, step } from "./bootstrap/say.mjs";
import { describeResult, runChecks, STATIC_CHECKS } from "./checks.ts";
import { recordRun } from "./services/run-records.ts";
import { type Services, startServices } from "./services/start-services.ts";
import { stopOrphans } from "./services/stop-orphans.ts";
import { stopOnSignal } from "./stop-signals.ts";
import { type SuiteCount, totalOf } from "./tests/counts.ts";
import { hasBrowserTests, runVitest, type SuiteRun } from "./tests/suites.ts";
import { runBrowserSuite } from "./tests/browser-suite.ts";

const STAGES = ["static", "unit", "int", "browser"] as const;
type Stage = (typeof STAGES)[number];

const root = path.resolve(import.meta.dirname, "..");
const stateDir = path.join(root, ".onsale");

const isStage = (name: string): name is Stage => STAGES.some((stage) => stage === name);

/** All stages, or those named after --only. */
function wantedStages(): readonly Stage[] {
  const { values } = parseArgs({ options: { only: { type: "string", multiple: true } } });
  const only = values.only?.flatMap((list) => list.split(","));
  if (only === undefined) return STAGES;
  const unknown = only.find((name) => !isStage(name));
  if (unknown !== undefined)
    throw new PlainError(`There is no stage "${unknown}": --only takes ${STAGES.join(", ")}.`);
  return STAGES.filter((stage) => only.includes(stage));
}

/** Each static check counts as one. */
async function runStatic(): Promise<SuiteCount> {
  const begun = performance.now();
  const results = await runChecks(root, STATIC_CHECKS, (result) => say(describeResult(result)));
  const passed = results.filter(({ ok }) => ok).length;
  return {
    name: "static",
    passed,
    failed: results.length - passed,
    skipped: 0,
    ms: performance.now() - begun,
  };
}

/** A suite that cannot even start has failed, and the others still run. */
async function guarded(name: Stage, run: () => Promise<SuiteCount>): Promise<SuiteCount> {
  say(`\n${name}`);
  const begun = performance.now();
  try {
    return await run();
  } catch (error) {
    sayError(error);
    return { name, passed: 0, failed: 1, skipped: 0, ms: performance.now() - begun };
  }
}

function suiteEnv(services: Services | undefined): NodeJS.ProcessEnv {
  const env = process.env;
  if (services === undefined) return env;
  return {
    ...env,
    TEST_DATABASE_URL: env["TEST_DATABASE_URL"] ?? services.databaseUrl,
    TEST_REDIS_URL: env["TEST_REDIS_URL"] ?? services.redisUrl,
  };
}

function describeSuite({ name, passed, failed, skipped, ms }: SuiteCount): string {
  const skips = skipped === 0 ? "" : `, ${skipped} skipped`;
  return `  ${failed === 0 ? "✓" : "✗"} ${name}: ${passed} passed, ${failed} failing${skips} (${seconds(ms)})`;
}

async function main(): Promise<number> {
  const stages = wantedStages();
  const stopped = await stopOrphans(stateDir);
  if (stopped.length > 0) say(`  Stopped what a killed run left behind: ${stopped.join(", ")}.`);
  const recorder = recordRun(stateDir, "test");
  let services: Services | undefined;
  let runner: { stop: () => void } | undefined;
  const stop = async () => {
    runner?.stop();
    await services?.stop();
    recorder.close();
  };
  const signals = stopOnSignal(stop);
  const dir = path.join(stateDir, "reports");
  mkdirSync(dir, { recursive: true });
  const onRunner = (now: { stop: () => void } | undefined) => {
    runner = now;
  };
  try {
    if (stages.some((stage) => stage === "int" || stage === "browser"))
      services = await startServices({
        dir: stateDir,
        throwaway: true,
        durable: false,
        recorder,
        databaseUrl: process.env["TEST_DATABASE_URL"] ?? process.env["DATABASE_URL"],
        redisUrl: process.env["TEST_REDIS_URL"] ?? process.env["REDIS_URL"],
      });
    const suite: SuiteRun = { root, dir, env: suiteEnv(services), onRunner };
    const run: Record<Stage, () => Promise<SuiteCount>> = {
      static: runStatic,
      unit: () => runVitest(suite, "unit"),
      int: () => runVitest(suite, "int"),
      browser: () => runBrowserSuite(suite, recorder),
    };
    const counts: SuiteCount[] = [];
    for (const stage of stages) {
      if (stage === "browser" && !hasBrowserTests(root)) continue;
      counts.push(await guarded(stage, run[stage]));
    }
    await step("stop everything", stop);
    const { passed, failed } = totalOf(counts);
    say(`\n${counts.map(describeSuite).join("\n")}\n`);
    say(`${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    if (signals.stopping()) await signals.left;
    else await stop();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  sayError(error);
  say("0 passed, 1 failed");
  process.exitCode = 1;
}
