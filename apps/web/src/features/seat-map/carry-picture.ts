import type { Camera, Viewport } from "./camera.ts";

/** What a canvas shows: the camera it was painted with, and the size of its view. */
export type Picture = { readonly camera: Camera; readonly viewport: Viewport };

/** Moves a finished picture to where another camera sees it. The compositor does that; nothing is painted. */
export function carryTo(canvas: HTMLCanvasElement, from: Picture, to: Picture): void {
  const transform = transformBetween(from, to);
  if (canvas.style.transform !== transform) canvas.style.transform = transform;
}

/** Around the top left corner of the canvas. */
export function transformBetween(from: Picture, to: Picture): string {
  const factor = to.camera.scale / from.camera.scale;
  const x =
    to.viewport.width / 2 -
    (factor * from.viewport.width) / 2 +
    (from.camera.x - to.camera.x) * to.camera.scale;
  const y =
    to.viewport.height / 2 -
    (factor * from.viewport.height) / 2 +
    (from.camera.y - to.camera.y) * to.camera.scale;
  return factor === 1 && x === 0 && y === 0 ? "" : `matrix(${factor}, 0, 0, ${factor}, ${x}, ${y})`;
}

/** Gives the canvas the size of the view; what was on it is gone when that changed. */
export function sizeCanvas(canvas: HTMLCanvasElement, { width, height }: Viewport, ratio: number): void {
  const pixels = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
  if (canvas.width === pixels.width && canvas.height === pixels.height) return;
  Object.assign(canvas, pixels);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
}
