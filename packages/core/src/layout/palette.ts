/**
 * Category colours for files that bring none and for our own venues: dark enough for warm paper, apart from each other
 * for the common kinds of colour blindness (after Okabe and Ito), and away from the vermilion that means "your turn".
 */
const PALETTE = [
  "#0b6e99",
  "#e3a72f",
  "#3d8b63",
  "#8a5a9e",
  "#5f6b7a",
  "#c08497",
  "#27476e",
  "#a67c52",
] as const;

export function paletteColor(index: number): string {
  return PALETTE[index % PALETTE.length] ?? PALETTE[0];
}
