import type { ErrorPoint } from "@onsale/core/drill/faults";

/** Refusals and faults by code: in all, by what was asked for, and by second. */
export function makeErrorTally(second: () => number) {
  const byCode = new Map<string, number>();
  const byStep = new Map<string, Map<string, number>>();
  const bySecond = new Map<number, Record<string, number>>();

  return {
    note(code: string, step: string): void {
      const ofStep = byStep.get(step) ?? new Map<string, number>();
      ofStep.set(code, (ofStep.get(code) ?? 0) + 1);
      byStep.set(step, ofStep);
      byCode.set(code, (byCode.get(code) ?? 0) + 1);
      const now = second();
      const at = bySecond.get(now) ?? {};
      at[code] = (at[code] ?? 0) + 1;
      bySecond.set(now, at);
    },
    errors: () => sortedByCount(byCode),
    refusals: () =>
      Object.fromEntries(
        [...byStep].map(([step, codes]) => [step, sortedByCount(codes) as Record<string, number>]),
      ),
    errorSeries: (): ErrorPoint[] =>
      [...bySecond].toSorted(([a], [b]) => a - b).map(([at, codes]) => ({ second: at, codes })),
  };
}
/** Most frequent first. */
export function sortedByCount<K extends string>(counts: ReadonlyMap<K, number>): Partial<Record<K, number>> {
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a)) as Partial<Record<K, number>>;
}
