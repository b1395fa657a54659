import type { Rect } from "./camera.ts";
import { detailAt } from "./detail.ts";
import { type BaseScene, paintBase } from "./paint-base.ts";
import { paintSeats } from "./paint-seats.ts";
import { type MapState, openIn } from "./map-state.ts";

export function baseScene(state: MapState): BaseScene {
  return {
    model: state.options.model,
    colors: state.colors,
    levelOf: state.options.levelOf,
    isShown: (category) => state.shown === null || state.shown.has(category),
    openIn: (section) => openIn(state, section),
  };
}

/** The plan inside `rect`, as it looks at that scale; the context is in world units. */
export function paintScene(
  context: CanvasRenderingContext2D,
  state: MapState,
  { rect, scale }: { rect: Rect; scale: number },
): void {
  const { model, stock, levelOf } = state.options;
  const { colors } = state;
  const scene = baseScene(state);
  const view = { rect, detail: detailAt(model.pitch * scale), px: 1 / scale };
  context.fillStyle = colors.ground;
  context.fillRect(rect.minX, rect.minY, rect.maxX - rect.minX, rect.maxY - rect.minY);
  paintBase(context, scene, view);
  paintSeats(context, { model, colors, stock, levelOf, isShown: scene.isShown }, view);
}
