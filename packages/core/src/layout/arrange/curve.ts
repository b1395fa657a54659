import type { Point } from "../layout.ts";

/**
 * A line that rows follow, and all its parallels: `depth` is the distance outwards from the line itself, `along` the
 * length walked on the parallel at that depth. Parallels of a convex line never get shorter with depth, so blocks that
 * do not touch on the line (depth 0) do not touch at any depth.
 */
export type Curve = {
  readonly length: (depth: number) => number;
  readonly pointAt: (along: number, depth: number) => Point;
  /** Where the spoke through `along` of the line itself crosses the parallel at `depth`. */
  readonly project: (along: number, depth: number) => number;
};

/**
 * A rectangle with round corners around the origin, walked clockwise on the screen from the middle of the lower left
 * corner: up the left side, along the top, down the right side, back along the bottom.
 */
export function makeBowl({ sideX, sideY, radius }: { sideX: number; sideY: number; radius: number }): Curve {
  const [halfX, halfY] = [sideX / 2, sideY / 2];
  // Eight pieces: half a corner, then sides and corners in turn, and the other half of the first corner.
  const pieces = [
    { corner: 0.5, side: 0, x: -halfX, y: halfY, from: 135 },
    { corner: 0, side: sideY, x: -halfX, y: halfY, from: 180 },
    { corner: 1, side: 0, x: -halfX, y: -halfY, from: 180 },
    { corner: 0, side: sideX, x: -halfX, y: -halfY, from: 270 },
    { corner: 1, side: 0, x: halfX, y: -halfY, from: 270 },
    { corner: 0, side: sideY, x: halfX, y: -halfY, from: 0 },
    { corner: 1, side: 0, x: halfX, y: halfY, from: 0 },
    { corner: 0, side: sideX, x: halfX, y: halfY, from: 90 },
    { corner: 0.5, side: 0, x: -halfX, y: halfY, from: 90 },
  ];
  const lengthOf = (piece: (typeof pieces)[number], depth: number): number =>
    piece.side + piece.corner * (Math.PI / 2) * (radius + depth);
  const length = (depth: number): number => pieces.reduce((sum, piece) => sum + lengthOf(piece, depth), 0);
  // Turns and rest come from one division: a rounded quotient beside an exact remainder would count a turn twice.
  const locate = (along: number, depth: number): { turns: number; index: number; share: number } => {
    const whole = length(depth);
    const turns = Math.floor(along / whole);
    let rest = Math.max(0, along - turns * whole);
    for (const [index, piece] of pieces.entries()) {
      const own = lengthOf(piece, depth);
      if (rest < own || index === pieces.length - 1)
        return { turns, index, share: own === 0 ? 0 : Math.min(1, rest / own) };
      rest -= own;
    }
    return { turns, index: 0, share: 0 };
  };
  return {
    length,
    project: (along, depth) => {
      const { turns, index, share } = locate(along, 0);
      let sum = turns * length(depth);
      pieces.forEach((piece, i) => {
        if (i < index) sum += lengthOf(piece, depth);
        else if (i === index) sum += lengthOf(piece, depth) * share;
      });
      return sum;
    },
    pointAt: (along, depth) => {
      const { index, share } = locate(along, depth);
      const piece = pieces[index] ?? { corner: 0, side: 0, x: 0, y: 0, from: 0 };
      const angle = ((piece.from + 90 * piece.corner * share) * Math.PI) / 180;
      const walked = piece.side * share;
      const out = radius + depth;
      // The walk direction is the outward normal turned clockwise by 90 degrees.
      const normal = { x: Math.cos(angle), y: Math.sin(angle) };
      return {
        x: piece.x + normal.x * out - normal.y * walked,
        y: piece.y + normal.y * out + normal.x * walked,
      };
    },
  };
}

/** An arc below the origin, symmetric to the vertical, from left to right as the performers on the origin see it. */
export function makeFan({ radius, angle }: { radius: number; angle: number }): Curve {
  return {
    length: (depth) => (radius + depth) * angle,
    project: (along, depth) => (along * (radius + depth)) / radius,
    pointAt: (along, depth) => {
      const turned = Math.PI / 2 + angle / 2 - along / (radius + depth);
      return { x: Math.cos(turned) * (radius + depth), y: Math.sin(turned) * (radius + depth) };
    },
  };
}
