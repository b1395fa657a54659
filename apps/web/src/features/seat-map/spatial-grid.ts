import type { Rect } from "./camera.ts";

/** Seats by square cell, in one array per fact (compressed rows), so that 60,000 seats cost three allocations. */
export type SpatialGrid = {
  readonly cell: number;
  readonly minX: number;
  readonly minY: number;
  readonly columns: number;
  readonly rows: number;
  /** Seats of cell c stand at order[start[c]] .. order[start[c + 1] - 1]. */
  readonly start: Int32Array;
  readonly order: Int32Array;
};

const CELLS_MAX = 1_000_000;

export function buildGrid(x: Float32Array, y: Float32Array, cellSize: number): SpatialGrid {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 0; i < x.length; i++) {
    const px = x[i] ?? 0;
    const py = y[i] ?? 0;
    if (px < minX) minX = px;
    if (px > maxX) maxX = px;
    if (py < minY) minY = py;
    if (py > maxY) maxY = py;
  }
  if (x.length === 0) minX = minY = maxX = maxY = 0;
  let cell = Math.max(cellSize, 1e-6);
  // A stray seat far away would ask for a huge grid; larger cells stay correct, only less selective.
  while (((maxX - minX) / cell + 1) * ((maxY - minY) / cell + 1) > CELLS_MAX) cell *= 2;
  const columns = Math.floor((maxX - minX) / cell) + 1;
  const rows = Math.floor((maxY - minY) / cell) + 1;
  const start = new Int32Array(columns * rows + 1);
  const cellOf = (i: number) =>
    Math.floor(((y[i] ?? 0) - minY) / cell) * columns + Math.floor(((x[i] ?? 0) - minX) / cell);
  for (let i = 0; i < x.length; i++) bump(start, cellOf(i) + 1, 1);
  for (let c = 0; c < columns * rows; c++) bump(start, c + 1, start[c] ?? 0);
  const order = new Int32Array(x.length);
  const next = start.slice();
  for (let i = 0; i < x.length; i++) {
    const c = cellOf(i);
    order[next[c] ?? 0] = i;
    bump(next, c, 1);
  }
  return { cell, minX, minY, columns, rows, start, order };
}

function bump(list: Int32Array, index: number, by: number): void {
  list[index] = (list[index] ?? 0) + by;
}

/** Calls back with every seat of every cell that the rectangle touches: a superset of the seats inside it. */
export function visitRect(grid: SpatialGrid, rect: Rect, visit: (seatNo: number) => void): void {
  const left = Math.max(0, Math.floor((rect.minX - grid.minX) / grid.cell));
  const right = Math.min(grid.columns - 1, Math.floor((rect.maxX - grid.minX) / grid.cell));
  const top = Math.max(0, Math.floor((rect.minY - grid.minY) / grid.cell));
  const bottom = Math.min(grid.rows - 1, Math.floor((rect.maxY - grid.minY) / grid.cell));
  for (let row = top; row <= bottom; row++) {
    const from = grid.start[row * grid.columns + left] ?? 0;
    const to = right < left ? from : (grid.start[row * grid.columns + right + 1] ?? 0);
    for (let at = from; at < to; at++) visit(grid.order[at] ?? 0);
  }
}

/** The nearest seat within `reach` world units, or -1; `except` is passed over. */
export function nearestSeat(
  grid: SpatialGrid,
  seats: { readonly x: Float32Array; readonly y: Float32Array },
  near: { x: number; y: number; reach: number; except?: number },
): number {
  let best = -1;
  let bestSquare = near.reach * near.reach;
  const rect = {
    minX: near.x - near.reach,
    minY: near.y - near.reach,
    maxX: near.x + near.reach,
    maxY: near.y + near.reach,
  };
  visitRect(grid, rect, (seatNo) => {
    const dx = (seats.x[seatNo] ?? 0) - near.x;
    const dy = (seats.y[seatNo] ?? 0) - near.y;
    const square = dx * dx + dy * dy;
    if (square <= bestSquare && seatNo !== near.except) {
      best = seatNo;
      bestSquare = square;
    }
  });
  return best;
}
