import { type Camera, type Viewport, worldToScreen } from "./camera.ts";
import type { MapColors } from "./map-colors.ts";
import type { MapModel } from "./map-model.ts";

export type Marks = {
  /** The fan's own seats. */
  readonly yours: ReadonlySet<number>;
  readonly hovered: number;
  /** Seats to look at: neighbours offered after a lost race. */
  readonly offered: ReadonlySet<number>;
};

/** Few and quick, so they are painted anew every frame and never touch a tile. */
export function paintMarks(
  context: CanvasRenderingContext2D,
  scene: { model: MapModel; colors: MapColors; marks: Marks },
  view: { camera: Camera; viewport: Viewport },
): void {
  const { model, colors, marks } = scene;
  const radius = Math.max(model.radius * view.camera.scale, 3.5);
  const at = (seatNo: number) =>
    worldToScreen(view.camera, view.viewport, { x: model.plan.x[seatNo] ?? 0, y: model.plan.y[seatNo] ?? 0 });
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const seatNo of marks.offered) {
    const { x, y } = at(seatNo);
    context.strokeStyle = colors.focus;
    context.lineWidth = 2;
    context.setLineDash([3, 3]);
    ring(context, { x, y, radius: radius + 3 });
    context.setLineDash([]);
  }
  for (const seatNo of marks.yours) {
    const { x, y } = at(seatNo);
    context.fillStyle = colors.yours;
    context.beginPath();
    context.arc(x, y, radius + 0.5, 0, 2 * Math.PI);
    context.fill();
    context.strokeStyle = colors.yours;
    context.lineWidth = Math.max(1.5, radius * 0.2);
    ring(context, { x, y, radius: radius * 1.32 + 1.5 });
    context.strokeStyle = colors.yoursMark;
    context.lineWidth = Math.max(1.4, radius * 0.24);
    context.beginPath();
    context.moveTo(x - radius * 0.45, y + radius * 0.02);
    context.lineTo(x - radius * 0.1, y + radius * 0.38);
    context.lineTo(x + radius * 0.48, y - radius * 0.34);
    context.stroke();
  }
  if (marks.hovered >= 0) {
    const { x, y } = at(marks.hovered);
    context.strokeStyle = colors.ink;
    context.lineWidth = 2;
    ring(context, { x, y, radius: radius + 2.5 });
  }
}

function ring(context: CanvasRenderingContext2D, circle: { x: number; y: number; radius: number }): void {
  context.beginPath();
  context.arc(circle.x, circle.y, circle.radius, 0, 2 * Math.PI);
  context.stroke();
}
