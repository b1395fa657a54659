import path from "node:path";

import { say, sayError, seconds } from "./bootstrap/say.mjs";
import { type Check, describeResult, runChecks, STATIC_CHECKS } from "./checks.ts";

const UNIT_TESTS: Check = {
  name: "unit tests (vitest)",
  command: "vitest",
  args: ["run", "--project", "unit", "--reporter=dot"],
};

async function main(): Promise<number> {
  const begun = performance.now();
  const root = path.resolve(import.meta.dirname, "..");
  const results = await runChecks(root, [UNIT_TESTS, ...STATIC_CHECKS], (result) =>
    say(describeResult(result)),
  );
  const failed = results.filter(({ ok }) => !ok);
  const took = seconds(performance.now() - begun);
  say(
    failed.length === 0
      ? `\nAll ${results.length} checks hold (${took}).`
      : `\n${failed.length} of ${results.length} checks failed (${took}).`,
  );
  return failed.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  sayError(error);
  process.exitCode = 1;
}
