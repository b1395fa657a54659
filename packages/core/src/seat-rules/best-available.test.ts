import fc from "fast-check";
import { expect, test } from "vitest";
import { SEAT_FLAG } from "../layout/seat-plan.ts";
import { checkSelection } from "./seat-rules.ts";
import { arbSeating, type Seating } from "./testing/arbitrary-seating.ts";
import { ask, beside, ids, isOffered, seatsOf } from "./testing/brute-force.ts";
import { samplePlan } from "../layout/testing/sample-plan.ts";

/** Fewest people sitting by themselves: every gap takes 0..length of the party, and a 1 sits alone. */
function fewestAlone(seating: Seating, quantity: number): number {
  const { plan } = seating;
  const lengths: number[] = [];
  const seen = new Set<number>();
  const visit = (seatNo: number): number => {
    if (seen.has(seatNo) || !isOffered(seating, seatNo)) return 0;
    seen.add(seatNo);
    return beside(plan, seatNo).reduce((sum, other) => sum + visit(other), 1);
  };
  for (const seatNo of seatsOf(plan)) lengths.push(visit(seatNo));
  let least = [0, ...Array.from({ length: quantity }, () => Infinity)];
  for (const length of lengths)
    least = least.map((_, sum) =>
      Math.min(
        ...Array.from(
          { length: Math.min(length, sum) + 1 },
          (_never, here) => (least[sum - here] ?? Infinity) + (here === 1 ? 1 : 0),
        ),
      ),
    );
  return least[quantity] ?? Infinity;
}

const arbQuantity = fc.integer({ min: 1, max: 9 });
const RUNS = { numRuns: 300 };

test("as many seats as asked, all free, none of them accessible, companion or seating seats", () => {
  fc.assert(
    fc.property(arbSeating(), arbQuantity, (seating, quantity) => {
      const pick = ask(seating.plan, { quantity }, seating.taken);
      const offered = seatsOf(seating.plan).filter((seatNo) => isOffered(seating, seatNo));
      expect(pick === null).toBe(offered.length < quantity);
      if (!pick) return;
      expect(new Set(pick.seatNos).size).toBe(quantity);
      expect(pick.seatNos.every((seatNo) => offered.includes(seatNo))).toBe(true);
      expect(pick.seatNos).toEqual([...pick.seatNos].sort((a, b) => a - b));
    }),
    RUNS,
  );
});

test("a split party has as few people alone as any split could have", () => {
  fc.assert(
    fc.property(arbSeating(), fc.integer({ min: 2, max: 12 }), (seating, quantity) => {
      const pick = ask(seating.plan, { quantity }, seating.taken);
      if (!pick || pick.together) return;
      const alone = pick.seatNos.filter(
        (seatNo) => !beside(seating.plan, seatNo).some((other) => pick.seatNos.includes(other)),
      );
      expect(alone.length).toBe(fewestAlone(seating, quantity));
    }),
    RUNS,
  );
});

test("neighbours it picks never break the rule against single seats", () => {
  fc.assert(
    fc.property(arbSeating(), arbQuantity, ({ plan, taken }, quantity) => {
      const pick = ask(plan, { quantity }, taken);
      if (!pick?.together) return;
      const violations = checkSelection({
        plan,
        stateOf: (seatNo) => (taken.has(seatNo) ? "taken" : "free"),
        items: { seats: pick.seatNos.map((seatNo) => ({ seatNo, ticketType: "adult" })), areas: [] },
        limits: { ticketsMax: 50 },
      });
      expect(violations).toEqual([]);
    }),
    RUNS,
  );
});

test("the same ask gets the same seats", () => {
  fc.assert(
    fc.property(arbSeating(), arbQuantity, ({ plan, taken }, quantity) => {
      const again = samplePlan([{ key: "other", rows: ["s"] }]);
      expect(ask(again, { quantity: 1 })).toEqual({ seatNos: [0], together: true });
      expect(ask(plan, { quantity }, taken)).toEqual(ask(structuredClone(plan), { quantity }, taken));
    }),
  );
});

