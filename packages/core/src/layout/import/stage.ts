import type { Point, Shape } from "../layout.ts";

/** What people write on the place everyone looks at, in the languages whose files we have seen. */
const STAGE_WORDS =
  /\b(stage|b(?:ue|ü)hne|podium|sc[eè]ne|escenario|palco|palcoscenico|scena|scen|sahne|screen|leinwand|field|pitch|court|lapangan|ice|ring)\b/iu;

export function looksLikeStage(label: string): boolean {
  return STAGE_WORDS.test(label);
}

/** The middle of the biggest shape: in a plan that names no stage this is the floor or field all rows look at. */
export function largestShapeCentre(shapes: readonly Shape[]): Point | undefined {
  let best: Shape | undefined;
  for (const shape of shapes) {
    const area = (shape.width ?? 0) * (shape.height ?? 0);
    if (area > 0 && (best === undefined || area > (best.width ?? 0) * (best.height ?? 0))) best = shape;
  }
  return best === undefined ? undefined : { x: best.x, y: best.y };
}
