import { z } from "zod";

/**
 * The layout document: what a venue looks like and what can be sold in it. Coordinates are chart units, y grows
 * downwards; rotations are degrees clockwise. A document is plain JSON, versioned, and independent of any event.
 */
export const LAYOUT_VERSION = 1;
export const LAYOUT_SEATS_MAX = 200_000;

const Label = z.string().trim().min(1).max(80);
/** Keys and seat ids are readable and stable: letters of any script, digits and . _ - within parts, "/" between parts. */
const Key = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._ -]*(?:\/[\p{L}\p{N}][\p{L}\p{N}._ -]*)*$/u)
  .max(160);
const Coordinate = z.number().min(-1e7).max(1e7);
export const Point = z.strictObject({ x: Coordinate, y: Coordinate });
export type Point = z.infer<typeof Point>;
const Color = z.string().regex(/^#[0-9a-fA-F]{6}$/);

export const Category = z.strictObject({
  key: Key,
  label: Label,
  color: Color.optional(),
  /** Its seats are kept by the organizer, nobody stands in its areas, and it needs no price. */
  notForSale: z.boolean().optional(),
});
export type Category = z.infer<typeof Category>;

export const Seat = z.strictObject({
  /** Stable and unique in the document, e.g. "A/12/7" = section A, row 12, seat 7. */
  id: Key,
  label: Label,
  x: Coordinate,
  y: Coordinate,
  /** Absent: the row's section category applies. */
  category: Key.optional(),
  accessible: z.boolean().optional(),
  /** Seat id of the accessible seat that this one accompanies. */
  companionOf: Key.optional(),
  restrictedView: z.boolean().optional(),
  /** Kept by the organizer: not for sale until released. */
  house: z.boolean().optional(),
});
export type Seat = z.infer<typeof Seat>;

/** An organizer who knows the venue better than distances do numbers its parts. */
const ViewRank = z.int().min(1).max(10_000);

export const Row = z.strictObject({
  label: Label,
  /** How it was laid out; positions of the seats are already absolute. */
  shape: z.enum(["straight", "curved"]).default("straight"),
  /** Its place in the organizer's order of this section's rows, the best one 1; absent: after those that have one. */
  viewRank: ViewRank.optional(),
  seats: z.array(Seat).max(1_000),
});
export type Row = z.infer<typeof Row>;

export const Table = z.strictObject({
  label: Label,
  x: Coordinate,
  y: Coordinate,
  shape: z.enum(["round", "rectangular"]).default("round"),
  radius: z.number().positive().max(1e6).optional(),
  width: z.number().positive().max(1e6).optional(),
  height: z.number().positive().max(1e6).optional(),
  rotation: z.number().min(-360).max(360).optional(),
  seats: z.array(Seat).max(100),
});
export type Table = z.infer<typeof Table>;

const SectionBase = {
  key: Key,
  label: Label,
  /** Floor or level ("Ground", "Balcony"); absent in a venue of one floor. */
  floor: Label.optional(),
  category: Key.optional(),
  outline: z.array(Point).min(3).max(500).optional(),
  /** Where the eye goes from here; absent: the document's focal point. */
  focalPoint: Point.optional(),
  entrance: Label.optional(),
  /** Its place in the organizer's order of sections, the best one 1; absent: after those that have one. */
  viewRank: ViewRank.optional(),
};
export const SeatedSection = z.strictObject({
  kind: z.literal("seated"),
  ...SectionBase,
  rows: z.array(Row).max(2_000).default([]),
  tables: z.array(Table).max(2_000).default([]),
});
export type SeatedSection = z.infer<typeof SeatedSection>;
export const GaSection = z.strictObject({
  kind: z.literal("ga"),
  ...SectionBase,
  capacity: z.int().min(0).max(LAYOUT_SEATS_MAX),
});
export type GaSection = z.infer<typeof GaSection>;
export const Section = z.discriminatedUnion("kind", [SeatedSection, GaSection]);
export type Section = z.infer<typeof Section>;

/**
 * Rectangles and ellipses: x, y is the centre, width and height the full size, rotation turns around the centre.
 * Polygons: `points` are absolute; x, y is where the label stands.
 */
export const Shape = z.strictObject({
  kind: z.enum(["rectangle", "ellipse", "polygon"]),
  role: z.enum(["stage", "decoration"]).default("decoration"),
  label: Label.optional(),
  x: Coordinate,
  y: Coordinate,
  width: z.number().positive().max(1e7).optional(),
  height: z.number().positive().max(1e7).optional(),
  rotation: z.number().min(-360).max(360).optional(),
  points: z.array(Point).min(3).max(500).optional(),
  color: Color.optional(),
});
export type Shape = z.infer<typeof Shape>;

export const Text = z.strictObject({
  text: z.string().min(1).max(200),
  x: Coordinate,
  y: Coordinate,
  size: z.number().positive().max(1e6).default(16),
  rotation: z.number().min(-360).max(360).optional(),
});
export type Text = z.infer<typeof Text>;

export const LayoutDocument = z.strictObject({
  format: z.literal("onsale-layout"),
  version: z.literal(LAYOUT_VERSION),
  name: Label,
  categories: z.array(Category).max(200),
  /** The point best-available measures from: usually the middle of the stage. */
  focalPoint: Point,
  sections: z.array(Section).max(2_000),
  shapes: z.array(Shape).max(5_000).default([]),
  texts: z.array(Text).max(5_000).default([]),
});
export type LayoutDocument = z.infer<typeof LayoutDocument>;
