import type { Point } from "@onsale/core/layout/layout";
import { type Camera, clampCamera, growRect, panBy, screenToWorld, worldToScreen, zoomAt } from "./camera.ts";
import { detailAt } from "./detail.ts";
import { paintFrame } from "./paint-frame.ts";
import type { Marks } from "./paint-marks.ts";
import { miniMapCamera } from "./paint-mini-map.ts";
import { paintScene } from "./paint-scene.ts";
import type { MapColors } from "./map-colors.ts";
import { hitAt } from "./map-hit.ts";
import type { MapModel, MapSection } from "./map-model.ts";
import {
  homeOf,
  limitsOf,
  type MapState,
  type MapViewOptions,
  PINCH_SETTLE_MS,
  pixelRatio,
  SETTLE_MS,
} from "./map-state.ts";
import { isPickable, sectionCamera } from "./section-camera.ts";
import { makeTileCache, type PaintTile } from "./tile-cache.ts";

/** From so many changed seats on, painting everything again is cheaper than finding their squares. */
const CHANGES_MAX = 2_000;
/** Stock that is not known after so long may take a while; the plan is shown sharp without it. */
const STOCK_WAIT_MS = 1_500;
/** Pixels between neighbours when one seat is shown from the selection. */
const SHOWN_SEAT_PITCH_PX = 30;

/** Owns one canvas: what is asked for is remembered, and painted once in the next frame. */
export function makeMapView(options: MapViewOptions) {
  const { canvas, model } = options;
  const context = canvas.getContext("2d");
  const paint: PaintTile = (tile, square) => paintScene(tile, state, square);
  const state = firstState(options, paint);
  let frame = 0;

  function paintNow(nowMs: number): void {
    cancelAnimationFrame(frame);
    frame = 0;
    if (context && paintFrame(state, { context, nowMs })) request();
  }
  function request(): void {
    frame ||= requestAnimationFrame(paintNow);
  }
  function repaint(change: Partial<Pick<MapState, "colors" | "shown">>): void {
    Object.assign(state, change);
    markAll(state);
    request();
  }
  const stopWaiting = awaitStock(state, request);
  const { moveTo, flyTo, aim, zoomed } = makeMoves(state, request);

  return {
    resize(width: number, height: number): void {
      fitViewport(state, { width, height });
      paintNow(performance.now());
    },
    /** The same as long as every place stays where it is on the canvas. */
    standing: () => standingOf(state),
    hit: (at: Point, touch: boolean) => hitAt(state, at, touch),
    panBy: (dx: number, dy: number) => moveTo(panBy(state.camera, dx, dy)),
    zoomAt: (at: Point, factor: number) => moveTo(zoomed(state.camera, at, factor)),
    camera: () => state.camera,
    /** Two fingers since they came down: where they led to depends on no step in between. */
    pinchFrom: (start: Camera, { by, at, factor }: Pinch) =>
      moveTo(zoomed(panBy(start, by.x, by.y), at, factor), PINCH_SETTLE_MS),
    /** For buttons and keys: a step, flown. */
    zoomBy: (factor: number) => flyTo(zoomed(aim(), middleOf(state.viewport), factor)),
    stepBy: (dx: number, dy: number) => flyTo(panBy(aim(), dx, dy)),
    home: () => flyTo(state.home),
    /** Nearer, to where its seats can be picked; where they can be already, a tap beside them moves nothing. */
    flyToSection: (section: MapSection, at: Point) => {
      if (!isPickable(section, aim().scale)) flyTo(sectionSight(state, section, at));
    },
    flyToSeat: (seatNo: number) => flyTo(seatSight(state, seatNo)),
    centreOn: (world: Point) => moveTo({ ...state.camera, ...world }),
    miniToWorld: (at: Point) => miniToWorld(state, at),
    seatOnScreen: (seatNo: number): Point =>
      worldToScreen(state.camera, state.viewport, seatPoint(model, seatNo)),
    setMarks: (marks: Marks) => {
      state.marks = marks;
      request();
    },
    setShown: (shown: ReadonlySet<number> | null) => {
      if (shown !== state.shown) repaint({ shown });
    },
    setColors: (colors: MapColors) => repaint({ colors }),
    /** These seats look different now; only the squares they lie in are painted again. */
    seatsChanged: (seatNos: readonly number[]) => {
      markSeats(state, seatNos);
      request();
    },
    /** No finger is on the map any more: what moved rests now. */
    rest: () => {
      state.changedAtMs = 0;
      request();
    },
    destroy: () => {
      cancelAnimationFrame(frame);
      stopWaiting();
    },
  };
}
/** How far the point between two fingers went, where it is, and how much farther apart they are. */
type Pinch = { readonly by: Point; readonly at: Point; readonly factor: number };
export type MapView = ReturnType<typeof makeMapView>;

