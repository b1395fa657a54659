import { expect, test } from "vitest";
import { isExpectedError } from "./drill-report.ts";
import { ALLOWED, FAULT_KINDS, isExplained, isUnderFault, judgeFault, parseFaults } from "./faults.ts";

const busy = Array.from({ length: 120 }, () => 5);
const quiet = { errors: [], isExpected: isExpectedError, holds: busy, orders: busy, soldOutSecond: null };
const flush = { kind: "flush-redis", second: 30, doneAtSecond: 30.4, tookMs: 12 } as const;

test("a schedule is read in the order of time, and what is not understood is named", () => {
  expect(parseFaults("T+45:flush-redis, T+30:kill-worker")).toEqual([
    { kind: "kill-worker", second: 30 },
    { kind: "flush-redis", second: 45 },
  ]);
  for (const text of ["", "T+30:kill-all", "30:kill-worker", "T+9999:flush-redis", "T+1:flush-redis,"])
    expect(() => parseFaults(text)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ why: "fault_schedule" }) }),
    );
});

test("what may happen is said for every kind before it does", () => {
  for (const kind of FAULT_KINDS) expect(ALLOWED[kind].says.length).toBeGreaterThan(0);
});

test("lost holds are allowed when Redis lost its data, a server error is not", () => {
  const lost = { ...quiet, errors: [{ second: 31, codes: { "hold.not_found": 40 } }] };
  expect(judgeFault(flush, lost)).toMatchObject({ onlyAllowed: true, met: { "hold.not_found": 40 } });
  const broken = { ...quiet, errors: [{ second: 31, codes: { "http.500": 2 } }] };
  expect(judgeFault(flush, broken)).toMatchObject({ onlyAllowed: false, beyond: ["http.500, 2 times"] });
});

test("what happened before a fault or long after it is not put down to it", () => {
  const errors = [
    { second: 29, codes: { "http.500": 2 } },
    { second: 31 + ALLOWED["flush-redis"].recoverS, codes: { "http.500": 2 } },
  ];
  expect(judgeFault(flush, { ...quiet, errors })).toMatchObject({ onlyAllowed: true, met: {} });
});

test("a sale that stays silent after a fault did not recover, unless nothing was left to sell", () => {
  const silent = busy.map((count, second) => (second > 30 ? 0 : count));
  const trace = { ...quiet, holds: silent, orders: silent };
  expect(judgeFault(flush, trace).beyond).toEqual(["no hold within 25 s", "no order within 25 s"]);
  expect(judgeFault(flush, { ...trace, soldOutSecond: 33 }).onlyAllowed).toBe(true);
});

test("a fault that was never done explains nothing and happened to nobody", () => {
  const never = { ...flush, doneAtSecond: null, tookMs: null };
  expect(judgeFault(never, quiet)).toMatchObject({ onlyAllowed: true, holdsAgainAfterS: null });
  expect(isExplained([never], 31, "hold.not_found")).toBe(false);
  expect(isExplained([flush], 31, "hold.not_found")).toBe(true);
  expect(isExplained([flush], 31, "http.500")).toBe(false);
  expect(isExplained([flush], 29, "hold.not_found")).toBe(false);
});

test("an answer is under a fault when any part of it falls into the time to recover", () => {
  const recoversAtMs = 30_400 + ALLOWED["flush-redis"].recoverS * 1_000;
  const under = (fromMs: number, toMs: number) => isUnderFault([flush], { fromMs, toMs });
  expect(under(30_000, 30_399)).toBe(false);
  expect(under(30_000, 30_400)).toBe(true);
  expect(under(recoversAtMs, recoversAtMs + 9_000)).toBe(true);
  expect(under(recoversAtMs + 1, recoversAtMs + 9_000)).toBe(false);
  expect(isUnderFault([{ ...flush, doneAtSecond: null }], { fromMs: 0, toMs: 99_000 })).toBe(false);
});
