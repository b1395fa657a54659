import { say } from "../bootstrap/say.mjs";
import { describeResult, runChecks, STATIC_CHECKS } from "../checks.ts";
import type { SuiteCount } from "./counts.ts";

/** Begins the static checks, each of which counts as one; what is returned tells of them when its turn has come. */
export function beginStatic(root: string): () => Promise<SuiteCount> {
  const begun = performance.now();
  const running = runChecks(root, STATIC_CHECKS, () => undefined).then((results) => ({
    results,
    ms: performance.now() - begun,
  }));
  // Heard of where it is waited for; without this, a failure before that would end the process.
  running.catch(() => undefined);
  return async () => {
    const { results, ms } = await running;
    for (const result of results) say(describeResult(result));
    const passed = results.filter(({ ok }) => ok).length;
    return { name: "static", passed, failed: results.length - passed, skipped: 0, ms };
  };
}
