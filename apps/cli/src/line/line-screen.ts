import { formatSeconds } from "@onsale/core/shared/format";
import { formatFigure } from "../format.ts";
import type { LineRecord } from "@onsale/core/line/line";
import type { WaveRow } from "@onsale/core/line/line-store";
import type { RoomState } from "@onsale/core/line/line-room";
import type { LineNow } from "@onsale/core/line/now-serving";
import {
  countdown,
  isDrawn,
  lineFiguresOf,
  type LineMoment,
  roughMinutes,
} from "@onsale/core/line/staff-figures";
import { lineStateWords, reasonWords } from "@onsale/words/line-words";
import { TERMINAL_LOCALE } from "../terminal-locale.ts";
import { plural } from "../words.ts";

/** What one look at a line found. */
export type LineLook = {
  readonly title: string;
  readonly timeZone: string;
  readonly atMs: number;
  readonly line: LineRecord;
  readonly now: LineNow | null;
  readonly counts: LineMoment["counts"];
  readonly room: RoomState | null;
  /** Newest first. */
  readonly waves: readonly WaveRow[];
};

export type ScreenPaint = {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
};

const BLOCKS = " ▁▂▃▄▅▆▇█";
const BAR = 24;
const WAVES_SHOWN = 8;
/** The controller writes its document each second. */
const SILENT_MS = 5_000;

const whole = (value: number | null) => (value === null ? "-" : formatFigure(Math.round(value)));
const percent = (share: number | null) => (share === null ? "-" : `${Math.round(share * 100)} %`);

export const clockText = (atMs: number, timeZone: string): string => formatSeconds(atMs, { timeZone });

/** A full picture for a terminal, each line cut to its width. */
export function screenLines(look: LineLook, columns: number, paint: ScreenPaint): string[] {
  const { line, counts, room } = look;
  const words = lineStateWords(line, TERMINAL_LOCALE);
  const figures = lineFiguresOf(look);
  const { ended } = counts;
  const state = `${words.label}${restingText(look)}`;
  const rows: [string, string, string][] = [
    [
      isDrawn(line) ? "waiting" : "in the lobby",
      whole(figures.waiting),
      [
        figures.minutesLeft === null ? "" : `about ${roughMinutes(figures.minutesLeft)} at this pace`,
        room && isDrawn(line) ? `${whole(room.front)} at the front` : "",
      ]
        .filter((part) => part !== "")
        .join(", "),
    ],
    ["inside", `${whole(figures.inside)} / ${whole(figures.cap)}`, meter(figures.inside, figures.cap)],
    ["per minute", whole(figures.perMinute), `let in ${plural(counts.admitted, "time")} so far`],
    [
      "free",
      whole(figures.free),
      figures.fansServed === null || figures.waiting === 0
        ? ""
        : `enough for about ${whole(figures.fansServed)} who wait`,
    ],
    [
      "bought",
      percent(figures.conversion),
      `${whole(ended.bought)} bought, ${whole(ended.left)} left, ${whole(ended.expired)} ran out of time`,
    ],
    [
      "levers",
      `cap ${whole(line.cap)}`,
      `inflow ${whole(line.inflowPerSecond)}/s, pace ${line.pacePct} %${line.notice === "" ? "" : `, notice "${line.notice}"`}`,
    ],
  ];
  const width = Math.max(...rows.map(([, value]) => value.length));
  const cut = (text: string) => (text.length > columns ? `${text.slice(0, columns - 1)}…` : text);
  return [
    paint.strong(cut(`${look.title} · ${line.windowKey} · ${clockText(look.atMs, look.timeZone)}`)),
    paint.strong(cut(state)),
    paint.faint(cut(words.fans)),
    ...warnings(look).map((text) => cut(`! ${text}`)),
    ...nextText(look).map(cut),
    "",
    ...rows.map(([label, value, beside]) => cut(`${label.padEnd(12)}  ${value.padStart(width)}  ${beside}`)),
    "",
    cut(`last ${sparkSeconds(columns)} s     ${sparkline(look, sparkSeconds(columns))}`),
    "",
    ...waveLines(look, cut, paint),
  ];
}

/** One line a second for a pipe. */
export function plainLine(look: LineLook): string {
  const figures = lineFiguresOf(look);
  const last = look.waves[0];
  const wave =
    last && look.atMs - last.atMs < 3_000 ? `wave ${last.seq}: ${last.admitted} (${last.reason})` : "no wave";
  return [
    clockText(look.atMs, look.timeZone),
    lineStateWords(look.line, TERMINAL_LOCALE).label.toLowerCase(),
    `waiting ${figures.waiting}`,
    `inside ${figures.inside}/${figures.cap}`,
    `per minute ${figures.perMinute === null ? "-" : Math.round(figures.perMinute)}`,
    `free ${figures.free ?? "-"}`,
    wave,
    ...warnings(look).map((text) => `! ${text}`),
  ].join("  ");
}

