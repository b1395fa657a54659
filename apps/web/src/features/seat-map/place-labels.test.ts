import { compileLayout } from "@onsale/core/layout/seat-plan";
import { expect, test } from "vitest";
import { fitRect, overlaps, type Rect, worldToScreen } from "./camera.ts";
import { clearingsAt, isCleared } from "./clearings.ts";
import { detailAt } from "./detail.ts";
import { paintSeats } from "./paint-seats.ts";
import { measureLabel } from "./label-size.ts";
import { makeMapModel } from "./map-model.ts";
import { placeLabels } from "./place-labels.ts";
import { smallPlan } from "./testing/small-plan.ts";

const layout = smallPlan();
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

test("no name covers a seat that is painted", () => {
  for (const { zoom, viewport } of VIEWS) {
    const { camera, labels, at } = boxes(zoom, viewport);
    if (detailAt(model.pitch * camera.scale) === "sections") continue;
    const radius = model.radius * camera.scale;
    const clearings = clearingsAt(context, { model, colors }, camera.scale);
    for (const label of labels)
      for (let seatNo = 0; seatNo < model.plan.seatCount; seatNo++) {
        if (isCleared(model, clearings, seatNo)) continue;
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

test("the whole plan names its sections", () => {
  const names = boxes(1, { width: 900, height: 700 }).labels.map((label) => label.name);
  expect(names.toSorted()).toEqual(["A", "B", "Floor", "Stage"]);
});

/** Nine blocks of 10 x 10 seats, of which the middle one has others on all sides. */
function nineBlocks() {
  const sections = Array.from({ length: 9 }, (_, at) => ({
    kind: "seated" as const,
    key: `b${at + 1}`,
    label: `Block ${at + 1}`,
    category: "all",
    tables: [],
    rows: Array.from({ length: 10 }, (__, row) => ({
      label: String(row + 1),
      shape: "straight" as const,
      seats: Array.from({ length: 10 }, (___, seat) => ({
        id: `${at}/${row}/${seat}`,
        label: String(seat + 1),
        x: (at % 3) * 104 + seat * 10,
        y: Math.floor(at / 3) * 104 + row * 10,
      })),
    })),
  }));
  const layout = {
    format: "onsale-layout" as const,
    version: 1 as const,
    name: "Nine blocks",
    categories: [{ key: "all", label: "All", color: "#333333" }],
    focalPoint: { x: 150, y: -100 },
    sections,
    shapes: [],
    texts: [],
  };
  return makeMapModel(compileLayout(layout), layout);
}

test("where seats are dots that nobody can pick, every block is named, also one between others, and its dots make room", () => {
  const blocks = nineBlocks();
  const viewport = { width: 600, height: 500 };
  const camera = { x: 150, y: 150, scale: 0.42 };
  const names = placeLabels(context, { ...scene, model: blocks }, { camera, viewport });
  expect(names.map(({ lines }) => lines.join()).toSorted()).toEqual([
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
  ]);

  const painted: { x: number; y: number }[] = [];
  const paper = new Proxy(context, {
    get: (target, verb) =>
      verb === "arc"
        ? (x: number, y: number) => painted.push({ x, y })
        : verb === "rect"
          ? (x: number, y: number, side: number) => painted.push({ x: x + side / 2, y: y + side / 2 })
          : (Reflect.get(target, verb) ?? (() => undefined)),
  });
  const stock = { known: true, states: new Uint8Array(blocks.plan.seatCount) };
  paintSeats(
    paper,
    {
      model: blocks,
      colors: { ...colors, levels: ["#000"] },
      stock,
      levelOf: new Uint8Array(1),
      isShown: () => true,
    } as unknown as Parameters<typeof paintSeats>[1],
    { rect: blocks.world, detail: "dots", px: 1 / camera.scale },
  );
  expect(painted.length).toBeGreaterThan(500);
  for (const { at, lines, size } of names) {
    const { width, height } = measureLabel(context, scene, { lines, size });
    const [w, h] = [width / 2 / camera.scale + blocks.radius, height / 2 / camera.scale + blocks.radius];
    for (const seat of painted)
      expect(Math.abs(seat.x - at.x) < w && Math.abs(seat.y - at.y) < h, `${lines[0]} over a seat`).toBe(
        false,
      );
  }
});
