import { expect, test } from "vitest";
import { failuresOf, limitedBy, unexpectedErrors } from "./drill-report.ts";

const clean = { oversold: 0, lostTickets: 0, violations: 0, drift: [], unexpected: {}, settled: true };

test("a drill fails by each single thing that must not happen, and by nothing else", () => {
  expect(failuresOf(clean)).toEqual([]);
  const drift = [{ kind: "sold_but_free", detail: "seat 1" }];
  const unexpected = { internal: 2 };
  for (const broken of [
    { oversold: 1 },
    { lostTickets: 2 },
    { violations: 1 },
    { drift },
    { unexpected },
    { settled: false },
  ])
    expect(failuresOf({ ...clean, ...broken })).toHaveLength(1);
});

test("losing a race, running out of time and a busy server are expected; faults and refusals of a good request are not", () => {
  const errors = {
    "hold.seats_taken": 9,
    "checkout.busy": 1,
    "http.503": 1,
    "http.500": 2,
    "input.invalid": 1,
  };
  expect(unexpectedErrors(errors)).toEqual({ "http.500": 2, "input.invalid": 1 });
});

test("the report blames itself first: a busy client hides how fast the server is", () => {
  expect(limitedBy({ busy: 0.95, loopDelayP99Ms: 80, slotWaitP95Ms: 500 })).toBe("client");
  expect(limitedBy({ busy: 0.4, loopDelayP99Ms: 5, slotWaitP95Ms: 500 })).toBe("server");
  expect(limitedBy({ busy: 0.2, loopDelayP99Ms: 5, slotWaitP95Ms: 0 })).toBe("crowd");
});
