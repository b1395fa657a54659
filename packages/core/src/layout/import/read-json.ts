import type { Point } from "../layout.ts";

/** Readers for JSON of unknown shape: they answer with what is there or a plain default, and never throw. */
export type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asRecord(value: unknown): Json {
  return isRecord(value) ? value : {};
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Stands for a position that the file does not give; validation names the seat. */
export const NOWHERE: Point = { x: Number.NaN, y: Number.NaN };

/** Text of a string or number, trimmed; "" for everything else. */
export function asText(value: unknown): string {
  if (typeof value === "string") return value.trim();
  return typeof value === "number" && Number.isFinite(value) ? String(value) : "";
}

/** A finite number, also when it is written as text; NaN for everything else. */
export function asNumber(value: unknown): number {
  if (typeof value === "number") return Number.isFinite(value) ? value : Number.NaN;
  if (typeof value !== "string" || value.trim() === "") return Number.NaN;
  const number = Number(value);
  return Number.isFinite(number) ? number : Number.NaN;
}

export function asPoint(value: unknown): Point | undefined {
  const { x, y } = asRecord(value);
  const point = { x: asNumber(x), y: asNumber(y) };
  return Number.isNaN(point.x) || Number.isNaN(point.y) ? undefined : point;
}

export function asPoints(value: unknown): Point[] {
  return asList(value).flatMap((item) => asPoint(item) ?? []);
}

export function shift(point: Point, by: Point): Point {
  return { x: point.x + by.x, y: point.y + by.y };
}

/** Turns a point clockwise (y grows downwards) around the origin. */
export function turn(point: Point, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return { x: point.x * cos - point.y * sin, y: point.x * sin + point.y * cos };
}

/** An ellipse as a polygon, for outlines. */
export function ellipseOutline(center: Point, radius: Point, degrees = 0): Point[] {
  const corners = 36;
  return Array.from({ length: corners }, (_, i) => {
    const angle = (i * 2 * Math.PI) / corners;
    return shift(turn({ x: Math.cos(angle) * radius.x, y: Math.sin(angle) * radius.y }, degrees), center);
  });
}

/** A rectangle around its centre as a polygon, for outlines. */
export function rectangleOutline(center: Point, size: Point, degrees = 0): Point[] {
  const { x, y } = { x: size.x / 2, y: size.y / 2 };
  const corners = [
    { x: -x, y: -y },
    { x, y: -y },
    { x, y },
    { x: -x, y },
  ];
  return corners.map((corner) => shift(turn(corner, degrees), center));
}

/** -359..359, as the document keeps rotations. */
export function rotationOf(value: unknown): number | undefined {
  const degrees = asNumber(value);
  return Number.isNaN(degrees) || degrees % 360 === 0 ? undefined : degrees % 360;
}
