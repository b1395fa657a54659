export type Job = {
  readonly id: string;
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** How often it was tried before. */
  readonly attempts: number;
};

/** The outbox: work written in the same transaction as its cause, done at least once (I20). */
export interface JobStore {
  /** Up to `limit` jobs that are due, leased to `owner`; a lease that runs out frees the job for others. */
  claim(input: { owner: string; kinds: readonly string[]; limit: number; leaseMs: number }): Promise<Job[]>;
  complete(id: string): Promise<void>;
  fail(input: { id: string; error: string; retryInMs: number }): Promise<void>;
  /** `effectKey` makes a second enqueueing of the same effect a no-op. */
  enqueue(job: {
    kind: string;
    payload: Readonly<Record<string, unknown>>;
    effectKey: string;
    runInMs?: number;
  }): Promise<void>;
}
