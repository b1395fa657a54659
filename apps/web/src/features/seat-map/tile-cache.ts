import type { Camera, Rect, Viewport } from "./camera.ts";

/** CSS pixels per side. */
export const TILE_PX = 160;
/** Tiles kept per scale; a 4K view needs about 350. */
const TILES_MAX = 480;

type Tile = { readonly canvas: HTMLCanvasElement; stale: boolean; usedAt: number };
type Layer = { readonly scale: number; readonly tiles: Map<string, Tile> };
type TileAt = { readonly column: number; readonly row: number };

type TileView = Look & { readonly viewport: Viewport };
type Look = { readonly camera: Camera; readonly rect: Rect };
type TileOptions = { readonly paint: PaintTile; readonly pixelRatio: () => number };

export type PaintTile = (context: CanvasRenderingContext2D, tile: { rect: Rect; scale: number }) => void;
/** Whether every square in view is there, and as things stand now. */
export type Painted = "whole" | "stale" | "gaps";

/**
 * The painted map in squares, as web maps keep theirs: dragging it only copies squares, whatever the number of seats, and a
 * change repaints the squares it lies in. Squares belong to one scale.
 */
export function makeTileCache(options: TileOptions) {
  let current: Layer | null = null;
  /** The first scale that was painted, the whole plan: fans come back to it again and again. */
  let home: Layer | null = null;
  /** Of squares that are no longer needed: canvases are large, and making them anew keeps the collector busy. */
  let spare: HTMLCanvasElement[] = [];
  let clock = 0;
  const layers = () => [...new Set([home, current])].filter((layer) => layer !== null);

  function useScale(scale: number): void {
    if (current && isSame(current.scale, scale)) return;
    if (current && current !== home) spare = [...current.tiles.values()].map(({ canvas }) => canvas);
    current = home && isSame(home.scale, scale) ? home : { scale, tiles: new Map() };
    home ??= current;
  }

  /** Paints squares that are missing, the middle first, then those that changed, until `budgetMs` is spent. */
  function paint(look: Look, budgetMs: number): Painted {
    if (!current) return "gaps";
    const layer = current;
    const deadline = performance.now() + budgetMs;
    clock++;
    const wanted = [...tilesIn(look.rect, layer.scale)].sort(byDistanceTo(look.camera, layer.scale));
    const missing = wanted.filter((at) => !layer.tiles.has(keyOf(at)));
    const stale = wanted.filter((at) => layer.tiles.get(keyOf(at))?.stale);
    const due = [...missing, ...stale];
    let painted = 0;
    // At least one square per frame, or a slow machine would never finish.
    while (painted < due.length && (painted === 0 || performance.now() < deadline)) {
      const at = due[painted++];
      if (at) paintTile(layer, { at, clock, spare }, options);
    }
    for (const at of wanted) Object.assign(layer.tiles.get(keyOf(at)) ?? {}, { usedAt: clock });
    trim(layer);
    if (painted < missing.length) return "gaps";
    return painted < due.length ? "stale" : "whole";
  }

  return {
    useScale,
    paint,
    /** Copies the squares that are there. */
    copyTo: (context: CanvasRenderingContext2D, view: TileView) => {
      if (current) copyLayer(context, current, { ...view, options });
    },
    scale: () => current?.scale ?? 0,
    /** Everything is painted again, square by square; until then the old picture stays. */
    markAll: () => {
      for (const layer of layers()) for (const tile of layer.tiles.values()) tile.stale = true;
    },
    markRect: (rect: Rect) => {
      for (const layer of layers()) {
        for (const at of tilesIn(rect, layer.scale)) {
          const tile = layer.tiles.get(keyOf(at));
          if (tile) tile.stale = true;
        }
      }
    },
  };
}
export type TileCache = ReturnType<typeof makeTileCache>;

const isSame = (a: number, b: number) => Math.abs(a / b - 1) < 1e-9;

function paintTile(
  layer: Layer,
  work: { at: TileAt; clock: number; spare: HTMLCanvasElement[] },
  options: TileOptions,
): void {
  const { at, clock, spare } = work;
  const side = Math.round(TILE_PX * options.pixelRatio());
  const canvas = layer.tiles.get(keyOf(at))?.canvas ?? spare.pop() ?? document.createElement("canvas");
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const context = canvas.getContext("2d");
  if (!context) return;
  const world = TILE_PX / layer.scale;
  const [minX, minY] = [at.column * world, at.row * world];
  const zoom = side / world;
  context.setTransform(zoom, 0, 0, zoom, -minX * zoom, -minY * zoom);
  options.paint(context, {
    rect: { minX, minY, maxX: minX + world, maxY: minY + world },
    scale: layer.scale,
  });
  layer.tiles.set(keyOf(at), { canvas, stale: false, usedAt: clock });
}

function copyLayer(
  context: CanvasRenderingContext2D,
  layer: Layer,
  view: TileView & { options: TileOptions },
): void {
  const { camera, viewport } = view;
  const ratio = view.options.pixelRatio();
  const world = TILE_PX / layer.scale;
  const side = world * camera.scale;
  // Rounded to device pixels at both ends, so that neighbouring squares never show a seam.
  const snap = (value: number) => Math.round(value * ratio) / ratio;
  for (const { column, row } of tilesIn(view.rect, layer.scale)) {
    const tile = layer.tiles.get(keyOf({ column, row }));
    if (!tile) continue;
    const left = (column * world - camera.x) * camera.scale + viewport.width / 2;
    const top = (row * world - camera.y) * camera.scale + viewport.height / 2;
    const [x, y] = [snap(left), snap(top)];
    context.drawImage(tile.canvas, x, y, snap(left + side) - x, snap(top + side) - y);
  }
}

function trim(layer: Layer): void {
  if (layer.tiles.size <= TILES_MAX) return;
  const oldest = [...layer.tiles].sort(([, a], [, b]) => a.usedAt - b.usedAt);
  for (const [key] of oldest.slice(0, layer.tiles.size - TILES_MAX)) layer.tiles.delete(key);
}

const keyOf = ({ column, row }: TileAt) => `${column},${row}`;

export function* tilesIn(rect: Rect, scale: number): Generator<TileAt> {
  const world = TILE_PX / scale;
  const right = Math.floor(rect.maxX / world);
  const bottom = Math.floor(rect.maxY / world);
  for (let row = Math.floor(rect.minY / world); row <= bottom; row++) {
    for (let column = Math.floor(rect.minX / world); column <= right; column++) yield { column, row };
  }
}

function byDistanceTo(camera: Camera, scale: number) {
  const column = (camera.x * scale) / TILE_PX - 0.5;
  const row = (camera.y * scale) / TILE_PX - 0.5;
  const distance = (at: TileAt) => (at.column - column) ** 2 + (at.row - row) ** 2;
  return (a: TileAt, b: TileAt) => distance(a) - distance(b);
}
