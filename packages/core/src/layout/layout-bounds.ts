import type { LayoutDocument, Point } from "./layout.ts";
import { seatRuns } from "./seat-runs.ts";

export type Bounds = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** The smallest box around everything drawn: seats, outlines, shapes and texts. An empty layout has a box of size 0. */
export function layoutBounds(layout: LayoutDocument): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const see = ({ x, y }: Point): void => {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  };
  for (const section of layout.sections) {
    section.outline?.forEach(see);
    if (section.kind === "seated") for (const run of seatRuns(section)) run.seats.forEach(see);
  }
  for (const shape of layout.shapes) {
    shape.points?.forEach(see);
    const [halfX, halfY] = [(shape.width ?? 0) / 2, (shape.height ?? 0) / 2];
    see({ x: shape.x - halfX, y: shape.y - halfY });
    see({ x: shape.x + halfX, y: shape.y + halfY });
  }
  layout.texts.forEach(see);
  return left <= right ? { left, top, right, bottom } : { left: 0, top: 0, right: 0, bottom: 0 };
}
