import { layoutBounds } from "../layout-bounds.ts";
import type { LayoutDocument, Point, SeatedSection, Shape, Text } from "../layout.ts";
import { type SeatRun, seatRuns } from "../seat-runs.ts";

type PretixArea = Readonly<Record<string, unknown>> & { readonly shape: string };
/** Free space around the plan; pretix shows nothing left of or above 0. */
const MARGIN = 50;

/**
 * A pretix seating plan: a zone per section, a row per row or table, areas for shapes, texts and general admission.
 * Seats keep the numbers they have here; the zones' position moves the whole plan right and down when something stands
 * left of or above 0. pretix knows no accessible, companion, restricted-view or house seats; these stay behind.
 */
export function exportPretix(layout: LayoutDocument) {
  const labels = categoryNames(layout);
  const { position, size } = planFrame(layout);
  const labelTimes = Map.groupBy(layout.sections, (section) => section.label);
  const zones = layout.sections
    .filter((section) => section.kind === "seated")
    .map((section) => ({
      // Zones have no floor, so a label that comes back on another floor takes the floor with it.
      name:
        (labelTimes.get(section.label)?.length ?? 0) > 1
          ? `${section.floor ?? ""} ${section.label}`.trim()
          : section.label,
      zone_id: section.key,
      position,
      rows: seatRuns(section).map((run) => exportRow(section, run, labels)),
      areas: [],
    }));
  const areas = [
    ...layout.shapes.flatMap(exportShape),
    ...layout.texts.map(exportText),
    ...exportGeneralAdmission(layout),
  ];
  const drawing = { name: "Drawing", zone_id: "drawing", position, rows: [], areas };
  return {
    name: layout.name,
    categories: layout.categories.map((category) => ({
      name: labels.get(category.key) ?? category.label,
      color: category.color ?? "#888888",
    })),
    zones: areas.length > 0 ? [...zones, drawing] : zones,
    size,
  };
}

/** pretix tells categories apart by name, so a label that two categories share gives way to their keys. */
function categoryNames(layout: LayoutDocument): Map<string, string> {
  const byLabel = Map.groupBy(layout.categories, (category) => category.label);
  return new Map(
    layout.categories.map(({ key, label }) => [key, (byLabel.get(label)?.length ?? 0) > 1 ? key : label]),
  );
}

function exportRow(section: SeatedSection, run: SeatRun, labels: Map<string, string>) {
  return {
    row_number: run.label,
    row_number_position: "both",
    position: { x: 0, y: 0 },
    seats: run.seats.map((seat) => ({
      seat_number: seat.label,
      seat_guid: seat.id,
      position: { x: seat.x, y: seat.y },
      category: labels.get(seat.category ?? section.category ?? "") ?? "",
    })),
  };
}

function exportShape(shape: Shape): PretixArea[] {
  const common = {
    color: shape.color ?? "#e7e2d8",
    border_color: "#8a8172",
    rotation: 0,
    text: { text: shape.label ?? "", position: { x: 0, y: 0 }, color: "#333333" },
  };
  if (shape.kind === "polygon") {
    const points = (shape.points ?? []).map((point) => ({ x: point.x - shape.x, y: point.y - shape.y }));
    return [{ ...common, shape: "polygon", position: { x: shape.x, y: shape.y }, polygon: { points } }];
  }
  // The schema wants whole numbers for sizes of rectangles.
  const [width, height] = [Math.round(shape.width ?? 0), Math.round(shape.height ?? 0)];
  const rotation = shape.rotation ?? 0;
  if (shape.kind === "ellipse") {
    const radius = { x: width / 2, y: height / 2 };
    return [
      { ...common, rotation, shape: "ellipse", position: { x: shape.x, y: shape.y }, ellipse: { radius } },
    ];
  }
  // pretix turns a rectangle around its corner, we around its middle.
  const angle = (rotation * Math.PI) / 180;
  const corner = {
    x: shape.x - (width / 2) * Math.cos(angle) + (height / 2) * Math.sin(angle),
    y: shape.y - (width / 2) * Math.sin(angle) - (height / 2) * Math.cos(angle),
  };
  const text = { ...common.text, position: { x: width / 2, y: height / 2 } };
  return [{ ...common, text, rotation, shape: "rectangle", position: corner, rectangle: { width, height } }];
}

function exportText({ text, x, y, size, rotation }: Text): PretixArea {
  return {
    shape: "text",
    color: "#333333",
    border_color: "#333333",
    rotation: rotation ?? 0,
    position: { x, y },
    text: { text, position: { x: 0, y: 0 }, color: "#333333", size: Math.max(1, Math.round(size)) },
  };
}

/** General admission cannot be sold from a pretix plan; its outline stays on the drawing, named. */
function exportGeneralAdmission(layout: LayoutDocument): PretixArea[] {
  return layout.sections.flatMap((section) => {
    if (section.kind !== "ga" || section.outline === undefined) return [];
    const points = section.outline;
    const text = { text: section.label, position: points[0] ?? { x: 0, y: 0 }, color: "#333333" };
    const look = { color: "#efe9dd", border_color: "#8a8172", rotation: 0, text };
    return [{ ...look, shape: "polygon", position: { x: 0, y: 0 }, polygon: { points } }];
  });
}

function planFrame(layout: LayoutDocument): { position: Point; size: { width: number; height: number } } {
  const box = layoutBounds(layout);
  const position = { x: box.left < 0 ? MARGIN - box.left : 0, y: box.top < 0 ? MARGIN - box.top : 0 };
  const size = {
    width: Math.ceil(box.right + position.x + MARGIN),
    height: Math.ceil(box.bottom + position.y + MARGIN),
  };
  return { position, size };
}
