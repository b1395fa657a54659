import { fitRect, type Rect } from "./camera.ts";
import { paintBase } from "./paint-base.ts";
import { baseScene } from "./paint-scene.ts";
import { type MapState, pixelRatio } from "./map-state.ts";

const PADDING_PX = 6;

export function miniMapCamera({ options }: MapState) {
  const viewport = { width: options.miniMap.clientWidth, height: options.miniMap.clientHeight };
  return { viewport, camera: fitRect(options.model.world, viewport, PADDING_PX) };
}

/** Only its frame moves; the plan below it is painted once and copied. */
export function paintMiniMap(state: MapState, seen: Rect): void {
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
  paintBase(context, baseScene(state), { rect: state.options.model.world, detail: "sections", px });
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
