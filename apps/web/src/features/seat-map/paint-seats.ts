import { SEAT_FLAG } from "@onsale/core/layout/seat-plan";
import { growRect, type Rect } from "./camera.ts";
import { clearingsAt, isCleared } from "./clearings.ts";
import type { Detail } from "./detail.ts";
import { LEVEL_COLORS, type MapColors } from "./map-colors.ts";
import type { MapModel } from "./map-model.ts";
import { PUBLIC_STATE } from "@onsale/core/inventory/snapshot-wire";
import { type SeatStock, stateOf } from "./seat-stock.ts";
import { nearestSeat, visitRect } from "./spatial-grid.ts";

export type SeatScene = {
  readonly model: MapModel;
  readonly colors: MapColors;
  readonly stock: SeatStock;
  readonly levelOf: Uint8Array;
  /** Whether the legend filter leaves this category in. */
  readonly isShown: (category: number) => boolean;
};

/**
 * Seats with one style are painted as one path, because changing a style costs far more than adding a circle. Buckets:
 * open seats by price level (round, then square for accessible ones), the same filtered out, then held, sold, not known.
 */
const SQUARE = LEVEL_COLORS;
const FADED = 2 * LEVEL_COLORS;
const HELD = 4 * LEVEL_COLORS;
const SOLD = HELD + 1;
const UNKNOWN = SOLD + 1;
const BUCKETS = UNKNOWN + 1;

export function bucketOf(scene: SeatScene, seatNo: number): number {
  const state = stateOf(scene.stock, seatNo);
  if (state === undefined) return UNKNOWN;
  if (state === PUBLIC_STATE.held) return HELD;
  if (state !== PUBLIC_STATE.free) return SOLD;
  const category = scene.model.plan.category[seatNo] ?? 0;
  const square = ((scene.model.plan.flags[seatNo] ?? 0) & SEAT_FLAG.accessible) !== 0;
  const faded = !scene.isShown(category);
  return (scene.levelOf[category] ?? 0) + (square ? SQUARE : 0) + (faded ? FADED : 0);
}

/** Paints the seats that touch `rect`. The context is in world units; `px` is one CSS pixel in them. */
export function paintSeats(
  context: CanvasRenderingContext2D,
  scene: SeatScene,
  view: { rect: Rect; detail: Detail; px: number },
): void {
  if (view.detail === "sections") return;
  const { model } = scene;
  const buckets: number[][] = Array.from({ length: BUCKETS }, () => []);
  const clearings = clearingsAt(context, scene, 1 / view.px);
  visitRect(model.grid, growRect(view.rect, model.radius * 1.2), (seatNo) => {
    if (!isCleared(model, clearings, seatNo)) buckets[bucketOf(scene, seatNo)]?.push(seatNo);
  });
  buckets.forEach((seats, bucket) => {
    if (seats.length > 0) paintBucket(context, scene, { seats, bucket, px: view.px });
  });
  if (view.detail !== "seats") return;
  paintSeatLabels(context, scene, buckets);
  paintRowLabels(context, scene, view.rect);
}

/** Beside both ends of a row, one seat further out along it. */
function paintRowLabels(context: CanvasRenderingContext2D, { model, colors }: SeatScene, rect: Rect): void {
  const { plan, pitch, radius, grid } = model;
  context.font = `600 ${radius * 0.95}px ${colors.font}`;
  context.fillStyle = colors.inkSoft;
  const wide = growRect(rect, pitch * 2);
  const inside = (x: number, y: number) =>
    x >= wide.minX && x <= wide.maxX && y >= wide.minY && y <= wide.maxY;
  for (const run of plan.runs) {
    if (run.kind !== "row" || run.count < 2) continue;
    const last = run.first + run.count - 1;
    for (const [end, inner] of [
      [run.first, run.first + 1],
      [last, last - 1],
    ] as const) {
      const x = plan.x[end] ?? 0;
      const y = plan.y[end] ?? 0;
      if (!inside(x, y)) continue;
      const dx = x - (plan.x[inner] ?? 0);
      const dy = y - (plan.y[inner] ?? 0);
      const length = Math.hypot(dx, dy) || 1;
      const at = { x: x + (dx / length) * pitch * 0.95, y: y + (dy / length) * pitch * 0.95 };
      // Where the next section begins at once there is no room for it; the seat's card names the row.
      if (nearestSeat(grid, plan, { ...at, reach: radius * 1.7, except: end }) < 0)
        context.fillText(run.label, at.x, at.y);
    }
  }
}

