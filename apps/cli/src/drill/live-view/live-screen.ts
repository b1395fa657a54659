import { formatFigure } from "../../format.ts";
import type { DrillPhase, DrillProgress } from "@onsale/core/drill/drill-progress";
import { reasonWords } from "@onsale/words/line-words";
import { TERMINAL_LOCALE } from "../../terminal-locale.ts";
import { countWords } from "../report-words.ts";

export type LivePaint = {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
};

/** What one moment adds to the pictures of the last minute. */
export type LiveMoment = Pick<DrillProgress, "second" | "perSecond"> & { readonly waiting: number };
export type LiveLook = {
  readonly progress: DrillProgress;
  /** Oldest first, one a second. */
  readonly past: readonly LiveMoment[];
};

const BLOCKS = " ▁▂▃▄▅▆▇█";
const PHASES: Readonly<Record<DrillPhase, string>> = {
  preparing: "preparing",
  lobby: "in the lobby",
  drawing: "the draw",
  selling: "selling",
  settling: "the last orders",
  checking: "checking",
  done: "done",
};
const LABEL = 12;
const VALUE = 15;
/** Seconds that a picture shows; what `past` needs to hold. */
export const LIVE_SECONDS = 60;
const SPARK_LEAST = 12;

const n = (value: number) => formatFigure(value);

/** A full picture for a terminal, each line cut to its width. */
export function liveScreen({ progress, past }: LiveLook, columns: number, paint: LivePaint): string[] {
  const { phase, second, note, fans, line, bots } = progress;
  const cut = (text: string) => (text.length > columns ? `${text.slice(0, columns - 1)}…` : text);
  const when = second === null ? "" : second < 0 ? `T-${-second} s` : `T+${second} s`;
  const title = ["Drill", PHASES[phase], when].filter((part) => part !== "").join(" · ");
  if (second === null) return [paint.strong(cut(title)), paint.faint(cut(note))];
  const chart = (of: (moment: LiveMoment) => number) =>
    spark(past.map(of), Math.max(SPARK_LEAST, Math.min(LIVE_SECONDS, columns - LABEL - VALUE - 4)));
  const row = (label: string, value: string, beside = "") =>
    cut(`${label.padEnd(LABEL)}${value.padStart(VALUE)}  ${beside}`.trimEnd());
  const { hold, checkout } = progress.p95;
  return [
    paint.strong(cut(title)),
    paint.faint(cut(`${n(fans.arrived)} of ${n(fans.total)} fans came, ${n(fans.gone)} went home`)),
    "",
    row(
      "waiting",
      n(fans.waiting),
      chart((moment) => moment.waiting),
    ),
    ...(line ? lineRows(line, row) : [row("inside", n(fans.inside))]),
    row(
      "holds/s",
      n(progress.perSecond.holds),
      chart((moment) => moment.perSecond.holds),
    ),
    row(
      "orders/s",
      n(progress.perSecond.orders),
      chart((moment) => moment.perSecond.orders),
    ),
    row(
      "requests/s",
      n(progress.perSecond.requests),
      chart((moment) => moment.perSecond.requests),
    ),
    row("tickets", `${n(progress.tickets)} / ${n(progress.seats)}`, meter(progress.tickets, progress.seats)),
    row("p95", `${ms(hold)} hold`, `${ms(checkout)} checkout, over ten seconds`),
    ...(bots.total > 0
      ? [row("bots", n(bots.requests), `requests of ${n(bots.total)} accounts, ${n(bots.refused)} refused`)]
      : []),
    row("refused", n(sum(progress.errors)), countWords(progress.errors, 4)),
    ...progress.faults.map(({ second: at, kind, done }) =>
      cut(`${done ? "✓" : "·"} T+${n(at)} s ${kind}${done ? " done" : " to come"}`),
    ),
  ];
}

type Row = (label: string, value: string, beside?: string) => string;

function lineRows(line: NonNullable<DrillProgress["line"]>, row: Row): string[] {
  const over = line.overCap > 0 ? `  ✗ ${n(line.overCap)} above the cap` : "";
  const { lastWave } = line;
  const wave = lastWave ? reasonWords(lastWave.reason, TERMINAL_LOCALE).label : "";
  return [
    row("inside", `${n(line.active)} / ${n(line.cap)}`, `${meter(line.active, line.cap)}${over}`),
    row("let in to", n(line.servedTo), `called to ${n(line.calledTo)}, ${n(line.front)} at the front`),
    row("last wave", lastWave ? n(lastWave.admitted) : "-", wave),
  ];
}

/** One line for a pipe. */
export function livePlainLine({ phase, second, note, fans, line, ...progress }: DrillProgress): string {
  if (second === null) return note;
  const inside = line ? `inside ${line.active}/${line.cap}` : `inside ${fans.inside}`;
  return [
    second < 0 ? `T-${-second} s` : `T+${second} s`,
    PHASES[phase],
    `waiting ${fans.waiting}`,
    inside,
    `tickets ${progress.tickets}/${progress.seats}`,
    `holds/s ${progress.perSecond.holds}`,
    `orders/s ${progress.perSecond.orders}`,
    `refused ${sum(progress.errors)}`,
  ].join("  ");
}

/** The newest at the right; a full block is the most of this time. */
function spark(values: readonly number[], width: number): string {
  const shown = values.slice(-width);
  const most = Math.max(1, ...shown);
  const blocks = shown.map(
    (value) => BLOCKS[value === 0 ? 0 : Math.max(1, Math.round((value / most) * (BLOCKS.length - 1)))],
  );
  return blocks.join("").padStart(width);
}

const BAR = 24;

function meter(value: number, of: number): string {
  const filled = of > 0 ? Math.min(BAR, Math.round((value / of) * BAR)) : 0;
  return `${"█".repeat(filled)}${"░".repeat(BAR - filled)}`;
}

const ms = (value: number | null) => (value === null ? "-" : `${n(value)} ms`);
const sum = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((total, count) => total + count, 0);
