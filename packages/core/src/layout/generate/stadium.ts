import { ROW_PITCH, SEAT_PITCH } from "../arrange/block.ts";
import { makeBowl } from "../arrange/curve.ts";
import { LAYOUT_SEATS_MAX, type LayoutDocument, type SeatedSection } from "../layout.ts";
import { paletteColor } from "../palette.ts";
import { assert } from "../../shared/assert.ts";
import { type WedgeArea, wedgeSection } from "./wedge.ts";

const AISLE = 44;
const TIER_GAP = 70;
const TIER_NAMES = ["Lower tier", "Middle tier", "Upper tier"] as const;

/** A bowl with exactly `seatCount` seats (6 to 200,000) around a field, for tests of scale. Deterministic. */
export function generateStadium(seatCount: number, options: { name?: string } = {}): LayoutDocument {
  assert(
    Number.isInteger(seatCount) && seatCount >= 6 && seatCount <= LAYOUT_SEATS_MAX,
    "6 to 200,000 seats",
  );
  let [small, large] = [1, 4];
  while (countSeats(planStadium(seatCount, large)) < seatCount) large *= 2;
  for (let i = 0; i < 30; i += 1) {
    const middle = (small + large) / 2;
    if (countSeats(planStadium(seatCount, middle)) < seatCount) small = middle;
    else large = middle;
  }
  const sections = planStadium(seatCount, large).map(({ area, key, tier }) =>
    wedgeSection(area, {
      key,
      floor: TIER_NAMES[tier] ?? "Upper tier",
      category: TIER_NAMES[tier] ?? "Upper tier",
      rowLabel: (row) => String(row + 1),
    }),
  );
  const tiers = tierCount(seatCount);
  return {
    format: "onsale-layout",
    version: 1,
    name: options.name ?? `Stadium of ${seatCount}`,
    categories: TIER_NAMES.slice(0, tiers).map((name, i) => ({
      key: name,
      label: name,
      color: paletteColor(i),
    })),
    focalPoint: { x: 0, y: 0 },
    sections: trimTo(sections, seatCount),
    shapes: [
      { kind: "rectangle", role: "stage", label: "Field", x: 0, y: 0, width: large * 1.5, height: large },
    ],
    texts: [],
  };
}

type Planned = { readonly area: WedgeArea; readonly key: string; readonly tier: number };

function tierCount(seatCount: number): number {
  return seatCount < 2_500 ? 1 : seatCount < 20_000 ? 2 : 3;
}

/** `unit` is the field's half height; everything else follows from it and from the number of seats wanted. */
function planStadium(seatCount: number, unit: number): Planned[] {
  const curve = makeBowl({ sideX: unit * 1.8, sideY: unit * 0.8, radius: unit * 0.9 });
  const blocks = Math.max(6, Math.min(48, Math.round(Math.sqrt(seatCount) / 5)));
  const rows = Math.max(1, Math.min(28, Math.round(Math.sqrt(seatCount) / 9)));
  const width = curve.length(0) / blocks;
  return Array.from({ length: tierCount(seatCount) }, (_, tier) => {
    const depth = 20 + tier * (rows * ROW_PITCH + TIER_GAP);
    return Array.from({ length: blocks }, (_unused, block) => ({
      area: { curve, from: block * width, to: (block + 1) * width, depth, rows, aisle: AISLE },
      key: String((tier + 1) * 100 + block + 1),
      tier,
    }));
  }).flat();
}

function countSeats(planned: readonly Planned[]): number {
  let seats = 0;
  for (const { area } of planned) {
    for (let row = 0; row < area.rows; row += 1) {
      const at = area.depth + row * ROW_PITCH;
      const room = area.curve.project(area.to, at) - area.curve.project(area.from, at) - area.aisle;
      seats += Math.max(0, Math.floor(room / SEAT_PITCH));
    }
  }
  return seats;
}

/** Takes the seats that are too many from the ends of the last rows, one per section in turn. */
function trimTo(sections: SeatedSection[], seatCount: number): SeatedSection[] {
  let extra =
    sections.reduce(
      (sum, section) => sum + section.rows.reduce((seats, row) => seats + row.seats.length, 0),
      0,
    ) - seatCount;
  while (extra > 0) {
    for (const section of sections.toReversed()) {
      const last = section.rows.at(-1);
      if (extra === 0 || last === undefined) continue;
      last.seats.pop();
      extra -= 1;
      if (last.seats.length === 0) section.rows.pop();
    }
  }
  return sections.filter((section) => section.rows.length > 0);
}
