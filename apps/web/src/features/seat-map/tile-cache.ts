import type { Camera, Rect, Viewport } from "./camera.ts";

/** CSS pixels per side. */
export const TILE_PX = 320;
/** Tiles kept per scale; a 4K view needs about 84. */
const TILES_MAX = 160;

type Tile = { readonly canvas: HTMLCanvasElement; stale: boolean; usedAt: number };
type Layer = { readonly scale: number; readonly tiles: Map<string, Tile> };
type TileAt = { readonly column: number; readonly row: number };

type TileView = { readonly camera: Camera; readonly viewport: Viewport; readonly rect: Rect };
type TileOptions = { readonly paint: PaintTile; readonly pixelRatio: () => number };

export type PaintTile = (context: CanvasRenderingContext2D, tile: { rect: Rect; scale: number }) => void;

/**
 * The drawn map in squares, as web maps keep theirs: panning and zooming only copy squares, whatever the number of
 * seats, and a change repaints the squares it lies in. Squares belong to one scale; while another scale is being
 * painted the old one is shown stretched beneath, so nothing goes blank and nothing jumps.
 */
export function makeTileCache(options: TileOptions) {
  let current: Layer | null = null;
  let former: Layer | null = null;
  /** The first scale that was painted, the whole house: stays below everything, so that nothing is ever blank. */
  let base: Layer | null = null;
  let clock = 0;
  const layers = () => [...new Set([base, former, current])].filter((layer) => layer !== null);

  /** Squares of a scale just left are kept beneath, and taken up again when it comes back. */
  function useScale(scale: number): void {
    if (current && isSame(current.scale, scale)) return;
    const back = [former, base].find((layer) => layer && isSame(layer.scale, scale));
    if (current && current.tiles.size > 0) former = current;
    current = back ?? { scale, tiles: new Map() };
    base ??= current;
  }

  /** Copies what is there and paints missing squares until `budgetMs` is spent; true when the picture is whole. */
  function draw(context: CanvasRenderingContext2D, view: TileView, budgetMs: number): boolean {
    if (!current) return true;
    const layer = current;
    if (budgetMs === 0) {
      stretch(context, { base, layer }, { ...view, options });
      return false;
    }
    const deadline = performance.now() + budgetMs;
    clock++;
    const wanted = [...tilesIn(view.rect, layer.scale)].sort(byDistanceTo(view.camera, layer.scale));
    let whole = true;
    let painted = 0;
    for (const at of wanted) {
      const tile = layer.tiles.get(keyOf(at));
      if (tile) tile.usedAt = clock;
      if (tile && !tile.stale) continue;
      // At least one square per frame, or a slow machine would never finish.
      if (painted > 0 && performance.now() > deadline) whole = false;
      else {
        paintTile(layer, { at, clock }, options);
        painted++;
      }
    }
    if (wanted.some((at) => !layer.tiles.has(keyOf(at)))) {
      for (const below of [base, former])
        if (below && below !== layer) copyLayer(context, below, { ...view, options });
    } else if (whole) former = null;
    copyLayer(context, layer, { ...view, options });
    trim(layer);
    return whole;
  }

  return {
    useScale,
    draw,
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

/** So much further out, squares of a near scale would be many and tiny; the whole house shows as much. */
const SHRINK_MAX = 3;

/** What was painted, as the camera sees it now: nothing is painted, and nothing is drawn that lies under something else. */
function stretch(
  context: CanvasRenderingContext2D,
  { base, layer }: { base: Layer | null; layer: Layer },
  view: TileView & { options: TileOptions },
): void {
  const isFar = base !== null && layer.scale / view.camera.scale > SHRINK_MAX;
  const covers = !isFar && [...tilesIn(view.rect, layer.scale)].every((at) => layer.tiles.has(keyOf(at)));
  if (base && base !== layer && !covers) copyLayer(context, base, view);
  if (!isFar || base === layer) copyLayer(context, layer, view);
}

const isSame = (a: number, b: number) => Math.abs(a / b - 1) < 1e-9;

function paintTile(layer: Layer, work: { at: TileAt; clock: number }, options: TileOptions): void {
  const { at, clock } = work;
  const side = Math.round(TILE_PX * options.pixelRatio());
  const canvas = layer.tiles.get(keyOf(at))?.canvas ?? document.createElement("canvas");
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, side, side);
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
