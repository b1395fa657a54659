import { type Camera, type Viewport, worldToScreen } from "./camera.ts";
import { fontOfLine, offsetOfLine } from "./label-size.ts";
import type { MapColors } from "./map-colors.ts";
import type { Label, PlacedLabel } from "./place-labels.ts";

/** Names in screen space, over the tiles: they keep their size while the map below them moves. */
export function paintLabels(
  context: CanvasRenderingContext2D,
  { colors, labels }: { colors: MapColors; labels: readonly PlacedLabel[] },
  { camera, viewport }: { camera: Camera; viewport: Viewport },
): void {
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const label of labels) {
    const { x, y } = worldToScreen(camera, viewport, label.at);
    context.fillStyle = colorOf(colors, label.style);
    for (const [index, line] of label.lines.entries()) {
      context.font = fontOfLine(colors, label.size, index);
      context.fillText(line, x, y + offsetOfLine(label, index));
    }
  }
}

function colorOf(colors: MapColors, style: Label["style"]): string {
  return {
    "on-level": colors.paper,
    "on-ground": colors.ink,
    "on-stage": colors.stageText,
    soft: colors.inkSoft,
  }[style];
}
