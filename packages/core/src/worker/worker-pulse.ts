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
