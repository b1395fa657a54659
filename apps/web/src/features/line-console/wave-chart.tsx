"use client";

import { useLocale } from "../locale/locale-context.tsx";
import { waveTone } from "@onsale/core/line/wave-tone";
import { reasonWords } from "@onsale/words/line-words";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { clockTime, whole } from "./console-model.ts";
import type { DepthSample } from "./depth-samples.ts";
import { fans } from "./lever-moves.ts";
import { inputOf } from "./wave-input.ts";
import {
  CHART_HEIGHT,
  chartLeft,
  type ChartFrame,
  type ChartWave,
  DEPTH,
  depthPath,
  INSIDE,
  insideSteps,
  reasonRuns,
  RIBBON,
  ribbonText,
  waveBars,
  WAVES,
  xAt,
} from "./wave-geometry.ts";
import styles from "./line-console.module.css";

const WIDE_SECONDS = 120;
const NARROW_SECONDS = 60;
const NARROW_PX = 640;
const UNMEASURED_PX = 960;
const TICK_S = 15;

/** The last minutes: how deep the line is, how many are inside under which cap, and every wave with its reason. */
export function WaveChart({
  waves,
  depth,
  nowMs,
  timeZone,
  hasNumbers,
  beside,
}: {
  waves: readonly ChartWave[];
  depth: readonly DepthSample[];
  nowMs: number;
  timeZone: string;
  hasNumbers: boolean;
  beside: ReactNode;
}) {
  const locale = useLocale();
  const box = useRef<HTMLDivElement>(null);
  const measured = useWidth(box);
  const width = measured ?? UNMEASURED_PX;
  const frame: ChartFrame = {
    nowMs,
    seconds: width < NARROW_PX ? NARROW_SECONDS : WIDE_SECONDS,
    width,
  };
  const deep = depthPath(depth, frame);
  const inside = insideSteps(waves, frame, depth);
  const { bars, max } = waveBars(waves, frame);
  const sum = bars.reduce((total, { wave }) => total + wave.admitted, 0);
  return (
    <section className={styles["chartPart"]} aria-labelledby="chart-title">
      <div className={styles["titleRow"]}>
        <h2 id="chart-title">The last {frame.seconds} seconds</h2>
        {beside}
      </div>
      <div ref={box} className={styles["chart"]}>
        <svg
          width={width}
          height={CHART_HEIGHT}
          viewBox={`0 0 ${width} ${CHART_HEIGHT}`}
          role="img"
          aria-label={`${bars.length} ${bars.length === 1 ? "wave" : "waves"} let ${fans(sum)} in. The table below lists them.`}
        >
          {measured !== null && <TimeTicks frame={frame} timeZone={timeZone} />}
          <Scale band={DEPTH} label={hasNumbers ? "Waiting" : "In the lobby"} max={deep.max} width={width} />
          <path d={deep.area} className={styles["depthArea"]} />
          <path d={deep.line} className={styles["depthLine"]} />
          <Scale band={INSIDE} label="Inside; dashed: the cap" max={inside.max} width={width} />
          <path d={inside.cap} className={styles["capLine"]} />
          <path d={inside.inside} className={styles["insideLine"]} />
          <Scale band={WAVES} label="Let in by each wave, and what set its size" max={max} width={width} />
          {bars.map(({ wave, ...rect }) => (
            <rect key={wave.seq} {...rect} data-tone={waveTone(wave.reason)} className={styles["bar"]}>
              <title>
                {clockTime(wave.atMs, timeZone)}: {whole(wave.admitted)} let in, {whole(wave.activeAfter)} of{" "}
                {whole(inputOf(wave, "cap"))} inside. {reasonWords(wave.reason, locale).says}
              </title>
            </rect>
          ))}
          {reasonRuns(bars).map((run) => (
            <g key={`${run.x}-${run.reason}`} data-tone={waveTone(run.reason)} className={styles["run"]}>
              <rect x={run.x} y={RIBBON.top} width={run.width} height={RIBBON.height} />
              <text x={Math.max(run.x, chartLeft) + 5} y={RIBBON.top + 16.5}>
                {ribbonText(run, locale)}
              </text>
              <title>{reasonWords(run.reason, locale).says}</title>
            </g>
          ))}
          {bars.length === 0 && (
            <text x={chartLeft + 8} y={WAVES.bottom - 12}>
              No wave in this time.
            </text>
          )}
        </svg>
      </div>
    </section>
  );
}

function Scale({
  band,
  label,
  max,
  width,
}: {
  band: { readonly top: number; readonly bottom: number };
  label: string;
  max: number;
  width: number;
}) {
  return (
    <g className={styles["scale"]}>
      <text x={chartLeft} y={band.top - 9} className={styles["scaleLabel"]}>
        {label}
      </text>
      <line x1={chartLeft} x2={width} y1={band.top} y2={band.top} className={styles["faintRule"]} />
      <line x1={chartLeft} x2={width} y1={band.bottom} y2={band.bottom} />
      <text x={chartLeft - 8} y={band.top + 5} textAnchor="end">
        {whole(max)}
      </text>
      <text x={chartLeft - 8} y={band.bottom} textAnchor="end">
        0
      </text>
    </g>
  );
}

function TimeTicks({ frame, timeZone }: { frame: ChartFrame; timeZone: string }) {
  const last = Math.floor(frame.nowMs / (TICK_S * 1_000)) * TICK_S * 1_000;
  const ticks: number[] = [];
  for (let atMs = last; atMs > frame.nowMs - frame.seconds * 1_000; atMs -= TICK_S * 1_000) ticks.push(atMs);
  return (
    <g className={styles["scale"]}>
      {ticks.map((atMs) => {
        const x = xAt(frame, atMs);
        const isLabelled = x > chartLeft + 28 && x < frame.width - 28;
        return (
          <g key={atMs}>
            <line x1={x} x2={x} y1={DEPTH.top} y2={WAVES.bottom} className={styles["faintRule"]} />
            {isLabelled && (
              <text x={x} y={CHART_HEIGHT - 4} textAnchor="middle">
                {clockTime(atMs, timeZone)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

/** null until the browser has measured: the server knows neither the width nor the browser's clock. */
function useWidth(box: React.RefObject<HTMLDivElement | null>): number | null {
  const [width, setWidth] = useState<number | null>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(280, Math.floor(entry.contentRect.width)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
