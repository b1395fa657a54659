import type { Point } from "@onsale/core/layout/layout";
import {
  blendCameras,
  type Camera,
  clampCamera,
  fitRect,
  growRect,
  overlaps,
  panBy,
  type Rect,
  type ScaleLimits,
  screenToWorld,
  type Viewport,
  visibleWorld,
  worldToScreen,
  zoomAt,
} from "./camera.ts";
import { detailAt, DOTS_FROM_PX, PICK_FROM_PX, PITCH_PX_MAX, TOUCH_FROM_PX } from "./detail.ts";
import { drawBase } from "./draw-base.ts";
import { drawLabels } from "./draw-labels.ts";
import { drawMarks, type Marks } from "./draw-marks.ts";
import { drawSeats } from "./draw-seats.ts";
import type { MapColors } from "./map-colors.ts";
import type { MapModel, MapSection } from "./map-model.ts";
import { insidePolygon } from "./section-outline.ts";
import type { SeatStock } from "./seat-stock.ts";
import { nearestSeat } from "./spatial-grid.ts";
import { makeTileCache } from "./tile-cache.ts";

const FLIGHT_MS = 200;
/** Painting may take this much of a 16.7 ms frame. */
const PAINT_BUDGET_MS = 6;
/** After the last turn of the wheel the picture is painted sharp. */
const SETTLE_MS = 90;
/** A picture stretched more than this looks poor even while it moves. */
const STRETCH_MAX = 1.8;

export type Hit =
  | { readonly kind: "seat"; readonly seatNo: number }
  | { readonly kind: "section"; readonly section: MapSection }
  | { readonly kind: "nothing" };

export type MapViewOptions = {
  readonly canvas: HTMLCanvasElement;
  readonly miniMap: HTMLCanvasElement;
  readonly model: MapModel;
  readonly stock: SeatStock;
  readonly levelOf: Uint8Array;
  readonly colors: MapColors;
  readonly onCamera: (state: { zoomed: boolean; atMax: boolean; canPick: boolean }) => void;
};

const NO_MARKS: Marks = { yours: new Set(), hovered: -1, offered: new Set() };

