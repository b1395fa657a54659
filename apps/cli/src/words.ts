import { formatFigure } from "./format.ts";
/** "4 min 10 s", "12 s", "over"; for what runs out. */
export function formatLeft(ms: number): string {
  if (ms <= 0) return "over";
  const seconds = Math.ceil(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatFigure(count)} ${count === 1 ? one : many}`;
