import type { MapColors } from "./map-colors.ts";

export type TextLook = { readonly colors: Pick<MapColors, "font"> };
type Text = { readonly lines: readonly string[]; readonly size: number };

const LEADING = 1.18;
const MEASURED_AT_PX = 100;
const WIDTHS_MAX = 5_000;
/** Widths grow with the size, so one measurement per text and weight serves every size and frame. */
const widths = new Map<string, number>();

export function measureLabel(
  context: CanvasRenderingContext2D,
  look: TextLook,
  { lines, size }: Text,
): { width: number; height: number } {
  const lengths = lines.map(
    (text, index) => widthOf(context, look, { text, index }) * sizeOfLine(size, index),
  );
  return { width: Math.max(...lengths), height: size * LEADING * lines.length };
}

function widthOf(
  context: CanvasRenderingContext2D,
  { colors }: TextLook,
  line: { text: string; index: number },
): number {
  const key = `${line.index}${colors.font}${line.text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > WIDTHS_MAX) widths.clear();
  context.font = fontOfLine(colors, MEASURED_AT_PX, line.index);
  const width = context.measureText(line.text).width / sizeOfLine(MEASURED_AT_PX, line.index);
  widths.set(key, width);
  return width;
}

/** The count under a name is smaller than it. */
const sizeOfLine = (size: number, index: number) => (index === 0 ? size : Math.max(9.5, size * 0.8));

export function fontOfLine(colors: Pick<MapColors, "font">, size: number, index: number): string {
  return `${index === 0 ? 700 : 500} ${sizeOfLine(size, index)}px ${colors.font}`;
}

/** How far the middle of a line stands below the middle of its label. */
export function offsetOfLine({ lines, size }: Text, index: number): number {
  return (index - (lines.length - 1) / 2) * size * LEADING;
}