function paintBucket(
  context: CanvasRenderingContext2D,
  scene: SeatScene,
  batch: { seats: readonly number[]; bucket: number; px: number },
): void {
  const { model, colors } = scene;
  const { seats, bucket, px } = batch;
  const { radius } = model;
  context.beginPath();
  if (bucket === SOLD) {
    traceSeats(context, scene, { seats, radius: Math.max(radius * 0.36, 0.5 * px), square: radius < 3 * px });
    context.fillStyle = colors.sold;
    context.fill();
    return;
  }
  if (bucket === UNKNOWN) {
    traceSeats(context, scene, { seats, radius, square: radius < 1.25 * px });
    context.fillStyle = colors.sold;
    context.fill();
    return;
  }
  if (bucket === HELD) {
    const line = Math.max(radius * 0.22, 0.7 * px);
    traceSeats(context, scene, { seats, radius: radius - line / 2, square: false });
    context.strokeStyle = colors.held;
    context.lineWidth = line;
    context.stroke();
    return;
  }
  const inFade = bucket >= FADED;
  const square = bucket % FADED >= SQUARE;
  const level = bucket % LEVEL_COLORS;
  // Below three pixels across a circle is a square anyway, and squares are several times cheaper.
  traceSeats(context, scene, {
    seats,
    radius: square ? radius * 0.9 : radius,
    square: square || radius < 1.25 * px,
  });
  context.globalAlpha = inFade ? 0.2 : 1;
  context.fillStyle = colors.levels[level] ?? colors.ink;
  context.fill();
  context.globalAlpha = 1;
}

function traceSeats(
  context: CanvasRenderingContext2D,
  { model }: SeatScene,
  batch: { seats: readonly number[]; radius: number; square: boolean },
): void {
  const { plan } = model;
  const { radius } = batch;
  for (const seatNo of batch.seats) {
    const x = plan.x[seatNo] ?? 0;
    const y = plan.y[seatNo] ?? 0;
    if (batch.square) {
      context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    } else {
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
  }
}

function paintSeatLabels(
  context: CanvasRenderingContext2D,
  scene: SeatScene,
  buckets: readonly (readonly number[])[],
): void {
  const { model, colors } = scene;
  const { plan, radius } = model;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colors.paper;
  let written = 0;
  buckets.forEach((seats, bucket) => {
    if (bucket >= HELD) return;
    const accessible = bucket % FADED >= SQUARE;
    for (const seatNo of seats) {
      const x = plan.x[seatNo] ?? 0;
      const y = plan.y[seatNo] ?? 0;
      if (accessible) {
        paintWheelchair(context, { x, y, size: radius * 1.3 }, colors.paper);
        continue;
      }
      const label = plan.seatLabels[seatNo] ?? "";
      const size = radius * (label.length > 3 ? 0.62 : label.length > 2 ? 0.78 : 0.98);
      // Setting a font costs more than writing with it, and nearly all seats share one.
      if (size !== written) context.font = `650 ${size}px ${colors.font}`;
      written = size;
      context.fillText(label, x, y + size * 0.06);
    }
  });
}

/** The usual sign, in strokes: head, back, seat and wheel; in a box of `size` around the point. */
export function paintWheelchair(
  context: CanvasRenderingContext2D,
  at: { x: number; y: number; size: number },
  color: string,
): void {
  const unit = at.size / 20;
  context.save();
  context.translate(at.x - 10 * unit, at.y - 10 * unit);
  context.scale(unit, unit);
  context.fillStyle = color;
  context.strokeStyle = color;
  context.lineWidth = 2.2;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.beginPath();
  context.arc(8, 2.6, 2, 0, 2 * Math.PI);
  context.fill();
  context.beginPath();
  context.moveTo(8, 6);
  context.lineTo(8.6, 11.5);
  context.lineTo(14, 11.5);
  context.lineTo(16, 17);
  context.moveTo(12.6, 15.2);
  context.arc(8, 14, 4.8, 0.35, 4.1);
  context.stroke();
  context.restore();
}
