import { say } from "../bootstrap/say.mjs";
import type { SuiteCount } from "./counts.ts";
import { runVitest, type SuiteRun } from "./suites.ts";

/** All tests of the database on the oldest PostgreSQL that is promised; it has to be there, so a run may go without. */
export async function runOldest(suite: SuiteRun): Promise<SuiteCount> {
  const name = "oldest";
  const url = suite.env["OLDEST_DATABASE_URL"];
  if (url === undefined) {
    say(
      "  Skipped: OLDEST_DATABASE_URL names no PostgreSQL 15; docs/configuration.md says where to get one from npm.",
    );
    return { name, passed: 0, failed: 0, skipped: 1, ms: 0 };
  }
  // The repetitions ran on the newest one.
  const env = { ...suite.env, TEST_DATABASE_URL: url, TEST_LONG: undefined };
  return runVitest({ ...suite, env }, "int", { name, under: "packages/db" });
}
