import { compareLabels } from "../layout-key.ts";

export type Sector = {
  readonly label: string;
  /** Tribune or category it belongs to, as far as the file says. */
  readonly group: string;
  /** Rows front to back, seat labels in order. */
  readonly rows: readonly (readonly string[])[];
};

/** Sectors that share a direction as seen from the middle. `tierOf` null: packed into as many tiers as look well. */
export type Wedge = {
  readonly sectors: readonly number[];
  /** Share of a full turn. */
  readonly angle: number;
  readonly tierOf: ((sector: number) => number) | null;
};
export type Scheme = {
  readonly wedges: readonly Wedge[];
  readonly floor: readonly number[];
  readonly compass: boolean;
};

const FLOOR_WORDS =
  /^(floor|field|pit|parkett|innenraum|arena floor|parterre|stalls|orchestra|platea|ground)\b/i;
const COMPASS: readonly RegExp[] = [
  /^(west|ouest|oeste|ovest|захід|запад)\b|^w$/iu,
  /^(north|nord|norte|noord|північ|север)\b|^n$/iu,
  /^(east|ost|est|este|oost|схід|восток)\b|^e$/iu,
  /^(south|s[uü]d|sur|sul|zuid|південь|юг)\b|^s$/iu,
];

/** Reads from names alone who sits where. */
export function sectorScheme(sectors: readonly Sector[]): Scheme {
  const all = sectors.map((_, index) => index);
  const isFloor = (index: number): boolean =>
    FLOOR_WORDS.test(sectors[index]?.group ?? "") || FLOOR_WORDS.test(sectors[index]?.label ?? "");
  const floor = all.filter(isFloor);
  // A venue of nothing but "stalls" has no bowl around them.
  const around = floor.length === all.length ? all : all.filter((index) => !isFloor(index));
  const flat = floor.length === all.length ? [] : floor;
  const labelOf = (index: number): string => sectors[index]?.label ?? "";
  const sides = COMPASS.map((side) => around.filter((index) => side.test(sectors[index]?.group ?? "")));
  if (sides.every((side) => side.length > 0) && sides.flat().length === around.length) {
    const wedges = sides.map((side) => {
      const ordered = side.toSorted((a, b) => compareSectors(labelOf(a), labelOf(b)));
      return { sectors: ordered, angle: 0.25, tierOf: null };
    });
    return { wedges, floor: flat, compass: true };
  }
  return { wedges: tieredWedges(around, labelOf) ?? groupWedges(around), floor: flat, compass: false };
}

/** Plain numbers first, then names. */
function compareSectors(a: string, b: string): number {
  const plain = Number(/^\d/.test(b)) - Number(/^\d/.test(a));
  return plain || compareLabels(a, b);
}

/** "A1", "A2": letter = direction, digit = tier. "101", "201": hundreds = tier, the rest = direction. */
function tieredWedges(around: readonly number[], labelOf: (index: number) => string): Wedge[] | null {
  for (const [pattern, directionFirst] of [
    [/^([A-Za-z]{1,2})(\d)$/, true],
    [/^([1-9])(\d\d)$/, false],
  ] as const) {
    const parts = new Map<number, { direction: string; tier: number }>();
    for (const index of around) {
      const match = pattern.exec(labelOf(index));
      const [, first = "", second = ""] = match ?? [];
      if (match)
        parts.set(
          index,
          directionFirst
            ? { direction: first, tier: Number(second) }
            : { direction: second, tier: Number(first) },
        );
    }
    const tiers = new Set([...parts.values()].map((part) => part.tier));
    if (parts.size < around.length || tiers.size < 2) continue;
    const directions = Map.groupBy(around, (index) => parts.get(index)?.direction ?? "");
    if (directions.size === around.length) continue;
    const ordered = [...directions.keys()].toSorted(compareLabels);
    return ordered.map((direction) => ({
      sectors: directions.get(direction) ?? [],
      angle: 1 / ordered.length,
      tierOf: (sector: number) => parts.get(sector)?.tier ?? 0,
    }));
  }
  return null;
}

/** No hint at all: one wedge all around, in the file's order. */
function groupWedges(around: readonly number[]): Wedge[] {
  return [{ sectors: [...around], angle: 1, tierOf: null }];
}