test("the middle of the front row comes first", () => {
  const plan = samplePlan([{ key: "A", rows: ["sssssss", "sssssss"] }]);
  expect(ids(plan, { quantity: 3 })).toEqual(["A/1/3", "A/1/4", "A/1/5", "together"]);
});

test("a single seat left over is avoided within a row, even if the seats are farther from its middle", () => {
  const plan = samplePlan([{ key: "A", rows: ["sssss"] }]);
  // In five seats a pair in the middle would leave one on either side: the pair sits at an end.
  expect(ids(plan, { quantity: 2 })).toEqual(["A/1/1", "A/1/2", "together"]);
});

test("when every block leaves a single seat, the nearest is taken all the same", () => {
  const plan = samplePlan([{ key: "A", rows: ["sss", "sss"] }]);
  expect(ids(plan, { quantity: 2 })).toEqual(["A/1/1", "A/1/2", "together"]);
});

test("an aisle is not sat across", () => {
  const plan = samplePlan([{ key: "A", rows: ["sss  sss", "ssssssss"] }]);
  expect(ids(plan, { quantity: 4 })).toEqual(["A/2/3", "A/2/4", "A/2/5", "A/2/6", "together"]);
});

test("round a table the last seat is beside the first", () => {
  const plan = samplePlan([{ key: "A", tables: [6] }]);
  expect(ids(plan, { quantity: 3 }, ["A/T1/3", "A/T1/4", "A/T1/5"])).toEqual([
    "A/T1/1",
    "A/T1/2",
    "A/T1/6",
    "together",
  ]);
});

test("a free chair at a table is not left single", () => {
  const plan = samplePlan([
    { key: "A", tables: [4] },
    { key: "B", rows: ["ssss"] },
  ]);
  expect(ids(plan, { quantity: 2 }, ["A/T1/1"])).toEqual(["A/T1/3", "A/T1/4", "together"]);
});

test("a party too large for a row sits in two rows behind each other, not at two ends of the seating", () => {
  const plan = samplePlan([
    { key: "A", rows: ["ssss", "h", "h", "ssss", "ssss"] },
    { key: "B", rows: ["ssss"] },
  ]);
  expect(ids(plan, { quantity: 6 })).toEqual(
    // Three behind three, on the same side.
    ["A/4/1", "A/4/2", "A/4/3", "A/5/1", "A/5/2", "A/5/3", "split"],
  );
});

test("a split prefers groups in one section to groups in two", () => {
  const plan = samplePlan([
    { key: "A", rows: ["ss"] },
    { key: "B", rows: ["ss", "h", "h", "ss"] },
  ]);
  expect(ids(plan, { quantity: 4 })).toEqual(["B/1/1", "B/1/2", "B/4/1", "B/4/2", "split"]);
});

test("three groups sit in rows behind each other rather than in nearer rows apart", () => {
  const plan = samplePlan([{ key: "A", rows: ["ss", "h", "h", "h", "ss", "ss", "ss"] }]);
  expect(ids(plan, { quantity: 6 })).toEqual(["A/5/1", "A/5/2", "A/6/1", "A/6/2", "A/7/1", "A/7/2", "split"]);
});

test("two groups with a row between them come before three groups nearer by", () => {
  const plan = samplePlan([{ key: "A", rows: ["ss", "ss", "ss", "h", "h", "sss", "h", "sss"] }]);
  expect(ids(plan, { quantity: 6 })).toEqual(["A/6/1", "A/6/2", "A/6/3", "A/8/1", "A/8/2", "A/8/3", "split"]);
});

test("three groups sit in one section, however far its rows are apart, rather than in two", () => {
  const apart = ["ss", "h", "h", "h", "ss", "h", "h", "h", "ss"];
  const plan = samplePlan([
    { key: "A", rows: ["ss"] },
    { key: "B", rows: apart },
  ]);
  expect(ids(plan, { quantity: 6 })).toEqual(["B/1/1", "B/1/2", "B/5/1", "B/5/2", "B/9/1", "B/9/2", "split"]);
});

