import type { Point } from "@onsale/core/layout/layout";
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
export function attachGestures(canvas: HTMLCanvasElement, targets: GestureTargets): () => void {
  const { view } = targets;
  const pointers = new Map<number, Point>();
  let moved = 0;
  let pressedOn = "";

  const local = (event: { clientX: number; clientY: number }): Point => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  /** Where the canvas stands and what it looks at. */
  const place = (): string => {
    const { left, top } = canvas.getBoundingClientRect();
    return `${left},${top},${view.standing()}`;
  };

  function down(event: PointerEvent): void {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, local(event));
    moved = pointers.size > 1 ? Infinity : 0;
    pressedOn = place();
  }

  function move(event: PointerEvent): void {
    const at = local(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") targets.onHover(at);
      return;
    }
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, at);
    moved += Math.hypot(at.x - before.x, at.y - before.y);
    if (other) pinch({ from: before, to: at, other });
    else if (moved > TAP_SLOP_PX) {
      view.panBy(at.x - before.x, at.y - before.y);
      targets.onMove();
    }
  }

  function pinch({ from, to, other }: { from: Point; to: Point; other: Point }): void {
    const spreadBefore = Math.hypot(from.x - other.x, from.y - other.y);
    const spread = Math.hypot(to.x - other.x, to.y - other.y);
    const centre = { x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 };
    targets.onMove();
    view.panBy((to.x - from.x) / 2, (to.y - from.y) / 2);
    if (spreadBefore > 10 && spread > 10) view.zoomAt(centre, spread / spreadBefore);
  }

  function up(event: PointerEvent): void {
    const at = pointers.get(event.pointerId);
    pointers.delete(event.pointerId);
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
  canvas.addEventListener("pointerdown", down, { signal });
  canvas.addEventListener("pointermove", move, { signal });
  canvas.addEventListener("pointerup", up, { signal });
  canvas.addEventListener("pointercancel", up, { signal });
  canvas.addEventListener("pointerleave", () => targets.onHover(null), { signal });
  canvas.addEventListener("wheel", wheel, { passive: false, signal });
  canvas.addEventListener("touchend", swallowClick, { passive: false, signal });
  canvas.addEventListener("keydown", (event) => pressKey(event, view), { signal });
  return () => over.abort();
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
