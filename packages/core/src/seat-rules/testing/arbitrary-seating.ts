import fc from "fast-check";
import type { SeatPlan } from "../../layout/seat-plan.ts";
import { samplePlan } from "../../layout/testing/sample-plan.ts";

export type Seating = { readonly plan: SeatPlan; readonly taken: ReadonlySet<number> };

const letters = (pool: readonly string[], maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...pool), minLength: 1, maxLength });

/** At most one aisle in a row, so that the usual distance of a row is always that of neighbours. */
const row = (pool: readonly string[]) =>
  fc
    .tuple(letters(pool, 7), fc.constantFrom("", " ", "   "), letters(pool, 5))
    .map(([left, aisle, right]) => left + aisle + right);

/** Small seatings of one to three sections with rows, aisles, tables and, if asked, kept seats; any seats taken. */
export function arbSeating(
  pool: readonly string[] = ["s", "s", "s", "s", "a", "c", "h"],
): fc.Arbitrary<Seating> {
  const section = fc.record({
    rows: fc.array(row(pool), { maxLength: 3 }).map((rows) => ["sssss", ...rows]),
    tables: fc.array(fc.integer({ min: 2, max: 6 }), { maxLength: 1 }),
  });
  return fc
    .array(section, { minLength: 1, maxLength: 3 })
    .map((sections) => samplePlan(sections.map((made, n) => ({ key: `S${n + 1}`, ...made }))))
    .chain((plan) =>
      fc
        .tuple(
          fc.constantFrom(1, 2, 4, 8),
          fc.array(fc.integer({ min: 0, max: 9 }), { minLength: plan.seatCount, maxLength: plan.seatCount }),
        )
        .map(([density, dice]) => ({
          plan,
          taken: new Set(dice.flatMap((die, seatNo) => (die < density ? [seatNo] : []))),
        })),
    );
}
