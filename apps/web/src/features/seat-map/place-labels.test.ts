import { compileLayout } from "@onsale/core/layout/seat-plan";
import { expect, test } from "vitest";
import { fitRect, overlaps, type Rect, worldToScreen } from "./camera.ts";
import { detailAt } from "./detail.ts";
import { measureLabel } from "./label-size.ts";
import { makeMapModel } from "./map-model.ts";
import { placeLabels } from "./place-labels.ts";
import { smallHouse } from "./testing/small-house.ts";

const layout = smallHouse();
const model = makeMapModel(compileLayout(layout), layout);
const colors = { font: "sans-serif" };
const scene = { model, colors, openIn: () => 12 };
/** As much of a canvas as measuring needs: every letter is 0.6 of the size wide. */
const context = {
  font: "",
  measureText(this: { font: string }, text: string) {
    return { width: text.length * 0.6 * (Number(/([\d.]+)px/.exec(this.font)?.[1]) || 0) };
  },
} as unknown as CanvasRenderingContext2D;

function boxes(zoom: number, viewport: { width: number; height: number }) {
  const home = fitRect(model.world, viewport, 10);
  const camera = { ...home, scale: home.scale * zoom };
  const placed = placeLabels(context, scene, { camera, viewport });
  const at = (point: { x: number; y: number }) => worldToScreen(camera, viewport, point);
  const labels = placed.map((label): Rect & { name: string } => {
    const { width, height } = measureLabel(context, scene, label);
    const { x, y } = at(label.at);
    const name = label.lines[0] ?? "";
    return { name, minX: x - width / 2, maxX: x + width / 2, minY: y - height / 2, maxY: y + height / 2 };
  });
  return { camera, labels, at };
}

const VIEWS = [1, 1.6, 3, 7].flatMap((zoom) =>
  [
    { width: 390, height: 540 },
    { width: 375, height: 256 },
    { width: 900, height: 700 },
  ].map((viewport) => ({ zoom, viewport })),
);

test("no name covers a seat that is drawn", () => {
  for (const { zoom, viewport } of VIEWS) {
    const { camera, labels, at } = boxes(zoom, viewport);
    if (detailAt(model.pitch * camera.scale) === "sections") continue;
    const radius = model.radius * camera.scale;
    for (const label of labels)
      for (let seatNo = 0; seatNo < model.plan.seatCount; seatNo++) {
        const { x, y } = at({ x: model.plan.x[seatNo] ?? 0, y: model.plan.y[seatNo] ?? 0 });
        const seat = { minX: x - radius, maxX: x + radius, minY: y - radius, maxY: y + radius };
        expect(overlaps(label, seat)).toBe(false);
      }
  }
});

test("no name covers another, and only the stage's own stands on the stage", () => {
  for (const { zoom, viewport } of VIEWS) {
    const { labels, at } = boxes(zoom, viewport);
    const stage = { ...at({ x: -60, y: -10 }), to: at({ x: 60, y: 10 }) };
    const ground = { minX: stage.x, minY: stage.y, maxX: stage.to.x, maxY: stage.to.y };
    labels.forEach((label, index) => {
      for (const other of labels.slice(index + 1)) expect(overlaps(label, other)).toBe(false);
      expect(overlaps(label, ground)).toBe(label.name === "Stage");
    });
  }
});

test("the whole house names its sections", () => {
  const names = boxes(1, { width: 900, height: 700 }).labels.map((label) => label.name);
  expect(names.toSorted()).toEqual(["A", "B", "Floor", "Stage"]);
});