/** One object a second with --json; the names stay. */
export function jsonLine(look: LineLook): Record<string, unknown> {
  const { waiting, inside, cap, perMinute, free, conversion } = lineFiguresOf(look);
  const { line, now, counts, waves, atMs } = look;
  const newest = waves[0];
  return {
    ok: true,
    atMs,
    lineId: line.id,
    windowKey: line.windowKey,
    state: line.state,
    finished: line.finishedAtMs !== null,
    documentAtMs: now?.atMs ?? null,
    resting: now?.resting ?? null,
    waiting,
    inside,
    cap,
    perMinute,
    free,
    conversion,
    servedTo: now?.servedTo ?? null,
    lastNumber: line.lastNumber,
    counts,
    wave: newest
      ? {
          seq: newest.seq,
          atMs: newest.atMs,
          admitted: newest.admitted,
          activeAfter: newest.activeAfter,
          reason: newest.reason,
        }
      : null,
  };
}

/** How many were let in each second, oldest at the left; a full block is the most of this time. */
export function sparkline({ waves, atMs }: Pick<LineLook, "waves" | "atMs">, seconds: number): string {
  const perSecond = Array.from({ length: seconds }, () => 0);
  for (const wave of waves) {
    const slot = seconds - 1 - Math.floor((atMs - wave.atMs) / 1_000);
    if (slot >= 0 && slot < seconds) perSecond[slot] = (perSecond[slot] ?? 0) + wave.admitted;
  }
  const most = Math.max(1, ...perSecond);
  return perSecond
    .map((count) => BLOCKS[count === 0 ? 0 : Math.max(1, Math.round((count / most) * (BLOCKS.length - 1)))])
    .join("");
}

const sparkSeconds = (columns: number): number => Math.max(20, Math.min(60, columns - 20));

function meter(inside: number, cap: number): string {
  const filled = cap > 0 ? Math.min(BAR, Math.round((inside / cap) * BAR)) : 0;
  const over = inside > cap ? `  ${whole(inside - cap)} over the cap` : "";
  return `${"█".repeat(filled)}${"░".repeat(BAR - filled)}${over}`;
}

function restingText({ line, now }: LineLook): string {
  const isMoving = line.finishedAtMs === null && (line.state === "open" || line.state === "draining");
  return isMoving && now?.resting
    ? `, nobody goes in: ${reasonWords(now.resting, TERMINAL_LOCALE).label}`
    : "";
}

function warnings({ line, now, room, counts, atMs }: LineLook): string[] {
  if (line.finishedAtMs !== null) return [];
  const silentMs = now === null ? null : atMs - now.atMs;
  return [
    ...(silentMs !== null && silentMs > SILENT_MS
      ? [`no sign of the controller for ${Math.round(silentMs / 1_000)} s: does a worker run?`]
      : []),
    ...(isDrawn(line) && room === null && hadRoom({ now, counts })
      ? ["the room in Redis is lost; it is being set up again"]
      : []),
  ];
}

/** The first room is made a second after the draw; the document names it, and a wave shows that it was there. */
const hadRoom = ({ now, counts }: Pick<LineLook, "now" | "counts">): boolean =>
  counts.admitted > 0 || (now !== null && now.room !== "");

function nextText({ line, atMs }: LineLook): string[] {
  if (line.finishedAtMs !== null) return [];
  if (line.state === "closed") return [`lobby opens in ${countdown(line.lobbyOpensAtMs - atMs)}`];
  if (line.state === "lobby") return [`draw in ${countdown(line.drawsAtMs - atMs)}`];
  if (line.state === "drawing" && line.publicValueSource !== null && line.publicValue === null)
    return [`the draw waits for: ${line.publicValueSource}`];
  return [];
}

function waveLines(
  { waves, timeZone }: LineLook,
  cut: (text: string) => string,
  paint: ScreenPaint,
): string[] {
  if (waves.length === 0) return [paint.faint("no wave yet")];
  const rows = waves
    .slice(0, WAVES_SHOWN)
    .map((wave) => [
      String(wave.seq),
      clockText(wave.atMs, timeZone),
      whole(wave.admitted),
      `${whole(wave.activeAfter)}/${whole(wave.inputs.cap)}`,
      reasonWords(wave.reason, TERMINAL_LOCALE).label,
    ]);
  const heads = ["wave", "at", "let in", "inside", "why not more"];
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const lay = (cells: readonly string[]) =>
    cut(cells.map((cell, i) => (i === 4 ? cell : cell.padStart(widths[i] ?? 0))).join("  "));
  return [paint.faint(lay(heads)), ...rows.map(lay)];
}
