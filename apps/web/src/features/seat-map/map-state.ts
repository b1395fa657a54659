import { type Camera, fitRect, type ScaleLimits, type Viewport } from "./camera.ts";
import type { Picture } from "./carry-picture.ts";
import type { Marks } from "./paint-marks.ts";
import { PITCH_PX_MAX, SECTION_PITCH_PX } from "./detail.ts";
import type { MapColors } from "./map-colors.ts";
import type { MapModel, MapSection } from "./map-model.ts";
import type { SeatStock } from "./seat-stock.ts";
import type { PlacedLabel } from "./place-labels.ts";
import type { TileCache } from "./tile-cache.ts";

export type CameraNews = {
  readonly zoomed: boolean;
  readonly atMax: boolean;
  /** The section in the middle of the view, while one looks closer; "" between sections. */
  readonly section: string;
};

export type MapViewOptions = {
  readonly canvas: HTMLCanvasElement;
  /** Beneath the canvas: the whole plan, coarse. */
  readonly below: HTMLCanvasElement;
  readonly miniMap: HTMLCanvasElement;
  readonly model: MapModel;
  readonly stock: SeatStock;
  readonly levelOf: Uint8Array;
  readonly colors: MapColors;
  readonly onCamera: (news: CameraNews) => void;
};

/** What one map remembers between frames. Only the verbs of map-view.ts and the frame itself write to it. */
export type MapState = {
  readonly options: MapViewOptions;
  readonly tiles: TileCache;
  colors: MapColors;
  viewport: Viewport;
  camera: Camera;
  /** The camera that shows the whole plan. */
  home: Camera;
  marks: Marks;
  shown: ReadonlySet<number> | null;
  flight: { readonly from: Camera; readonly to: Camera; readonly startMs: number } | null;
  /** When the camera last moved; the picture is painted sharp a little later. */
  changedAtMs: number;
  settleMs: number;
  /** Where the names stood when the camera last rested; while it moves they go along. */
  labels: readonly PlacedLabel[];
  /** The plan as the mini-map shows it, until something in it changes. */
  miniBase: HTMLCanvasElement | null;
  /** What the canvas shows, and what the one beneath it shows. */
  picture: Picture | null;
  below: Picture | null;
  isBelowStale: boolean;
  /** So soon after the start only the coarse plan is shown until the stock is known: it arrives in a moment. */
  awaitsStock: boolean;
  /** Between the frames of a move, smoothed; tells how much this machine can paint. */
  paceMs: number;
  movedAtMs: number;
  /** Its frames came too slowly during this move. */
  isSlow: boolean;
  news: CameraNews;
};

const ZOOMED_FROM = 1.25;

export function limitsOf({ home, options }: MapState): ScaleLimits {
  const nearest = options.model.sections.reduce(
    (most, section) => Math.max(most, SECTION_PITCH_PX / section.pitch),
    0,
  );
  return {
    min: home.scale * 0.85,
    max: Math.max(PITCH_PX_MAX / options.model.pitch, nearest, home.scale * 1.5),
  };
}

export function isZoomed({ camera, home }: MapState): boolean {
  return camera.scale > home.scale * ZOOMED_FROM;
}

export function homeOf(model: MapModel, viewport: Viewport): Camera {
  return fitRect(model.world, viewport, Math.min(viewport.width, viewport.height) * 0.04);
}

/** A camera that did not move for so long rests: the picture is painted sharp. */
export const SETTLE_MS = 45;
/** Two fingers on the map say themselves when they are done; only a long pause of theirs is a rest. */
export const PINCH_SETTLE_MS = 250;

/** null while nobody knows. */
export function openIn({ options: { stock } }: MapState, section: MapSection): number | null {
  if (!stock.known) return null;
  return section.areaNo === null
    ? (stock.openBySection[section.index] ?? 0)
    : (stock.areas[section.areaNo]?.free ?? 0);
}

/** More than three device pixels per CSS pixel cost memory and show nothing. */
export const pixelRatio = () => Math.min(devicePixelRatio || 1, 3);