test("the row in front counts as near just as the row behind does", () => {
  const seating = Array.from({ length: 20 }, () => "hhhhhhhhhhh");
  const plan = samplePlan([{ key: "A", rows: ["ss", "    ss", ...seating, "ss", "ss"] }]);
  expect(ids(plan, { quantity: 4 })).toEqual(["A/1/1", "A/1/2", "A/2/1", "A/2/2", "split"]);
});

test("the second group sits behind the first, not where it would sit best by itself", () => {
  const plan = samplePlan([{ key: "A", rows: ["ssshhhhhhhh", "sssshhhhhhh"] }]);
  expect(ids(plan, { quantity: 5 })).toEqual(["A/1/1", "A/1/2", "A/1/3", "A/2/1", "A/2/2", "split"]);
});

test("groups are as even as the rows allow", () => {
  const plan = samplePlan([
    { key: "A", rows: ["ssss"] },
    { key: "B", rows: ["ssss"] },
  ]);
  expect(
    ids(plan, { quantity: 6 })
      .map((id) => id.slice(0, 1))
      .join(""),
  ).toBe("AAABBBs");
});

test("a seat of another price is not left single between two groups, if other rows can take them", () => {
  const plan = samplePlan([{ key: "A", rows: ["sssss", "h", "h", "ss", "ss"] }]);
  const priced = {
    ...plan,
    category: plan.category.map((category, seatNo) => (seatNo === 2 ? 1 : category)),
  };
  expect(ids(priced, { quantity: 4, categories: ["gold"] })).toEqual([
    "A/4/1",
    "A/4/2",
    "A/5/1",
    "A/5/2",
    "split",
  ]);
});

test("two groups across the aisle of one row come before groups in far rows", () => {
  const plan = samplePlan([{ key: "A", rows: ["ss", "h", "ss  ss", "h", "ss"] }]);
  expect(ids(plan, { quantity: 4 })).toEqual(["A/3/1", "A/3/2", "A/3/3", "A/3/4", "split"]);
});

test("nobody is left alone even when that takes the groups to another section", () => {
  const plan = samplePlan([
    { key: "A", rows: ["sss", "s"] },
    { key: "B", rows: ["ss"] },
  ]);
  expect(ids(plan, { quantity: 4 })).toEqual(["A/1/1", "A/1/2", "B/1/1", "B/1/2", "split"]);
});

test("three friends among pairs are two and one, in rows behind each other", () => {
  const plan = samplePlan([{ key: "A", rows: ["ss", "h", "ss", "ss"] }]);
  expect(ids(plan, { quantity: 3 })).toEqual(["A/3/1", "A/3/2", "A/4/1", "split"]);
});

test("categories, sections and price narrow the selection", () => {
  const plan = samplePlan([
    {
      key: "A",
      rows: [
        { seats: "ss", category: "gold" },
        { seats: "ss", category: "silver" },
      ],
    },
    { key: "B", rows: ["ss"] },
  ]);
  expect(ids(plan, { quantity: 2, categories: ["silver"] })).toEqual(["A/2/1", "A/2/2", "together"]);
  expect(ids(plan, { quantity: 2, sections: ["B"] })).toEqual(["B/1/1", "B/1/2", "together"]);
  expect(ids(plan, { quantity: 3, sections: ["B"] })).toEqual([]);
  const priceOf = (seatNo: number) => [500, null, 400, 400, 300, 300][seatNo] ?? null;
  expect(ids(plan, { quantity: 1, priceOf })).toEqual(["A/1/1", "together"]);
  expect(ids(plan, { quantity: 2, priceOf })).toEqual(["A/2/1", "A/2/2", "together"]);
  expect(ids(plan, { quantity: 2, priceOf, priceRange: { maxMinor: 300 } })).toEqual([
    "B/1/1",
    "B/1/2",
    "together",
  ]);
  expect(ids(plan, { quantity: 1, priceOf, priceRange: { minMinor: 400, maxMinor: 400 } })).toEqual([
    "A/2/1",
    "together",
  ]);
});

