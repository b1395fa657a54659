import type { Point } from "@onsale/core/layout/layout";
import type { Camera } from "./camera.ts";
import type { MapView } from "./map-view.ts";

/** A finger that moves less than this has tapped. */
const TAP_SLOP_PX = 7;
/** Wheel turns per doubling differ by device; this feels like map programs do. */
const WHEEL_RATE = 0.0018;
const PINCH_WHEEL_RATE = 0.01;
const KEY_STEP_PX = 90;
const KEY_ZOOM = 1.5;

export type GestureTargets = {
  readonly view: MapView;
  readonly onTap: (at: Point, touch: boolean) => void;
  readonly onHover: (at: Point | null) => void;
  /** The map moved under the pointer: what was shown beside a seat no longer stands there. */
  readonly onMove: () => void;
};

/** Pointer, wheel and keys on the canvas, as the browser reports them, turned into the view's verbs. */
export function attachGestures(surface: HTMLElement, targets: GestureTargets): () => void {
  const { view } = targets;
  const pointers = new Map<number, Point>();
  let pinch: PinchStart | null = null;
  let moved = 0;
  let pressedOn = "";

  const local = (event: { clientX: number; clientY: number }): Point => {
    const box = surface.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  /** Where the canvas stands and what it looks at. */
  const place = (): string => {
    const { left, top } = surface.getBoundingClientRect();
    return `${left},${top},${view.standing()}`;
  };

  function down(event: PointerEvent): void {
    if (event.button !== 0) return;
    surface.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, local(event));
    moved = pointers.size > 1 ? Infinity : 0;
    pinch = startPinch(pointers, view);
    pressedOn = place();
  }

  function move(event: PointerEvent): void {
    const at = local(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") targets.onHover(at);
      return;
    }
    pointers.set(event.pointerId, at);
    moved += Math.hypot(at.x - before.x, at.y - before.y);
    if (pinch) followPinch(pointers, pinch, view);
    else if (moved > TAP_SLOP_PX) view.panBy(at.x - before.x, at.y - before.y);
    if (moved > TAP_SLOP_PX) targets.onMove();
  }

  function up(event: PointerEvent): void {
    const at = pointers.get(event.pointerId);
    pointers.delete(event.pointerId);
    pinch = startPinch(pointers, view);
    if (pointers.size === 0) view.rest();
    if (!at || event.type !== "pointerup" || moved > TAP_SLOP_PX) return;
    // Something moved the map in between: what lies under the finger now is not what was meant.
    if (place() === pressedOn) targets.onTap(at, event.pointerType === "touch");
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    targets.onMove();
    const rate = event.ctrlKey ? PINCH_WHEEL_RATE : WHEEL_RATE;
    view.zoomAt(local(event), Math.exp(-event.deltaY * lines * rate));
  }

  const over = new AbortController();
  const { signal } = over;
  surface.addEventListener("pointerdown", down, { signal });
  surface.addEventListener("pointermove", move, { signal });
  surface.addEventListener("pointerup", up, { signal });
  surface.addEventListener("pointercancel", up, { signal });
  surface.addEventListener("pointerleave", () => targets.onHover(null), { signal });
  surface.addEventListener("wheel", wheel, { passive: false, signal });
  surface.addEventListener("touchend", swallowClick, { passive: false, signal });
  surface.addEventListener("keydown", (event) => pressKey(event, view), { signal });
  return () => over.abort();
}

type PinchStart = { readonly camera: Camera; readonly fingers: Fingers };
type Fingers = { readonly middle: Point; readonly spread: number };

function startPinch(pointers: ReadonlyMap<number, Point>, view: MapView): PinchStart | null {
  const fingers = fingersOf(pointers);
  return fingers && { camera: view.camera(), fingers };
}

function followPinch(pointers: ReadonlyMap<number, Point>, start: PinchStart, view: MapView): void {
  const now = fingersOf(pointers);
  if (!now) return;
  const { middle, spread } = start.fingers;
  const by = { x: now.middle.x - middle.x, y: now.middle.y - middle.y };
  view.pinchFrom(start.camera, { by, at: now.middle, factor: now.spread / spread });
}

/** The first two; fingers nearly on each other would make every pixel a leap. */
function fingersOf(pointers: ReadonlyMap<number, Point>): Fingers | null {
  const [a, b] = pointers.values();
  if (!a || !b) return null;
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  return { middle, spread: Math.max(10, Math.hypot(a.x - b.x, a.y - b.y)) };
}

/** Else the browser sends a click after the finger, to whatever stands there by then. */
function swallowClick(event: TouchEvent): void {
  if (event.cancelable) event.preventDefault();
}

function pressKey(event: KeyboardEvent, view: MapView): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act(view);
}

const KEYS: Readonly<Record<string, (view: MapView) => void>> = {
  "+": (view) => view.zoomBy(KEY_ZOOM),
  "=": (view) => view.zoomBy(KEY_ZOOM),
  "-": (view) => view.zoomBy(1 / KEY_ZOOM),
  Home: (view) => view.home(),
  "0": (view) => view.home(),
  ArrowLeft: (view) => view.stepBy(KEY_STEP_PX, 0),
  ArrowRight: (view) => view.stepBy(-KEY_STEP_PX, 0),
  ArrowUp: (view) => view.stepBy(0, KEY_STEP_PX),
  ArrowDown: (view) => view.stepBy(0, -KEY_STEP_PX),
};
