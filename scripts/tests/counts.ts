/** What a runner reported of one suite. */
export interface SuiteCount {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly ms: number;
}

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;

const count = (value: unknown, name: string): number => {
  const found = field(value, name);
  return typeof found === "number" ? found : 0;
};

const list = (value: unknown, name: string): readonly unknown[] => {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
};

/**
 * vitest's JSON report. A file that could not even be loaded has no tests of its own and would not be counted; it
 * counts as one failure.
 */
export function tallyVitest(report: unknown): Tally {
  const broken = list(report, "testResults").filter(
    (file) =>
      field(file, "status") === "failed" &&
      !list(file, "assertionResults").some((test) => field(test, "status") === "failed"),
  ).length;
  return {
    passed: count(report, "numPassedTests"),
    failed: count(report, "numFailedTests") + broken,
    skipped: count(report, "numPendingTests") + count(report, "numTodoTests"),
  };
}

/** Playwright's JSON report. A flaky test has failed once: that is a failure here. Errors outside tests count too. */
export function tallyPlaywright(report: unknown): Tally {
  const stats = field(report, "stats");
  return {
    passed: count(stats, "expected"),
    failed: count(stats, "unexpected") + count(stats, "flaky") + list(report, "errors").length,
    skipped: count(stats, "skipped"),
  };
}

/**
 * A runner that failed without saying so, wrote no report, or ran nothing, has failed once. `mayBeEmpty`: it was asked
 * only for what a change reaches, and that may be no test.
 */
export function settle(
  tally: Tally | undefined,
  exitCode: number,
  { mayBeEmpty = false }: { mayBeEmpty?: boolean } = {},
): Tally {
  const seen = tally ?? { passed: 0, failed: 0, skipped: 0 };
  const ranNothing = seen.passed === 0 && !(mayBeEmpty && tally !== undefined);
  return seen.failed === 0 && (exitCode !== 0 || ranNothing) ? { ...seen, failed: 1 } : seen;
}

export function totalOf(suites: readonly SuiteCount[]): { passed: number; failed: number } {
  return {
    passed: suites.reduce((sum, suite) => sum + suite.passed, 0),
    failed: suites.reduce((sum, suite) => sum + suite.failed, 0),
  };
}