test("who asks for it gets an accessible seat with its companion, then neighbours", () => {
  const plan = samplePlan([{ key: "A", rows: ["ssssss", "ssacss"] }]);
  const accessible = true;
  expect(ids(plan, { quantity: 1, accessible })).toEqual(["A/2/3", "together"]);
  expect(ids(plan, { quantity: 2, accessible })).toEqual(["A/2/3", "A/2/4", "together"]);
  expect(ids(plan, { quantity: 4, accessible })).toEqual(["A/2/1", "A/2/2", "A/2/3", "A/2/4", "together"]);
  expect(ids(plan, { quantity: 2, accessible }, ["A/2/3"])).toEqual([]);
});

test("an accessible seat whose companion seat is free comes before one whose companion seat is gone", () => {
  const plan = samplePlan([{ key: "A", rows: ["sac", "sac"] }]);
  expect(ids(plan, { quantity: 2, accessible: true }, ["A/1/3"])).toEqual(["A/2/2", "A/2/3", "together"]);
});

test("an accessible party sits side by side, even if that is farther away", () => {
  const plan = samplePlan([{ key: "A", rows: ["ssh", "ach", "sac"] }]);
  expect(ids(plan, { quantity: 3, accessible: true })).toEqual(["A/3/1", "A/3/2", "A/3/3", "together"]);
});

test("an accessible party sits on the side where it leaves no seat single", () => {
  const plan = samplePlan([{ key: "A", rows: ["sacss"] }]);
  expect(ids(plan, { quantity: 3, accessible: true })).toEqual(["A/1/1", "A/1/2", "A/1/3", "together"]);
});

test("of two accessible places the one nearer to the middle comes first", () => {
  const plan = samplePlan([{ key: "A", rows: ["ac", "hhhhhachhhhhh"] }]);
  expect(ids(plan, { quantity: 1, accessible: true })).toEqual(["A/2/6", "together"]);
});

test("friends who cannot sit beside an accessible seat sit in its section, if it has seats", () => {
  const plan = samplePlan([
    { key: "A", rows: ["ss", "h", "h", "h", "h", "h", "ac"] },
    { key: "B", rows: ["ss"] },
  ]);
  expect(ids(plan, { quantity: 3, accessible: true })).toEqual(["A/1/1", "A/7/1", "A/7/2", "split"]);
  expect(ids(plan, { quantity: 5, accessible: true })).toEqual([
    "A/1/1",
    "A/1/2",
    "A/7/1",
    "A/7/2",
    "B/1/1",
    "split",
  ]);
});

test("an accessible party that cannot sit side by side gets the seats nearest to it", () => {
  const plan = samplePlan([{ key: "A", rows: ["ac", "hs", "ss"] }]);
  expect(ids(plan, { quantity: 3, accessible: true })).toEqual(["A/1/1", "A/1/2", "A/2/2", "split"]);
  expect(ids(plan, { quantity: 6, accessible: true })).toEqual([]);
});

test("an accessible party never takes somebody else's accessible or companion seat", () => {
  fc.assert(
    fc.property(arbSeating(), arbQuantity, (seating, quantity) => {
      const { plan, taken } = seating;
      const pick = ask(plan, { quantity, accessible: true }, taken);
      if (!pick) return;
      const wheelchairs = pick.seatNos.filter((seatNo) => (plan.flags[seatNo] ?? 0) & SEAT_FLAG.accessible);
      expect(wheelchairs.length).toBe(1);
      expect(new Set(pick.seatNos).size).toBe(quantity);
      const isHouseSeat = (seatNo: number) => ((plan.flags[seatNo] ?? 0) & SEAT_FLAG.houseSeat) !== 0;
      expect(pick.seatNos.filter((seatNo) => taken.has(seatNo) || isHouseSeat(seatNo))).toEqual([]);
      const isCompanion = (seatNo: number) => ((plan.flags[seatNo] ?? 0) & SEAT_FLAG.companion) !== 0;
      const partners = pick.seatNos.filter(isCompanion).map((seatNo) => plan.companionOf[seatNo]);
      expect(partners.every((partner) => partner === wheelchairs[0])).toBe(true);
    }),
    RUNS,
  );
});

test("nobody asks for no seats", () => {
  expect(ask(samplePlan([{ key: "A", rows: ["ss"] }]), { quantity: 0 })).toBeNull();
});
