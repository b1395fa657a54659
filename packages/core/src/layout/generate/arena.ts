import { ROW_PITCH, roundPoint } from "../arrange/block.ts";
import { type Curve, makeBowl } from "../arrange/curve.ts";
import type { GaSection, LayoutDocument, Point, SeatedSection } from "../layout.ts";
import { paletteColor } from "../palette.ts";
import { accessiblePair, letterLabel, type SeatTraits, type WedgeArea, wedgeSection } from "./wedge.ts";

/** The line itself runs between the bowls, so that blocks cut from it in equal parts are about alike in both. */
const MIDDLE = 500;
const BOWL = { sideX: 800, sideY: 1_160, radius: 340 + MIDDLE };
const CURVE = makeBowl(BOWL);
/** The point straight behind the stage: the line starts in the middle of the lower left corner. */
const BEHIND = BOWL.sideY + BOWL.sideX / 2 + 1.5 * (Math.PI / 2) * BOWL.radius;
const INNER = { x: 740, y: 920 };
/** Blocks around the whole oval, of which the middle ones behind the stage are left out. */
const BLOCKS = 28;
const BEHIND_STAGE = 5;
const LOWER = { first: 101, depth: 30 - MIDDLE, rows: 20, aisle: 44 };
const UPPER = { first: 201, depth: 30 - MIDDLE + 20 * ROW_PITCH + 80, rows: 20, aisle: 48 };
const STAGE = { x: 0, y: -760, width: 760, height: 260 };
const FOCAL: Point = { x: 0, y: STAGE.y + STAGE.height / 2 };
const PREMIUM_DISTANCE = 1_250;

const CATEGORIES = [
  { key: "Floor", label: "Floor standing", color: paletteColor(1) },
  { key: "Premium", label: "Premium", color: paletteColor(3) },
  { key: "Lower", label: "Lower bowl", color: paletteColor(0) },
  { key: "Upper", label: "Upper bowl", color: paletteColor(2) },
  { key: "Back", label: "Upper bowl, back", color: paletteColor(4) },
];

/**
 * An arena of about 13,000 seats in two bowls around an oval, open behind the stage, with a standing floor. Pairs of
 * wheelchair and companion places in the last lower row, house seats opposite the stage, and seats beside the
 * stage marked as restricted view. The same options give the same document.
 */
export function generateArena(options: { name?: string } = {}): LayoutDocument {
  const lower = openBlocks(CURVE).map((block, index) => lowerSection(block, index));
  const upper = openBlocks(CURVE).map((block, index) => upperSection(block, index));
  return {
    format: "onsale-layout",
    version: 1,
    name: options.name ?? "Harbour Arena",
    categories: CATEGORIES,
    focalPoint: FOCAL,
    sections: [...floorSections(), ...lower, ...upper],
    shapes: [{ kind: "rectangle", role: "stage", label: "Stage", ...STAGE }],
    texts: [],
  };
}

type Block = Pick<WedgeArea, "curve" | "from" | "to">;

/** Blocks clockwise, the first to the right of the stage; middles of blocks stand behind and opposite the stage. */
function openBlocks(curve: Curve): Block[] {
  const width = curve.length(0) / BLOCKS;
  return Array.from({ length: BLOCKS - BEHIND_STAGE }, (_, i) => {
    const middle = BEHIND + ((BEHIND_STAGE + 1) / 2 + i) * width;
    return { curve, from: middle - width / 2, to: middle + width / 2 };
  });
}

function lowerSection(block: Block, index: number): SeatedSection {
  const key = String(LOWER.first + index);
  const area = { ...block, ...LOWER };
  const middle = block.curve.project((block.from + block.to) / 2, LOWER.depth);
  const front = block.curve.pointAt(middle, LOWER.depth);
  const distance = Math.hypot(front.x - FOCAL.x, front.y - FOCAL.y);
  const isOpposite = Math.abs(front.x) < 10 && front.y > 0;
  return wedgeSection(area, {
    key,
    floor: "Lower bowl",
    category: distance < PREMIUM_DISTANCE && front.y > FOCAL.y ? "Premium" : "Lower",
    rowLabel: letterLabel,
    traitsOf: (point, at): SeatTraits => {
      const isBack = at.row === LOWER.rows - 1;
      if (isBack && index % 2 === 1 && at.seat < 10) return accessiblePair(key, letterLabel(at.row), at.seat);
      return { ...restricted(point), ...(isOpposite && at.row < 2 && at.seat < 8 ? { house: true } : {}) };
    },
  });
}

function upperSection(block: Block, index: number): SeatedSection {
  return wedgeSection(
    { ...block, ...UPPER },
    {
      key: String(UPPER.first + index),
      floor: "Upper bowl",
      category: "Upper",
      rowLabel: (row) => String(row + 1),
      traitsOf: (point, at) => ({
        ...restricted(point),
        ...(at.row >= UPPER.rows / 2 ? { category: "Back" } : {}),
      }),
    },
  );
}

/** From behind the middle of the stage, part of the show is hidden. */
function restricted(point: Point): SeatTraits {
  return point.y < STAGE.y ? { restrictedView: true } : {};
}

function floorSections(): GaSection[] {
  const edge = INNER.x - 90;
  const front = FOCAL.y + 60;
  const split = front + 360;
  const area = (key: string, capacity: number, outline: Point[]): GaSection => ({
    kind: "ga",
    key,
    label: key,
    floor: "Floor",
    category: "Floor",
    capacity,
    outline: outline.map(roundPoint),
  });
  const box = (top: number, bottom: number): Point[] => [
    { x: -edge, y: top },
    { x: edge, y: top },
    { x: edge, y: bottom },
    { x: -edge, y: bottom },
  ];
  return [
    area("Front standing", 700, box(front, split)),
    area("Floor standing", 1_500, box(split + 30, INNER.y - 90)),
  ];
}
