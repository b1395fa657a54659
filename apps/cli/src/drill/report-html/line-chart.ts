import type { LineReport } from "@onsale/core/drill/line-report";
import { waveTone } from "@onsale/core/line/wave-tone";
import {
  columns,
  type Dot,
  type Panel,
  PLOT_WIDTH,
  polyline,
  stairs,
  timeScale,
  valueScale,
} from "./plot.ts";
import { picture } from "./svg.ts";

const PANELS = {
  waiting: { top: 24, bottom: 144, name: "waiting" },
  active: { top: 182, bottom: 282, name: "inside, and the cap" },
  waves: { top: 320, bottom: 400, name: "let in, in each second" },
} as const satisfies Record<string, Panel>;

/** What set the size of a wave, as a shade: a limit that somebody chose, one that passes by itself, one that needs somebody. */
const SHADE = { go: "p50", wait: "p95", stop: "holds" } as const;
type Tone = keyof typeof SHADE;

/** How many waited, how many were inside under which cap, and how many each second let in and why not more. */
export function lineChart(line: LineReport): string {
  const { depth, waves } = line;
  const seconds = [...depth.map(({ second }) => second), ...waves.map(({ second }) => second)];
  const span = { from: Math.min(0, ...seconds), to: Math.max(1, ...seconds) + 1 };
  const time = timeScale(span, Object.values(PANELS));
  const waiting = valueScale(PANELS.waiting, Math.max(0, ...depth.map((point) => point.waiting)));
  const most = Math.max(line.cap, line.mostActive, ...waves.map(({ cap }) => cap));
  const active = valueScale(PANELS.active, most);
  const bySecond = letInBySecond(line);
  const admitted = valueScale(PANELS.waves, Math.max(0, ...bySecond.map(({ all }) => all)), 2);
  const caps: Dot[] = waves.length === 0 ? [[0, line.cap]] : waves.map(({ second, cap }) => [second, cap]);
  const ends: Dot[] = [
    [Math.max(0, span.from), caps[0]?.[1] ?? 0],
    ...caps,
    [span.to, caps.at(-1)?.[1] ?? 0],
  ];
  const inside = depth.map(({ second, active: now }): Dot => [second, now]);
  const inner = [
    time.svg,
    waiting.svg,
    active.svg,
    admitted.svg,
    polyline(
      depth.map((point): Dot => [point.second, point.waiting]),
      { ...time, ...waiting },
      "sold",
    ),
    columns(inside, { ...time, ...active }, "p95"),
    columns(
      inside.map(([second, now]) => [second, Math.max(0, now - line.cap), line.cap] as const),
      { ...time, ...active },
      "bad",
    ),
    stairs(ends, { ...time, ...active }, "cap"),
    ...(["go", "wait", "stop"] as const).map((tone) =>
      columns(
        bySecond.map((one) => [one.second, one[tone], one.below[tone]] as const),
        { ...time, ...admitted },
        SHADE[tone],
      ),
    ),
  ];
  const says = `${line.joined} joined, ${line.admitted} were let in by ${waves.length} waves, at most ${line.mostActive} were inside at once under a cap of ${line.cap}.`;
  return picture({ width: PLOT_WIDTH, height: time.height, says }, inner.join(""));
}

type LetIn = Record<Tone, number> & { second: number; all: number; below: Record<Tone, number> };

function letInBySecond({ waves }: LineReport): LetIn[] {
  const seconds = new Map<number, Record<Tone, number>>();
  for (const { second, admitted, reason } of waves) {
    const at = Math.floor(second);
    const counts = seconds.get(at) ?? { go: 0, wait: 0, stop: 0 };
    counts[waveTone(reason)] += admitted;
    seconds.set(at, counts);
  }
  return [...seconds].map(([second, { go, wait, stop }]) => ({
    second,
    go,
    wait,
    stop,
    all: go + wait + stop,
    below: { go: 0, wait: go, stop: go + wait },
  }));
}
