import { describe, expect, test } from "vitest";

import { settle, tallyPlaywright, tallyVitest, totalOf } from "./counts.ts";

describe("tallyVitest", () => {
  test("counts passed, failed and skipped", () => {
    const report = {
      numPassedTests: 7,
      numFailedTests: 2,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [],
    };
    expect(tallyVitest(report)).toEqual({ passed: 7, failed: 2, skipped: 2 });
  });

  test("a file that could not be loaded is a failure although it has no failed test", () => {
    const testResults = [
      { status: "failed", assertionResults: [] },
      { status: "failed", assertionResults: [{ status: "failed" }] },
      { status: "passed", assertionResults: [{ status: "passed" }] },
    ];
    expect(tallyVitest({ numPassedTests: 1, numFailedTests: 1, testResults })).toMatchObject({ failed: 2 });
  });
});

describe("tallyPlaywright", () => {
  test("a flaky test and an error outside of tests are failures", () => {
    const report = {
      stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 },
      errors: [{ message: "x" }],
    };
    expect(tallyPlaywright(report)).toEqual({ passed: 4, failed: 3, skipped: 2 });
  });
});

describe("settle", () => {
  const clean = { passed: 3, failed: 0, skipped: 0 };

  test("keeps a clean count", () => {
    expect(settle(clean, 0)).toEqual(clean);
  });

  test.each([
    ["crashed after its tests passed", clean, 1],
    ["wrote no report", undefined, 0],
    ["ran no test", { passed: 0, failed: 0, skipped: 0 }, 0],
    ["skipped all", { passed: 0, failed: 0, skipped: 9 }, 0],
  ])("a runner that %s has failed", (_name, tally, exitCode) => {
    expect(settle(tally, exitCode)).toMatchObject({ failed: 1 });
  });

  test("no test is well only where none may be what was asked for", () => {
    const none = { passed: 0, failed: 0, skipped: 0 };
    expect(settle(none, 0, { mayBeEmpty: true })).toEqual(none);
    expect(settle(none, 1, { mayBeEmpty: true })).toMatchObject({ failed: 1 });
    expect(settle(undefined, 0, { mayBeEmpty: true })).toMatchObject({ failed: 1 });
  });

  test("does not add to failures that were counted", () => {
    expect(settle({ passed: 1, failed: 2, skipped: 0 }, 1)).toMatchObject({ failed: 2 });
  });
});

test("the total is the sum over all suites", () => {
  const suite = { name: "x", passed: 2, failed: 1, skipped: 5, ms: 1 };
  expect(totalOf([suite, { ...suite, passed: 40, failed: 0 }])).toEqual({ passed: 42, failed: 1 });
});
