import { ROW_PITCH, SEAT_PITCH } from "../arrange/block.ts";
import { makeFan } from "../arrange/curve.ts";
import type { LayoutDocument, SeatedSection } from "../layout.ts";
import { paletteColor } from "../palette.ts";
import { accessiblePair, letterLabel, type SeatTraits, wedgeSection } from "./wedge.ts";

const CURVE = makeFan({ radius: 640, angle: 1.02 });
const STALLS = { depth: 0, rows: 18, aisle: 36 };
const BALCONY = { depth: 18 * ROW_PITCH + 110, rows: 6, aisle: 36 };
const STAGE = { x: 0, y: 400, width: 760, height: 220 };
/** Three blocks with two aisles; shares of the first row. */
const BLOCKS = [
  { name: "left", from: 0, to: 0.27 },
  { name: "centre", from: 0.27, to: 0.73 },
  { name: "right", from: 0.73, to: 1 },
] as const;

const CATEGORIES = [
  { key: "Premium", label: "Premium stalls", color: paletteColor(1) },
  { key: "Stalls", label: "Stalls", color: paletteColor(0) },
  { key: "Rear", label: "Rear stalls", color: paletteColor(4) },
  { key: "Balcony", label: "Balcony", color: paletteColor(2) },
];

/**
 * A theatre of about 1,000 seats: curved rows in stalls and balcony, three blocks each, wheelchair and companion places
 * at the ends of the last stalls row, house seats in row G, restricted view at the balcony's outer front.
 */
export function generateTheatre(options: { name?: string } = {}): LayoutDocument {
  return {
    format: "onsale-layout",
    version: 1,
    name: options.name ?? "Lantern Theatre",
    categories: CATEGORIES,
    focalPoint: { x: 0, y: STAGE.y + STAGE.height / 2 },
    sections: [...BLOCKS.map(stallsSection), ...BLOCKS.map(balconySection)],
    shapes: [{ kind: "rectangle", role: "stage", label: "Stage", ...STAGE }],
    texts: [],
  };
}

type Block = (typeof BLOCKS)[number];

function areaOf({ from, to }: Block, tier: { depth: number; rows: number; aisle: number }) {
  const width = CURVE.length(0);
  return { curve: CURVE, from: from * width, to: to * width, ...tier };
}

function stallsSection(block: Block): SeatedSection {
  const key = `Stalls ${block.name}`;
  return wedgeSection(areaOf(block, STALLS), {
    key,
    floor: "Stalls",
    category: "Stalls",
    rowLabel: letterLabel,
    traitsOf: (_, { row, seat }): SeatTraits => {
      const label = letterLabel(row);
      if (row === STALLS.rows - 1 && block.name !== "centre" && seat < 6) {
        return { category: "Rear", ...accessiblePair(key, label, seat) };
      }
      const isHouseSeat = label === "G" && block.name === "centre" && seat < 6;
      const category = row < 6 && block.name === "centre" ? "Premium" : row >= 13 ? "Rear" : undefined;
      return { ...(category === undefined ? {} : { category }), ...(isHouseSeat ? { house: true } : {}) };
    },
  });
}

function balconySection(block: Block): SeatedSection {
  const half = (CURVE.length(BALCONY.depth) / 2) * 0.82;
  return wedgeSection(areaOf(block, BALCONY), {
    key: `Balcony ${block.name}`,
    floor: "Balcony",
    category: "Balcony",
    rowLabel: letterLabel,
    // The rail and the proscenium hide the stage's side from the outermost front seats.
    traitsOf: (point, { row }) =>
      row === 0 && Math.abs(point.x) > half - SEAT_PITCH ? { restrictedView: true } : {},
  });
}
