import fc from "fast-check";
import { expect, test } from "vitest";
import type { SeatPlan } from "../layout/seat-plan.ts";
import { checkSelection, type RuleViolation, type SelectionState } from "./seat-rules.ts";
import { arbSeating } from "./testing/arbitrary-seating.ts";
import { samplePlan } from "../layout/testing/sample-plan.ts";

type Case = { taken?: readonly number[]; mine?: readonly number[]; max?: number };
function check(
  plan: SeatPlan,
  chosen: readonly number[],
  { taken = [], mine = [], max = 50 }: Case = {},
): RuleViolation[] {
  const stateOf = (seatNo: number): SelectionState =>
    taken.includes(seatNo) ? "taken" : mine.includes(seatNo) ? "mine" : "free";
  const items = { seats: chosen.map((seatNo) => ({ seatNo, ticketType: "adult" })), areas: [] };
  return checkSelection({ plan, stateOf, items, limits: { ticketsMax: max } });
}
const codes = (violations: readonly RuleViolation[]) => violations.map((v) => v.code);
const row = (seats: string) => samplePlan([{ key: "A", rows: [seats] }]);
const five = row("sssss");

test("an empty selection, too many tickets, an unknown, a doubled and a taken seat are each named", () => {
  expect(codes(check(five, []))).toEqual(["items.empty"]);
  expect(codes(check(five, [0, 1, 2], { max: 2 }))).toEqual(["items.too_many"]);
  expect(codes(check(five, [0, 1], { max: 2 }))).toEqual([]);
  expect(codes(check(five, [99]))).toEqual(["seat.unknown"]);
  expect(codes(check(five, [0, 0]))).toEqual(["seat.duplicate"]);
  expect(check(five, [0, 1], { taken: [1] })[0]).toMatchObject({ code: "seat.taken", seatNos: [1] });
});

test("places in a standing area count towards the maximum", () => {
  const plan = samplePlan([{ key: "Floor", capacity: 10 }]);
  const items = { seats: [], areas: [{ areaNo: 0, ticketType: "adult", quantity: 3 }] };
  const stateOf = () => "free" as const;
  expect(codes(checkSelection({ plan, stateOf, items, limits: { ticketsMax: 2 } }))).toEqual([
    "items.too_many",
  ]);
  expect(codes(checkSelection({ plan, stateOf, items, limits: { ticketsMax: 3 } }))).toEqual([]);
});

test("a seat left alone at the end of the row is refused, with the seats to take instead", () => {
  expect(check(five, [1, 2])).toEqual([
    {
      code: "seat.single_left",
      details: {
        left: [{ section: "A", row: "1", seat: "1", run: "row" }],
        take: ["1"],
        leave: ["3"],
      },
      seatNos: [0],
      suggestion: { take: [0], leave: [2] },
    },
  ]);
});

test("a seat left alone between the chosen ones is refused", () => {
  expect(check(five, [0, 2])).toMatchObject([
    { code: "seat.single_left", seatNos: [1], suggestion: { take: [1], leave: [2] } },
  ]);
});

test("a seat left alone beside a taken one is refused, beside an aisle too", () => {
  expect(codes(check(five, [2], { taken: [0] }))).toEqual(["seat.single_left"]);
  expect(codes(check(row("ssss  ssss"), [2, 3]))).toEqual([]);
  expect(codes(check(row("ssss  ssss"), [2]))).toEqual(["seat.single_left"]);
});

test("a seat beyond an aisle is nobody's neighbour", () => {
  // Seat 3 alone left of the aisle; the free seats right of it are no company.
  expect(check(row("sssss  ssss"), [2, 3])).toMatchObject([{ seatNos: [4] }]);
});

test("the last seats of a gap can always be bought, as can all but one", () => {
  expect(check(five, [0, 1, 2, 3, 4])).toEqual([]);
  expect(check(five, [0, 1, 2, 3])).toEqual([]);
  expect(check(five, [0, 1, 3, 4])).toEqual([]);
  expect(check(five, [3], { taken: [0, 1, 2] })).toEqual([]);
});

test("a seat that was alone before is not blamed on this selection", () => {
  expect(check(row("ssssss"), [3, 4, 5], { taken: [1, 2] })).toEqual([]);
});

test("two seats left together are left in company", () => {
  expect(check(five, [0, 1, 2])).toEqual([]);
  expect(check(five, [2])).toEqual([]);
});

