import { blendCameras, fitRect, type Rect, visibleWorld } from "./camera.ts";
import { type BaseScene, drawBase } from "./draw-base.ts";
import { drawLabels } from "./draw-labels.ts";
import { drawMarks } from "./draw-marks.ts";
import { isZoomed, limitsOf, type MapState, openIn, pixelRatio } from "./map-state.ts";

const FLIGHT_MS = 200;
/** Painting may take this much of a 16.7 ms frame. */
const PAINT_BUDGET_MS = 6;
/** After the last turn of the wheel the picture is painted sharp. */
const SETTLE_MS = 90;
/** A picture stretched more than this looks poor even while it moves. */
const STRETCH_MAX = 1.8;
const MINI_MAP_PADDING_PX = 6;

/** Draws one frame; true when another one is needed. */
export function drawFrame(
  state: MapState,
  frame: { context: CanvasRenderingContext2D; nowMs: number },
): boolean {
  const { context, nowMs } = frame;
  const { tiles, viewport } = state;
  fly(state, nowMs);
  chooseScale(state, nowMs);
  const ratio = pixelRatio();
  const view = { camera: state.camera, viewport };
  const seen = visibleWorld(state.camera, viewport);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = state.colors.ground;
  context.fillRect(0, 0, viewport.width, viewport.height);
  const whole = tiles.draw(context, { ...view, rect: seen }, PAINT_BUDGET_MS);
  const { model } = state.options;
  drawMarks(context, { model, colors: state.colors, marks: state.marks }, view);
  drawLabels(context, { model, colors: state.colors, openIn: (section) => openIn(state, section) }, view);
  if (isZoomed(state)) drawMiniMap(state, seen);
  const told = tell(state);
  return told || state.flight !== null || !whole || tiles.scale() !== state.camera.scale;
}

export function baseScene(state: MapState): BaseScene {
  return {
    model: state.options.model,
    colors: state.colors,
    levelOf: state.options.levelOf,
    isShown: (category) => state.shown === null || state.shown.has(category),
    openIn: (section) => openIn(state, section),
  };
}

export function miniMapCamera({ options }: MapState) {
  const viewport = { width: options.miniMap.clientWidth, height: options.miniMap.clientHeight };
  return { viewport, camera: fitRect(options.model.world, viewport, MINI_MAP_PADDING_PX) };
}

function fly(state: MapState, nowMs: number): void {
  const { flight } = state;
  if (!flight) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const t = still ? 1 : Math.min(1, Math.max(0, (nowMs - flight.startMs) / FLIGHT_MS));
  state.camera = blendCameras(flight.from, flight.to, 1 - (1 - t) ** 3);
  state.changedAtMs = nowMs;
  if (t >= 1) state.flight = null;
}

/** While the scale moves the painted squares are stretched; they are painted anew when it settles. */
function chooseScale({ tiles, camera, flight, changedAtMs }: MapState, nowMs: number): void {
  const painted = tiles.scale();
  const stretch = painted > 0 ? Math.max(camera.scale / painted, painted / camera.scale) : Infinity;
  if (flight) {
    if (stretch > STRETCH_MAX) tiles.useScale(flight.to.scale);
  } else if (stretch > STRETCH_MAX || nowMs - changedAtMs > SETTLE_MS) tiles.useScale(camera.scale);
}

/** Only its frame moves, yet a few dozen shapes are cheaper to draw again than to keep. */
function drawMiniMap(state: MapState, seen: Rect): void {
  const canvas = state.options.miniMap;
  const context = canvas.getContext("2d");
  const { viewport, camera } = miniMapCamera(state);
  if (!context || viewport.width < 2) return;
  const ratio = pixelRatio();
  const width = Math.round(viewport.width * ratio);
  if (canvas.width !== width) {
    canvas.width = width;
    canvas.height = Math.round(viewport.height * ratio);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = state.colors.paper;
  context.fillRect(0, 0, viewport.width, viewport.height);
  context.translate(viewport.width / 2, viewport.height / 2);
  context.scale(camera.scale, camera.scale);
  context.translate(-camera.x, -camera.y);
  const px = 1 / camera.scale;
  drawBase(context, baseScene(state), { rect: state.options.model.world, detail: "sections", px });
  context.strokeStyle = state.colors.ink;
  context.lineWidth = 2 * px;
  context.strokeRect(seen.minX, seen.minY, seen.maxX - seen.minX, seen.maxY - seen.minY);
}

/** Tells the page when it has other buttons to show; true when it did, because the mini-map then has to appear. */
function tell(state: MapState): boolean {
  const news = { zoomed: isZoomed(state), atMax: state.camera.scale >= limitsOf(state).max * 0.999 };
  if (news.zoomed === state.news.zoomed && news.atMax === state.news.atMax) return false;
  state.news = news;
  state.options.onCamera(news);
  return true;
}