/** Owns one canvas: what is asked for is remembered, and drawn once in the next frame. */
export function makeMapView(options: MapViewOptions) {
  const { canvas, model, stock } = options;
  const context = canvas.getContext("2d");
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  let colors = options.colors;
  let viewport: Viewport = { width: 1, height: 1 };
  let camera: Camera = { x: 0, y: 0, scale: 1 };
  let home: Camera = camera;
  let marks = NO_MARKS;
  let shown: ReadonlySet<number> | null = null;
  let frame = 0;
  let flight: { from: Camera; to: Camera; startMs: number } | null = null;
  let changedAtMs = 0;
  let told = "";

  const isShown = (category: number) => shown === null || shown.has(category);
  const openIn = (section: MapSection) =>
    section.areaNo === null ? (stock.openBySection[section.index] ?? 0) : (stock.areas[section.areaNo]?.free ?? 0);
  const baseScene = () => ({ model, colors, levelOf: options.levelOf, isShown, openIn });
  const pixelRatio = () => Math.min(devicePixelRatio || 1, 3);

  const tiles = makeTileCache({
    pixelRatio,
    paint: (tile, { rect, scale }) => {
      const view = { rect, detail: detailAt(model.pitch * scale), px: 1 / scale };
      drawBase(tile, baseScene(), view);
      drawSeats(tile, { model, colors, states: stock.states, levelOf: options.levelOf, isShown }, view);
    },
  });

  const limits = (): ScaleLimits => ({
    min: home.scale * 0.85,
    max: Math.max(PITCH_PX_MAX / model.pitch, home.scale * 1.5),
  });

  function resize(width: number, height: number): void {
    if (width < 1 || height < 1) return;
    const atHome = camera.scale === home.scale && camera.x === home.x && camera.y === home.y;
    viewport = { width, height };
    home = fitRect(model.world, viewport, Math.min(width, height) * 0.04);
    if (atHome) camera = home;
    canvas.width = Math.round(width * pixelRatio());
    canvas.height = Math.round(height * pixelRatio());
    tiles.markAll();
    draw(performance.now());
  }

  function request(): void {
    frame ||= requestAnimationFrame(draw);
  }

  function draw(nowMs: number): void {
    cancelAnimationFrame(frame);
    frame = 0;
    if (!context) return;
    if (flight) {
      const t = reducedMotion.matches ? 1 : Math.min(1, (nowMs - flight.startMs) / FLIGHT_MS);
      camera = blendCameras(flight.from, flight.to, 1 - (1 - t) ** 3);
      if (t >= 1) flight = null;
      changedAtMs = nowMs;
    }
    chooseScale(nowMs);
    context.setTransform(pixelRatio(), 0, 0, pixelRatio(), 0, 0);
    context.fillStyle = colors.ground;
    context.fillRect(0, 0, viewport.width, viewport.height);
    const rect = visibleWorld(camera, viewport);
    const whole = tiles.draw(context, { camera, viewport, rect }, PAINT_BUDGET_MS);
    drawMarks(context, { model, colors, marks }, { camera, viewport });
    drawLabels(context, { model, colors, openIn }, { camera, viewport });
    drawMiniMap(rect);
    tell();
    if (flight || !whole || tiles.scale() !== camera.scale) request();
  }

  /** While the scale moves the painted squares are stretched; they are painted anew when it settles. */
  function chooseScale(nowMs: number): void {
    const painted = tiles.scale();
    const stretch = painted > 0 ? Math.max(camera.scale / painted, painted / camera.scale) : Infinity;
    if (flight) {
      if (stretch > STRETCH_MAX) tiles.useScale(flight.to.scale);
      return;
    }
    if (stretch > STRETCH_MAX || nowMs - changedAtMs > SETTLE_MS) tiles.useScale(camera.scale);
  }

  function drawMiniMap(seen: Rect): void {
    const mini = options.miniMap;
    const zoomed = camera.scale > home.scale * 1.25;
    if (!zoomed) return;
    const miniContext = mini.getContext("2d");
    const size = { width: mini.clientWidth, height: mini.clientHeight };
    if (!miniContext || size.width < 2) return;
    const ratio = pixelRatio();
    const fit = fitRect(model.world, size, 6);
    if (mini.width !== Math.round(size.width * ratio)) {
      mini.width = Math.round(size.width * ratio);
      mini.height = Math.round(size.height * ratio);
    }
    // Only the frame moves, yet a few dozen shapes are cheaper to draw again than to keep.
    miniContext.setTransform(ratio, 0, 0, ratio, 0, 0);
    miniContext.fillStyle = colors.paper;
    miniContext.fillRect(0, 0, size.width, size.height);
    miniContext.translate(size.width / 2, size.height / 2);
    miniContext.scale(fit.scale, fit.scale);
    miniContext.translate(-fit.x, -fit.y);
    drawBase(miniContext, baseScene(), { rect: model.world, detail: "sections", px: 1 / fit.scale });
    miniContext.strokeStyle = colors.ink;
    miniContext.lineWidth = 2 / fit.scale;
    miniContext.strokeRect(seen.minX, seen.minY, seen.maxX - seen.minX, seen.maxY - seen.minY);
  }

  function tell(): void {
    const state = {
      zoomed: camera.scale > home.scale * 1.25,
      atMax: camera.scale >= limits().max * 0.999,
      canPick: model.pitch * camera.scale >= PICK_FROM_PX,
    };
    const key = JSON.stringify(state);
    if (key === told) return;
    told = key;
    options.onCamera(state);
    if (state.zoomed) request();
  }

  function moveTo(next: Camera): void {
    flight = null;
    camera = clampCamera(next, model.world, limits());
    changedAtMs = performance.now();
    request();
  }

  function flyTo(next: Camera): void {
    flight = { from: camera, to: clampCamera(next, model.world, limits()), startMs: performance.now() };
    request();
  }

  /** The section with room around it, and near enough that its seats are seats. */
  function flyToSection(section: MapSection): void {
    const fit = fitRect(growRect(section.bounds, model.pitch), viewport, 28);
    const least = section.areaNo === null ? (PICK_FROM_PX * 1.6) / model.pitch : 0;
    flyTo({ ...fit, scale: Math.max(fit.scale, least) });
  }

  function hit(at: Point, touch: boolean): Hit {
    const world = screenToWorld(camera, viewport, at);
    const pitchPx = model.pitch * camera.scale;
    if (pitchPx >= (touch ? TOUCH_FROM_PX : PICK_FROM_PX)) {
      const reach = Math.max(model.pitch * 0.55, (touch ? 18 : 4) / camera.scale);
      const seatNo = nearestSeat(model.grid, model.plan, { ...world, reach });
      if (seatNo >= 0) return { kind: "seat", seatNo };
    }
    const section = model.sections.find(
      (candidate) =>
        candidate.category >= 0 &&
        overlaps(candidate.bounds, { minX: world.x, maxX: world.x, minY: world.y, maxY: world.y }) &&
        (insidePolygon(candidate.polygon, world) || pitchPx < DOTS_FROM_PX * 2),
    );
    return section ? { kind: "section", section } : { kind: "nothing" };
  }

  return {
    resize,
    hit,
    panBy: (dx: number, dy: number) => moveTo(panBy(camera, dx, dy)),
    zoomAt: (at: Point, factor: number) => moveTo(zoomAt(camera, viewport, { at, factor, limits: limits() })),
    /** For buttons and keys: a step, flown. */
    zoomBy: (factor: number) =>
      flyTo(zoomAt(flight?.to ?? camera, viewport, { at: middle(viewport), factor, limits: limits() })),
    stepBy: (dx: number, dy: number) => flyTo(panBy(flight?.to ?? camera, dx, dy)),
    home: () => flyTo(home),
    flyToSection,
    flyToSeat: (seatNo: number) =>
      flyTo({
        x: model.plan.x[seatNo] ?? 0,
        y: model.plan.y[seatNo] ?? 0,
        scale: Math.max(camera.scale, 22 / model.pitch),
      }),
    centreOn: (world: Point) => moveTo({ ...camera, ...world }),
    miniToWorld: (at: Point): Point => {
      const size = { width: options.miniMap.clientWidth, height: options.miniMap.clientHeight };
      return screenToWorld(fitRect(model.world, size, 6), size, at);
    },
    seatOnScreen: (seatNo: number): Point =>
      worldToScreen(camera, viewport, { x: model.plan.x[seatNo] ?? 0, y: model.plan.y[seatNo] ?? 0 }),
    setMarks: (next: Marks) => {
      marks = next;
      request();
    },
    setShown: (categories: ReadonlySet<number> | null) => {
      shown = categories;
      tiles.markAll();
      request();
    },
    setColors: (next: MapColors) => {
      colors = next;
      tiles.markAll();
      request();
    },
    /** These seats look different now; only the squares they lie in are painted again. */
    seatsChanged: (seatNos: readonly number[]) => {
      const atSections = detailAt(model.pitch * camera.scale) === "sections";
      if (seatNos.length > 2_000 || atSections) tiles.markAll();
      else
        for (const seatNo of seatNos) {
          const x = model.plan.x[seatNo] ?? 0;
          const y = model.plan.y[seatNo] ?? 0;
          tiles.markRect(growRect({ minX: x, maxX: x, minY: y, maxY: y }, model.radius));
        }
      request();
    },
    destroy: () => cancelAnimationFrame(frame),
  };
}
export type MapView = ReturnType<typeof makeMapView>;

const middle = ({ width, height }: Viewport): Point => ({ x: width / 2, y: height / 2 });