test("seats of the fan's other hold are walls, and seats held already by this selection are part of it", () => {
  expect(check(five, [3], { mine: [0, 1] })).toMatchObject([{ code: "seat.single_left", seatNos: [2, 4] }]);
  expect(check(five, [2, 3, 4], { mine: [2, 3, 4] })).toEqual([]);
  expect(codes(check(five, [1, 2], { mine: [1, 2] }))).toEqual(["seat.single_left"]);
});

test("nobody is pushed into another price to spare a seat", () => {
  const plan = samplePlan([{ key: "A", rows: ["sss"] }]);
  expect(codes(check(plan, [1]))).toEqual(["seat.single_left"]);
  const priced = { ...plan, category: Uint8Array.from([0, 1, 0]) };
  expect(check(priced, [1])).toEqual([]);
});

test("tables are not judged: a free chair at a table is in company", () => {
  expect(check(samplePlan([{ key: "A", tables: [4] }]), [0, 2])).toEqual([]);
});

test("accessible and companion seats are never counted as left alone, and choosing one is never refused for it", () => {
  expect(check(row("asss"), [1, 2])).toMatchObject([{ seatNos: [3] }]);
  expect(check(row("asssss"), [1])).toEqual([]);
  expect(check(row("sacss"), [1, 2])).toEqual([]);
});

test("nobody is told to take an accessible seat instead", () => {
  // Of the two gold seats one is accessible; the other one strands the silver seat behind it, and may.
  const priced = { ...row("ass"), category: Uint8Array.from([0, 0, 1]) };
  expect(check(priced, [1])).toEqual([]);
});

test("a seating seat is neither left alone nor proposed instead", () => {
  expect(check(row("hssssh"), [1, 2, 3])).toEqual([]);
  expect(check(row("hssss"), [1, 2])).toEqual([]);
});

test("a better selection may leave an accessible seat alone", () => {
  const priced = { ...row("assss"), category: Uint8Array.from([0, 0, 0, 0, 1]) };
  expect(check(priced, [2, 3])).toMatchObject([{ seatNos: [4], suggestion: { take: [1], leave: [3] } }]);
});

test("the nearest better selection is the one proposed", () => {
  expect(check(five, [1, 2])).toMatchObject([{ suggestion: { take: [0], leave: [2] } }]);
  expect(check(five, [2, 3])).toMatchObject([{ suggestion: { take: [4], leave: [2] } }]);
});

test("a companion seat is sold only with its accessible seat", () => {
  const plan = row("ssacss");
  expect(check(plan, [3])).toMatchObject([
    { code: "seat.companion_alone", seatNos: [3], suggestion: { take: [2], leave: [] } },
  ]);
  expect(check(plan, [2, 3])).toEqual([]);
  expect(check(plan, [2])).toEqual([]);
  expect(check(plan, [3], { mine: [2] })).toEqual([]);
  expect(check(plan, [3], { taken: [2] })).toMatchObject([
    { code: "seat.companion_alone", suggestion: null },
  ]);
});

test("in a row of free seats, a block is refused exactly when it strands a seat and moving it would not", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.nat(11),
      fc.integer({ min: 1, max: 12 }),
      (length, at, size) => {
        fc.pre(at + size <= length);
        const block = Array.from({ length: size }, (_, n) => at + n);
        const [before, after] = [at, length - at - size];
        const refused = before + after >= 2 && (before === 1 || after === 1);
        expect(codes(check(row("s".repeat(length)), block))).toEqual(refused ? ["seat.single_left"] : []);
      },
    ),
  );
});

test("whoever follows the suggestion is let through", () => {
  fc.assert(
    fc.property(
      arbSeating(["s", "s", "s", "a"]),
      fc.array(fc.nat(80), { minLength: 1, maxLength: 6 }),
      (seating, given) => {
        const taken = [...seating.taken];
        const chosen = [...new Set(given)].filter(
          (seatNo) => seatNo < seating.plan.seatCount && !seating.taken.has(seatNo),
        );
        let seats = chosen;
        const singles = (): RuleViolation[] =>
          check(seating.plan, seats, { taken }).filter((v) => v.code === "seat.single_left");
        for (const { suggestion } of singles())
          seats = [
            ...seats.filter((seatNo) => !suggestion?.leave.includes(seatNo)),
            ...(suggestion?.take ?? []),
          ];
        expect(seats).toHaveLength(chosen.length);
        expect(singles()).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});
