import { blendCameras, fitRect, type Rect, visibleWorld } from "./camera.ts";
import { type BaseScene, drawBase } from "./draw-base.ts";
import { drawLabels } from "./draw-labels.ts";
import { sectionUnder } from "./map-hit.ts";
import type { MapSection } from "./map-model.ts";
import { placeLabels } from "./place-labels.ts";
import { drawMarks } from "./draw-marks.ts";
import { isZoomed, limitsOf, type MapState, openIn, pixelRatio } from "./map-state.ts";

const FLIGHT_MS = 200;
/** While the camera rests nothing else waits for the frame, so much of it may be painted at once. */
const PAINT_BUDGET_MS = 40;
/** Paper that is only dragged shows new squares as they come into view. */
const PAN_BUDGET_MS = 5;
/** Frames that come slower than this are drawn with fewer pixels; longer ago is another move. */
const SLOW_FRAME_MS = 26;
const SAME_MOVE_MS = 1_000;
/** A camera that did not move for so long rests: the picture is painted sharp. */
const SETTLE_MS = 45;
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
  const moving = isMoving(state, nowMs);
  const ratio = frameRatio(state, { moving, nowMs });
  const view = { camera: state.camera, viewport };
  const seen = visibleWorld(state.camera, viewport);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = state.colors.ground;
  context.fillRect(0, 0, viewport.width, viewport.height);
  // While fingers move, what was painted is only stretched: a frame costs the same in any house.
  const whole = tiles.draw(context, { ...view, rect: seen }, paintBudgetMs(state, moving));
  const { model } = state.options;
  drawMarks(context, { model, colors: state.colors, marks: state.marks }, view);
  const scene = { model, colors: state.colors, openIn: (section: MapSection) => openIn(state, section) };
  if (!moving) state.labels = placeLabels(context, scene, view);
  drawLabels(context, { colors: state.colors, labels: state.labels }, view);
  if (isZoomed(state)) drawMiniMap(state, seen);
  const told = !moving && tell(state);
  return told || moving || !whole || tiles.scale() !== state.camera.scale;
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
  state.changedAtMs = t >= 1 ? 0 : nowMs;
  if (t >= 1) state.flight = null;
}

/**
 * A slow machine draws a moving map with fewer pixels, which the eye does not miss while it moves; at rest it is as sharp
 * as anywhere.
 */
function frameRatio(state: MapState, { moving, nowMs }: { moving: boolean; nowMs: number }): number {
  const since = nowMs - state.drawnAtMs;
  state.drawnAtMs = nowMs;
  if (moving && since < SAME_MOVE_MS) state.paceMs += (since - state.paceMs) * 0.4;
  const { viewport } = state;
  const { canvas } = state.options;
  const ratio = moving && state.paceMs > SLOW_FRAME_MS ? Math.min(1, pixelRatio()) : pixelRatio();
  const width = Math.round(viewport.width * ratio);
  const height = Math.round(viewport.height * ratio);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  return ratio;
}

function paintBudgetMs({ tiles, camera }: MapState, moving: boolean): number {
  if (!moving) return PAINT_BUDGET_MS;
  return tiles.scale() === camera.scale ? PAN_BUDGET_MS : 0;
}

function isMoving({ flight, changedAtMs }: MapState, nowMs: number): boolean {
  return flight !== null || nowMs - changedAtMs < SETTLE_MS;
}

/** While the scale moves the painted squares are stretched; they are painted anew when it settles. */
function chooseScale(state: MapState, nowMs: number): void {
  const { tiles, camera } = state;
  if (tiles.scale() === 0 || !isMoving(state, nowMs)) tiles.useScale(camera.scale);
}

/** Only its frame moves; the house below it is painted once and copied. */
function drawMiniMap(state: MapState, seen: Rect): void {
  const canvas = state.options.miniMap;
  const context = canvas.getContext("2d");
  const { viewport, camera } = miniMapCamera(state);
  if (!context || viewport.width < 2) return;
  const width = Math.round(viewport.width * pixelRatio());
  if (canvas.width !== width) {
    canvas.width = width;
    canvas.height = Math.round(viewport.height * pixelRatio());
    state.miniBase = null;
  }
  state.miniBase ??= paintMiniBase(state);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(state.miniBase, 0, 0);
  lookFrom(context, { viewport, camera });
  context.strokeStyle = state.colors.ink;
  context.lineWidth = 2 / camera.scale;
  context.strokeRect(seen.minX, seen.minY, seen.maxX - seen.minX, seen.maxY - seen.minY);
}

function paintMiniBase(state: MapState): HTMLCanvasElement {
  const base = document.createElement("canvas");
  base.width = state.options.miniMap.width;
  base.height = state.options.miniMap.height;
  const context = base.getContext("2d");
  const look = miniMapCamera(state);
  if (!context) return base;
  context.fillStyle = state.colors.paper;
  context.fillRect(0, 0, base.width, base.height);
  lookFrom(context, look);
  const px = 1 / look.camera.scale;
  drawBase(context, baseScene(state), { rect: state.options.model.world, detail: "sections", px });
  return base;
}

function lookFrom(
  context: CanvasRenderingContext2D,
  { viewport, camera }: ReturnType<typeof miniMapCamera>,
): void {
  const ratio = pixelRatio();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.translate(viewport.width / 2, viewport.height / 2);
  context.scale(camera.scale, camera.scale);
  context.translate(-camera.x, -camera.y);
}

/** Tells the page when it has other buttons to show; true when it did, because the mini-map then has to appear. */
function tell(state: MapState): boolean {
  const zoomed = isZoomed(state);
  const news = {
    zoomed,
    atMax: state.camera.scale >= limitsOf(state).max * 0.999,
    section: zoomed ? (sectionUnder(state.options.model, state.camera)?.label ?? "") : "",
  };
  const { news: before } = state;
  if (news.zoomed === before.zoomed && news.atMax === before.atMax && news.section === before.section)
    return false;
  state.news = news;
  state.options.onCamera(news);
  return true;
}
