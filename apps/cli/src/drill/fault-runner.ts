import {
  type FaultFinding,
  type FaultKind,
  isExplained,
  type ScheduledFault,
} from "@onsale/core/drill/faults";

/** How each fault is done; resolves when the doing is over, not when all has recovered. */
export type FaultTools = Readonly<Record<FaultKind, (pause: (ms: number) => Promise<void>) => Promise<void>>>;

export type FaultRun = {
  readonly findings: () => FaultFinding[];
  /** Whether a fault that was done explains this answer of this second. */
  readonly explains: (second: number, code: string) => boolean;
  readonly stop: () => Promise<void>;
};

type Scheduled = {
  readonly faults: readonly ScheduledFault[];
  readonly tools: FaultTools | null;
  readonly nowMs: () => number;
  readonly pause: (ms: number) => Promise<void>;
  readonly onFault: (words: string) => void;
};

/** Does each fault at its second, one after the other. */
export function runFaults({ faults, tools, nowMs, pause, onFault }: Scheduled): FaultRun {
  const findings: FaultFinding[] = faults.map((fault) => ({ ...fault, doneAtSecond: null, tookMs: null }));
  let stopped = false;

  async function doAll(): Promise<void> {
    for (const [at, { kind, second }] of faults.entries()) {
      // Short naps, so that a sale that is over does not wait for a fault that is to come.
      while (!stopped && nowMs() < second * 1_000) await pause(Math.min(250, second * 1_000 - nowMs()));
      if (stopped || !tools) return;
      const from = nowMs();
      onFault(`T+${second} ${kind}`);
      findings[at] = { kind, second, doneAtSecond: from / 1_000, tookMs: null };
      await tools[kind](pause);
      findings[at] = { kind, second, doneAtSecond: from / 1_000, tookMs: Math.round(nowMs() - from) };
    }
  }
  const doing = doAll();
  // Seen by whoever stops it; until then it must not end the process.
  doing.catch(() => undefined);
  return {
    findings: () => findings,
    explains: (second, code) => isExplained(findings, second, code),
    async stop() {
      stopped = true;
      await doing;
    },
  };
}
