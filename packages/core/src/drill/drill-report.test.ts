import { expect, test } from "vitest";
import { brokePromise, failuresOf, limitedBy, unexpectedErrors } from "./drill-report.ts";
import { slosOf } from "./slos.ts";
import { cleanSale } from "./testing/clean-sale.ts";

const clean = { unexpected: {}, settled: true, slos: slosOf(cleanSale), faults: [] };

test("a drill fails by each single promise that was broken, and by nothing else", () => {
  expect(failuresOf(clean)).toEqual([]);
  expect(brokePromise(clean)).toBe(false);
  for (const broken of [
    { oversold: 1 },
    { lostTickets: 2 },
    { violations: 1 },
    { drift: 1 },
    { admittedOverCap: 1 },
    { admittedTwice: 1 },
    { orderInversions: 1 },
    { botTicketsBeyondLimit: 1 },
    { drawRefused: 1 },
  ]) {
    const verdict = { ...clean, slos: slosOf({ ...cleanSale, ...broken }) };
    expect(failuresOf(verdict)).toHaveLength(1);
    expect(brokePromise(verdict)).toBe(true);
  }
});

test("a wrong answer and a slow one fail a drill without breaking a promise", () => {
  const wrong = { ...clean, unexpected: { internal: 2 } };
  expect(failuresOf(wrong)).toEqual(["internal was answered 2 times, which no fan should see"]);
  expect(brokePromise(wrong)).toBe(false);
  const slow = { ...clean, slos: slosOf({ ...cleanSale, hung: 3 }) };
  expect(failuresOf(slow)).toHaveLength(1);
  expect(brokePromise(slow)).toBe(false);
});

test("orders that never settle and a fault that did more than it may break a promise", () => {
  expect(brokePromise({ ...clean, settled: false })).toBe(true);
  expect(failuresOf({ ...clean, settled: false })).toHaveLength(1);
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
