import type { Container } from "@onsale/api/compose/container";
import { roundedRatio } from "@onsale/core/drill/latencies";
import {
  admittedByJoinTenth,
  countInversions,
  mostPerSecond,
  rankCorrelation,
} from "@onsale/core/drill/fairness";
import type { Admission } from "@onsale/core/drill/drill-store";
import type { AdmittedFan, DrawCheck, LineReport } from "@onsale/core/drill/line-report";
import type { LineId } from "@onsale/core/line/line";
import type { WaveRow } from "@onsale/core/line/line-store";
import { must } from "@onsale/core/shared/assert";
import type { DrillLineSettings } from "./drill-settings.ts";
import type { LineWatch } from "./line-watch.ts";
import type { Tally } from "./tally.ts";

const WAVES_PER_PAGE = 200;
const ENTRIES_PER_PAGE = 20_000;

export type LineFindings = {
  readonly lineId: LineId;
  readonly settings: DrillLineSettings;
  readonly releaseAtMs: number;
  readonly tally: Tally;
  readonly watch: LineWatch;
  readonly draw: DrawCheck | null;
};

export type LineFacts = {
  readonly line: LineReport;
  readonly admittedOverCap: number;
  readonly orderInversions: number;
  readonly admissions: readonly Admission[];
};

/** What Postgres says of the line after the sale, beside what was seen of it. */
export async function readLineFacts(container: Container, findings: LineFindings): Promise<LineFacts> {
  const { lineId, settings, tally, watch } = findings;
  const record = must(await container.lines.find(lineId), "the line of the drill");
  const drawn = record.drawn ?? 0;
  const [admissions, waves, counts, drawnEntries] = await Promise.all([
    container.drills.admissions(lineId),
    allWaves(container, lineId),
    container.lines.counts(lineId),
    allDrawn(container, lineId, drawn),
  ]);
  const secondOf = (ms: number) => Math.round((ms - findings.releaseAtMs) / 100) / 10;
  const numberOf = new Map(drawnEntries.map((entry, at) => [entry, at + 1]));
  const joinedAt = new Map(
    tally.joined.flatMap((entry, at) => {
      const number = numberOf.get(entry);
      return number === undefined ? [] : [[number, at + 1] as const];
    }),
  );
  const fans = fansOf(admissions, { joinedAt, drawn, secondOf });
  const overInWaves = Math.max(0, ...waves.map(({ activeAfter, inputs }) => activeAfter - inputs.cap));
  const { lobbyMs, cap, inflowPerSecond, passTtlMs, graceMs } = settings;
  return {
    admissions,
    admittedOverCap: Math.max(watch.overCap(), overInWaves),
    orderInversions: countInversions(admissions),
    line: {
      id: lineId,
      cap,
      inflowPerSecond,
      passTtlMs,
      graceMs,
      lobbySeconds: lobbyMs / 1_000,
      drawn,
      joined: counts.joined,
      admitted: admissions.length,
      ended: counts.ended,
      ticketsPerPass: admissions.length === 0 ? null : roundedRatio(counts.tickets, admissions.length),
      mostActive: Math.max(watch.mostActive(), ...waves.map(({ activeAfter }) => activeAfter)),
      samples: watch.samples(),
      mostPerSecond: mostPerSecond(waves),
      admittedTwice: twiceIn(waves),
      firstAdmissionSecond: earliest(fans),
      soldOutSecond: watch.soldOutSecond(),
      toldSoldOut: tally.counts.toldSoldOut,
      fairness: fairnessOf(fans, { joinedAt, numbered: tally.numbered }),
      polls: tally.counts.polls,
      draw: findings.draw,
      fans,
      waves: waves.map(({ atMs, admitted, activeAfter, inputs, reason }) => ({
        second: secondOf(atMs),
        admitted,
        active: activeAfter,
        cap: inputs.cap,
        reason,
      })),
      depth: watch.depth(),
    },
  };
}

function earliest(fans: readonly AdmittedFan[]): number | null {
  return fans.reduce<number | null>((least, { second }) => Math.min(least ?? second, second), null);
}

type Joined = ReadonlyMap<number, number>;

function fansOf(
  admissions: readonly Admission[],
  how: { joinedAt: Joined; drawn: number; secondOf: (ms: number) => number },
): AdmittedFan[] {
  const late = latecomers(admissions);
  return admissions.map(({ number, admittedAtMs }) => ({
    number,
    joined: how.joinedAt.get(number) ?? null,
    second: how.secondOf(admittedAtMs),
    drawn: number <= how.drawn,
    late: late.has(number),
  }));
}

/** `joinedAt`: of each number of the draw, the how-manieth its fan was to join. `numbered`: later numbers in the order of joining. */
function fairnessOf(
  fans: readonly AdmittedFan[],
  { joinedAt, numbered }: { joinedAt: Joined; numbered: readonly number[] },
): LineReport["fairness"] {
  const letIn = new Set(fans.map(({ number }) => number));
  const punctual = fans.filter(({ late }) => !late);
  const inJoiningOrder = [...joinedAt].toSorted(([, a], [, b]) => a - b);
  return {
    numberToAdmission: rankCorrelation(punctual.map(({ number, second }) => [number, second])),
    joiningToNumber: rankCorrelation([...joinedAt].map(([number, joined]) => [joined, number])),
    byJoinTenth: admittedByJoinTenth(inJoiningOrder.map(([number]) => ({ admitted: letIn.has(number) }))),
    afterDraw: {
      joined: numbered.length,
      joiningToNumber: rankCorrelation(numbered.map((number, at) => [at, number])),
    },
  };
}

/** Oldest first. */
async function allWaves({ lines }: Container, lineId: LineId): Promise<WaveRow[]> {
  const waves = await lines.waves({ lineId, limit: WAVES_PER_PAGE });
  for (let oldest = waves.at(-1); oldest && oldest.seq > 1; oldest = waves.at(-1)) {
    const more = await lines.waves({ lineId, limit: WAVES_PER_PAGE, beforeSeq: oldest.seq });
    if (more.length === 0) break;
    waves.push(...more);
  }
  return waves.toReversed();
}

async function allDrawn({ lines }: Container, lineId: LineId, drawn: number): Promise<string[]> {
  const entries: string[] = [];
  while (entries.length < drawn) {
    const first = entries.length + 1;
    const page = await lines.drawnEntries({
      lineId,
      first,
      limit: Math.min(ENTRIES_PER_PAGE, drawn - entries.length),
    });
    if (page.length === 0) break;
    entries.push(...page);
  }
  return entries;
}

/** Numbers that a wave before theirs had already passed: they were away when it was their turn. */
function latecomers(admissions: readonly Admission[]): ReadonlySet<number> {
  const late = new Set<number>();
  const reached = new Map<number, number>();
  for (const { wave, number } of admissions) reached.set(wave, Math.max(reached.get(wave) ?? 0, number));
  let highest = 0;
  const before = new Map<number, number>();
  for (const [wave, number] of [...reached].toSorted(([a], [b]) => a - b)) {
    before.set(wave, highest);
    highest = Math.max(highest, number);
  }
  for (const { wave, number } of admissions) if (number < (before.get(wave) ?? 0)) late.add(number);
  return late;
}

function twiceIn(waves: readonly WaveRow[]): number {
  const numbers = waves.flatMap((wave) => wave.numbers);
  return numbers.length - new Set(numbers).size;
}