function awaitStock(state: MapState, request: () => void): () => void {
  const timer = setTimeout(() => {
    state.awaitsStock = false;
    request();
  }, STOCK_WAIT_MS);
  return () => clearTimeout(timer);
}

/** The two ways a camera gets elsewhere: at once, under a finger, or flown. */
function makeMoves(state: MapState, request: () => void) {
  const { model } = state.options;
  return {
    moveTo: (next: Camera, settleMs = SETTLE_MS): void => {
      state.flight = null;
      state.camera = clampCamera(next, model.world, limitsOf(state));
      state.changedAtMs = performance.now();
      state.settleMs = settleMs;
      request();
    },
    flyTo: (next: Camera): void => {
      const to = clampCamera(next, model.world, limitsOf(state));
      state.flight = { from: state.camera, to, startMs: performance.now() };
      request();
    },
    aim: (): Camera => state.flight?.to ?? state.camera,
    zoomed: (from: Camera, at: Point, factor: number): Camera =>
      zoomAt(from, state.viewport, { at, factor, limits: limitsOf(state) }),
  };
}

function firstState(options: MapViewOptions, paint: PaintTile): MapState {
  const viewport = { width: 1, height: 1 };
  const home = homeOf(options.model, viewport);
  return {
    options,
    tiles: makeTileCache({ pixelRatio, paint }),
    colors: options.colors,
    viewport,
    camera: home,
    home,
    marks: { yours: new Set(), hovered: -1, offered: new Set() },
    shown: null,
    flight: null,
    changedAtMs: 0,
    settleMs: SETTLE_MS,
    labels: [],
    miniBase: null,
    picture: null,
    below: null,
    isBelowStale: true,
    awaitsStock: true,
    paceMs: 0,
    movedAtMs: 0,
    isSlow: false,
    news: { zoomed: false, atMax: false, section: "" },
  };
}

function seatSight({ camera, options: { model } }: MapState, seatNo: number): Camera {
  return {
    ...seatPoint(model, seatNo),
    scale: Math.max(camera.scale, SHOWN_SEAT_PITCH_PX / model.pitch),
  };
}

function sectionSight(state: MapState, section: MapSection, at: Point): Camera {
  const { camera, flight, viewport, options } = state;
  const world = screenToWorld(camera, viewport, at);
  return sectionCamera(options.model, { section, at: world }, { camera: flight?.to ?? camera, viewport });
}

const middleOf = ({ width, height }: MapState["viewport"]): Point => ({ x: width / 2, y: height / 2 });

function seatPoint({ plan }: MapModel, seatNo: number): Point {
  return { x: plan.x[seatNo] ?? 0, y: plan.y[seatNo] ?? 0 };
}

function standingOf({ camera, viewport }: MapState): string {
  return [camera.x, camera.y, camera.scale, viewport.width, viewport.height].join();
}

/** Whoever looks at the whole plan goes on doing so when the window changes; whoever looks closer stays there. */
function fitViewport(state: MapState, viewport: MapState["viewport"]): void {
  if (viewport.width < 1 || viewport.height < 1) return;
  const atHome =
    state.camera.scale === state.home.scale &&
    state.camera.x === state.home.x &&
    state.camera.y === state.home.y;
  state.viewport = viewport;
  state.home = homeOf(state.options.model, viewport);
  if (atHome) state.camera = state.home;
  markAll(state);
}

function markAll(state: MapState): void {
  state.tiles.markAll();
  state.miniBase = null;
  state.isBelowStale = true;
}

function markSeats(state: MapState, seatNos: readonly number[]): void {
  const { tiles, camera } = state;
  const { model } = state.options;
  const atSections = detailAt(model.pitch * camera.scale) === "sections";
  if (atSections || seatNos.length > CHANGES_MAX) {
    markAll(state);
    return;
  }
  state.miniBase = null;
  for (const seatNo of seatNos) {
    const x = model.plan.x[seatNo] ?? 0;
    const y = model.plan.y[seatNo] ?? 0;
    tiles.markRect(growRect({ minX: x, maxX: x, minY: y, maxY: y }, model.radius));
  }
}

function miniToWorld(state: MapState, at: Point): Point {
  const mini = miniMapCamera(state);
  return screenToWorld(mini.camera, mini.viewport, at);
}
