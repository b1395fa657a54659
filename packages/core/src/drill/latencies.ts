/** How long answers took, step by step. Milliseconds in, nearest-rank percentiles out. */
export type StepStats = {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly perSecond: number;
};

/** `ms` long, and over at `atMs`. */
export type Answered = { readonly ms: number; readonly atMs: number };

export type Latencies = {
  readonly record: (step: string, answer: Answered) => void;
  /** All steps in the order in which they were first seen; `counts` leaves answers out. */
  readonly summary: (seconds: number, counts?: (answer: Answered) => boolean) => Record<string, StepStats>;
  readonly total: () => number;
};

export function makeLatencies(): Latencies {
  // Every value is kept: a drill is a few hundred thousand requests, and exact percentiles need no explanation.
  const steps = new Map<string, Answered[]>();
  return {
    record(step, answer) {
      const answers = steps.get(step);
      if (answers) answers.push(answer);
      else steps.set(step, [answer]);
    },
    summary: (seconds, counts = () => true) =>
      Object.fromEntries(
        [...steps].flatMap(([step, answers]) => {
          const values = answers.filter(counts).map(({ ms }) => ms);
          return values.length === 0 ? [] : [[step, summarise(values, seconds)]];
        }),
      ),
    total: () => [...steps.values()].reduce((sum, answers) => sum + answers.length, 0),
  };
}

function summarise(values: readonly number[], seconds: number): StepStats {
  const sorted = Float64Array.from(values).sort();
  return {
    count: sorted.length,
    p50Ms: tenths(percentile(sorted, 50)),
    p95Ms: tenths(percentile(sorted, 95)),
    p99Ms: tenths(percentile(sorted, 99)),
    maxMs: tenths(percentile(sorted, 100)),
    perSecond: tenths(sorted.length / Math.max(seconds, 0.001)),
  };
}

/** Nearest rank: the smallest value with at least `percent` of all values at or below it; 0 without values. */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] ?? 0;
}

export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Two decimals. */
export function roundedRatio(part: number, whole: number): number {
  return Math.round((part / Math.max(whole, Number.MIN_VALUE)) * 100) / 100;
}
