import { blendCameras, visibleWorld } from "./camera.ts";
import { carryTo, sizeCanvas } from "./carry-picture.ts";
import { paintLabels } from "./paint-labels.ts";
import { paintMarks } from "./paint-marks.ts";
import { paintMiniMap } from "./paint-mini-map.ts";
import { paintPlanBelow } from "./plan-below.ts";
import { sectionUnder } from "./map-hit.ts";
import type { MapSection } from "./map-model.ts";
import { isZoomed, limitsOf, type MapState, openIn, pixelRatio } from "./map-state.ts";
import { placeLabels } from "./place-labels.ts";

const FLIGHT_MS = 200;
/** While the camera rests nothing else waits for the frame, so much of it may be painted at once. */
const PAINT_BUDGET_MS = 30;
/** Paper that is only dragged shows new squares as they come into view. */
const PAN_BUDGET_MS = 5;
/** A machine whose frames come slower than this paints nothing until its camera rests. */
const SLOW_FRAME_MS = 26;
const FRAME_MS = 1000 / 60;

/**
 * Brings the map up to date; true when another frame is needed. While the camera moves the last picture is carried along,
 * and it stays until the next one is whole: so a frame costs the same in any venue and on any screen.
 */
export function paintFrame(
  state: MapState,
  frame: { context: CanvasRenderingContext2D; nowMs: number },
): boolean {
  const { tiles, viewport } = state;
  fly(state, frame.nowMs);
  const moving = isMoving(state, frame.nowMs);
  measurePace(state, { moving, nowMs: frame.nowMs });
  const seen = visibleWorld(state.camera, viewport);
  if (!moving && state.isBelowStale) paintPlanBelow(state);
  if (moving && !canDragSharp(state)) return carry(state);
  if (state.awaitsStock && !state.options.stock.known) return !carry(state);
  if (!moving) tiles.useScale(state.camera.scale);
  const budgetMs = moving ? PAN_BUDGET_MS : PAINT_BUDGET_MS;
  const painted = tiles.paint({ camera: state.camera, rect: seen }, budgetMs);
  if (!moving && painted === "gaps") return carry(state);
  paintPicture(frame.context, state, moving);
  const told = !moving && tell(state);
  if (isZoomed(state)) paintMiniMap(state, seen);
  return told || moving || painted !== "whole";
}

/** Everything on the canvas, at the place where the camera is. */
function paintPicture(context: CanvasRenderingContext2D, state: MapState, moving: boolean): void {
  const { camera, viewport, colors, marks } = state;
  const { canvas, model } = state.options;
  const ratio = pixelRatio();
  const view = { camera, viewport };
  sizeCanvas(canvas, viewport, ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  // Squares that are not painted yet leave a hole through which the coarse plan shows.
  context.clearRect(0, 0, viewport.width, viewport.height);
  state.tiles.copyTo(context, { ...view, rect: visibleWorld(camera, viewport) });
  const scene = { model, colors, openIn: (section: MapSection) => openIn(state, section) };
  if (!moving) state.labels = placeLabels(context, scene, view);
  paintLabels(context, { colors, labels: state.labels }, view);
  // Over the names: the fan's own seat may lie where its section's name stands.
  paintMarks(context, { model, colors, marks }, view);
  state.picture = view;
  carry(state);
}

function carry(state: MapState): true {
  const { picture, below, options } = state;
  if (picture) carryTo(options.canvas, picture, state);
  if (below) carryTo(options.below, below, state);
  return true;
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

/** From one frame of a move to the next. */
function measurePace(state: MapState, { moving, nowMs }: { moving: boolean; nowMs: number }): void {
  if (moving && state.movedAtMs > 0) state.paceMs += (nowMs - state.movedAtMs - state.paceMs) * 0.3;
  state.movedAtMs = moving ? nowMs : 0;
  if (!moving) state.isSlow = false;
  else if (state.paceMs > SLOW_FRAME_MS) state.isSlow = true;
  if (!moving) state.paceMs = FRAME_MS;
}

/** Where only the place changes, a quick machine paints the squares that come into view. */
function canDragSharp({ tiles, camera, picture, isSlow }: MapState): boolean {
  return !isSlow && tiles.scale() === camera.scale && picture?.camera.scale === camera.scale;
}

function isMoving({ flight, changedAtMs, settleMs }: MapState, nowMs: number): boolean {
  return flight !== null || nowMs - changedAtMs < settleMs;
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
