/** How often each worker says that it lives. */
export const WORKER_BEAT_MS = 1_000;
/** Silent for longer than a few beats: it died, hangs or was cut off. */
export const WORKER_SILENT_MS = 4_000;

export type WorkerPulse = {
  /** How many have beaten within WORKER_SILENT_MS. */
  readonly running: number;
  /** Since any of them was heard last; null: none since the store was emptied, or all of them said goodbye. */
  readonly silentMs: number | null;
};

/** The store's own clock counts, so that machines need not agree about the time. */
export interface WorkerPulseStore {
  beat(worker: string): Promise<void>;
  /** It ended as it should, so nobody waits for its next beat. */
  leave(worker: string): Promise<void>;
  read(): Promise<WorkerPulse>;
}

/** What staff are told while no worker runs; null: one runs. */
export function workerWords({ running, silentMs }: WorkerPulse): string | null {
  if (running > 0) return null;
  const since =
    silentMs === null ? "No worker runs" : `No worker has answered for ${Math.round(silentMs / 1_000)} s`;
  return `${since}: orders are not written, payments are not settled, holds do not end and no mail goes out.`;
}
