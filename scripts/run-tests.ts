import { randomInt } from "node:crypto";
import { existsSync, globSync, mkdirSync } from "node:fs";
import path from "node:path";

import { buildWeb } from "./app/build-web.ts";
import { PlainError, say, sayError, seconds, step } from "./bootstrap/say.mjs";
import { recordRun } from "./services/run-records.ts";
import { type Services, startServices } from "./services/start-services.ts";
import { stopOrphans } from "./services/stop-orphans.ts";
import { stopOnSignal } from "./stop-signals.ts";
import { runBenches } from "./tests/bench-suite.ts";
import { runBrowserSuite } from "./tests/browser-suite.ts";
import { type ChangedPlan, planChanged } from "./tests/changed-plan.ts";
import { findChromium } from "./tests/chromium.ts";
import { type SuiteCount, totalOf } from "./tests/counts.ts";
import { runDrills } from "./tests/drill-suite.ts";
import { changedFiles } from "./tests/git-changes.ts";
import { type Stage, type Wanted, wantedOf } from "./tests/stages.ts";
import { runOldest } from "./tests/oldest-suite.ts";
import { beginStatic } from "./tests/static-suite.ts";
import { hasBrowserTests, runVitest, type SuiteRun } from "./tests/suites.ts";

const root = path.resolve(import.meta.dirname, "..");
const stateDir = path.join(root, ".onsale");
const NEEDS_SERVICES: readonly Stage[] = ["int", "browser"];

/** Of all random tests of a run. */
function seedOf(): number {
  const given = process.env["TEST_SEED"];
  if (given === undefined) return randomInt(2 ** 31 - 100);
  if (/^\d{1,10}$/.test(given) && Number(given) <= 2 ** 31 - 100) return Number(given);
  throw new PlainError("TEST_SEED is a whole number below 2147483548.");
}

/** What a change can break, said in words; undefined: all. */
async function planOf({ isChanged, since }: Wanted): Promise<ChangedPlan | undefined> {
  if (!isChanged) return undefined;
  const { base, files } = await changedFiles(root, since);
  const plan = planChanged(files, globSync("packages/*/src/generated/*.ts", { cwd: root }));
  const count = `${files.length} ${files.length === 1 ? "file differs" : "files differ"} from ${base.slice(0, 10)}`;
  say(
    [`${count}; static checks and unit tests run whole.`, ...plan.why].map((line) => `  ${line}`).join("\n"),
  );
  return plan;
}

/** The stages of this run; one that a change cannot break is left out. */
function stagesOf({ stages }: Wanted, plan: ChangedPlan | undefined): readonly Stage[] {
  const isNone = (only: "all" | readonly string[] | undefined) => only !== undefined && only.length === 0;
  return stages.filter((stage) => {
    if (stage === "int") return !isNone(plan?.int);
    if (stage === "bench") return plan?.bench !== false;
    if (stage === "browser") return !isNone(plan?.browser) && hasBrowserTests(root);
    return true;
  });
}

/** What is gone cannot be asked for; whatever reached it has changed as well. */
const onlyOf = (files: "all" | readonly string[] | undefined) =>
  files === undefined || files === "all"
    ? {}
    : { only: files.filter((file) => existsSync(path.join(root, file))) };

/**
 * What the browser stage needs and takes long to make: while integration tests wait for their servers, the processor is
 * free for it. A failure is not lost: the stage asks for the same again.
 */
async function prepareBrowser(): Promise<void> {
  await Promise.allSettled([findChromium(root), buildWeb(root)]);
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
  const wanted = wantedOf(process.argv.slice(2));
  const seed = seedOf();
  process.env["TEST_SEED"] = String(seed);
  if (wanted.isLong) process.env["TEST_LONG"] = "1";
  const plan = await planOf(wanted);
  const stages = stagesOf(wanted, plan);
  const has = (stage: Stage) => stages.includes(stage);
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
    if (stages.some((stage) => NEEDS_SERVICES.includes(stage)))
      services = await startServices({
        dir: stateDir,
        throwaway: true,
        durable: false,
        recorder,
        databaseUrl: process.env["TEST_DATABASE_URL"] ?? process.env["DATABASE_URL"],
        redisUrl: process.env["TEST_REDIS_URL"] ?? process.env["REDIS_URL"],
      });
    const suite: SuiteRun = { root, dir, env: suiteEnv(services), onRunner };
    const seeded = has("int") || has("drills");
    if (seeded)
      say(`  Seed of the random tests: ${seed}; TEST_SEED=${seed} before the same command repeats them.`);
    const tellStatic = has("static") ? beginStatic(root) : undefined;
    let prepared: Promise<void> | undefined;
    const prepareAhead = () => {
      if (has("browser")) prepared ??= prepareBrowser();
    };
    const run: Record<Stage, () => Promise<SuiteCount>> = {
      unit: () => runVitest(suite, "unit"),
      static: async () => (tellStatic ?? beginStatic(root))(),
      int: () => {
        prepareAhead();
        return runVitest({ ...suite, ...onlyOf(plan?.int) }, "int");
      },
      browser: async () => {
        await prepared;
        return runBrowserSuite({ ...suite, ...onlyOf(plan?.browser) }, recorder);
      },
      bench: () => runBenches(suite),
      oldest: () => runOldest(suite),
      drills: () => runDrills(suite, seed),
    };
    const counts: SuiteCount[] = [];
    for (const stage of stages) counts.push(await guarded(stage, run[stage]));
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
