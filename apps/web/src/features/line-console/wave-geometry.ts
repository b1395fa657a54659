import type { LineWave } from "@onsale/contract/admin-line";
import type { Locale } from "@onsale/core/shared/locale";
import { reasonWords } from "@onsale/words/line-words";
import type { DepthSample } from "./depth-samples.ts";
import { inputOf } from "./wave-input.ts";

export type ChartWave = Pick<LineWave, "seq" | "atMs" | "admitted" | "activeAfter" | "reason" | "inputs">;

export type ChartFrame = {
  /** The right edge. */
  readonly nowMs: number;
  readonly seconds: number;
  readonly width: number;
};

type Band = { readonly top: number; readonly bottom: number };
export const DEPTH: Band = { top: 26, bottom: 104 };
export const INSIDE: Band = { top: 142, bottom: 220 };
export const WAVES: Band = { top: 258, bottom: 352 };
export const RIBBON = { top: 358, height: 24 } as const;
export const CHART_HEIGHT = 404;
const LABEL_MARGIN = 60;

export type Bar = {
  readonly wave: ChartWave;
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
};
/** Waves beside each other with one reason. */
export type Run = { readonly reason: string; readonly x: number; readonly width: number };

export const xAt = ({ nowMs, seconds, width }: ChartFrame, atMs: number): number =>
  width - ((nowMs - atMs) / 1_000) * ((width - LABEL_MARGIN) / seconds);

/** Room for a scale at the left; nothing is painted over it. */
export const chartLeft = LABEL_MARGIN;

function yAt({ top, bottom }: Band, value: number, max: number): number {
  return bottom - (Math.min(value, max) / max) * (bottom - top);
}

/** The next round number. A scale that changes seldom is one that can be read. */
export function niceMax(value: number): number {
  if (!(value > 1)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= value) ?? 10) * power;
}

const within = (frame: ChartFrame, atMs: number) =>
  atMs > frame.nowMs - frame.seconds * 1_000 && atMs <= frame.nowMs;

/** One bar per second: a wave that came early and one that came late share theirs. */
export function waveBars(waves: readonly ChartWave[], frame: ChartFrame): { bars: Bar[]; max: number } {
  const shown = waves.filter((wave) => within(frame, wave.atMs));
  const max = niceMax(Math.max(1, ...shown.map((wave) => wave.admitted)));
  const slot = (frame.width - LABEL_MARGIN) / frame.seconds;
  const bars = shown.map((wave) => {
    const y = yAt(WAVES, wave.admitted, max);
    return {
      wave,
      x: xAt(frame, wave.atMs) - slot,
      width: Math.max(1, slot * 0.8),
      y,
      height: WAVES.bottom - y,
    };
  });
  return { bars, max };
}

/** Neighbours with the same reason become one stretch, so that a word fits under them. */
export function reasonRuns(bars: readonly Bar[]): Run[] {
  const runs: { reason: string; x: number; width: number }[] = [];
  const ordered = [...bars].sort((a, b) => a.x - b.x);
  for (const { wave, x, width } of ordered) {
    const last = runs.at(-1);
    const gap = last ? x - (last.x + last.width) : Infinity;
    if (last && last.reason === wave.reason && gap < width * 3) last.width = x + width - last.x;
    else runs.push({ reason: wave.reason, x, width });
  }
  return runs;
}

/** About as many as fit at 13 px; the rest is in the table. */
export function ribbonText({ reason, width }: Run, locale: Locale): string {
  const text = reasonWords(reason, locale).label;
  return width >= text.length * 7.2 + 8 ? text : "";
}

/**
 * How many are inside as a staircase, after each wave and as this page saw it between waves, and the cap of its time
 * above it. A room that is full for minutes has no waves and is still shown.
 */
export function insideSteps(
  waves: readonly ChartWave[],
  frame: ChartFrame,
  seen: readonly DepthSample[] = [],
): { inside: string; cap: string; max: number } {
  const known = waves.toSorted((a, b) => a.atMs - b.atMs);
  const capAt = (atMs: number) => {
    const last = known.findLast((wave) => wave.atMs <= atMs);
    return last ? capOf(last) : 0;
  };
  const shown = [
    ...known.map(({ atMs, activeAfter }) => ({ atMs, inside: activeAfter })),
    ...seen.map(({ atMs, inside }) => ({ atMs, inside })),
  ]
    .filter(({ atMs }) => within(frame, atMs))
    .sort((a, b) => a.atMs - b.atMs)
    .map((step) => ({ ...step, cap: capAt(step.atMs) }));
  const max = niceMax(Math.max(1, ...shown.map(({ inside, cap }) => Math.max(inside, cap))));
  const path = (steps: readonly { atMs: number; value: number }[]) =>
    stairs(steps.map(({ atMs, value }) => [xAt(frame, atMs), yAt(INSIDE, value, max)]));
  return {
    inside: path(shown.map(({ atMs, inside }) => ({ atMs, value: inside }))),
    cap: path(shown.filter(({ cap }) => cap > 0).map(({ atMs, cap }) => ({ atMs, value: cap }))),
    max,
  };
}

export function depthPath(
  samples: readonly DepthSample[],
  frame: ChartFrame,
): { line: string; area: string; max: number } {
  const shown = samples.filter((sample) => within(frame, sample.atMs));
  const max = niceMax(Math.max(1, ...shown.map((sample) => sample.waiting)));
  const points = shown.map(({ atMs, waiting }) => [xAt(frame, atMs), yAt(DEPTH, waiting, max)] as const);
  const line = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
  const [first, last] = [points[0], points.at(-1)];
  const area =
    first && last ? `${line}L${round(last[0])} ${DEPTH.bottom}L${round(first[0])} ${DEPTH.bottom}Z` : "";
  return { line, area, max };
}

const capOf = (wave: ChartWave): number => inputOf(wave, "cap") ?? 0;

function stairs(points: readonly (readonly [number, number])[]): string {
  return points
    .map(([x, y], i) => (i === 0 ? `M${round(x)} ${round(y)}` : `H${round(x)}V${round(y)}`))
    .join("");
}

const round = (value: number): number => Math.round(value * 10) / 10;
