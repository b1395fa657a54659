export type Job = {
  readonly id: string;
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** How often it was tried before. */
  readonly attempts: number;
};

export type JobFailure = {
  readonly id: string;
  readonly error: string;
  /** null: it is parked, and not tried again until somebody asks for it. */
  readonly retryInMs: number | null;
};

/** The outbox: work written in the same transaction as its cause, done at least once (I20). */
export interface JobStore {
  /**
   * Up to `limit` jobs of each kind that are due, those that were due first, leased to `owner`; a lease that runs out
   * frees the job for others.
   */
  claim(input: { owner: string; kinds: readonly string[]; limit: number; leaseMs: number }): Promise<Job[]>;
  /** Leases that `owner` still has last so long from now: its work takes longer than it was leased for. */
  prolong(input: { owner: string; ids: readonly string[]; leaseMs: number }): Promise<void>;
  /**
   * What became of a batch, in one statement. Only jobs that `owner` still has can fail: of what another worker took
   * over meanwhile, that worker tells.
   */
  settle(input: { owner: string; done: readonly string[]; failed: readonly JobFailure[] }): Promise<void>;
  /** `effectKey` makes a second enqueueing of the same effect a no-op. */
  enqueue(job: {
    kind: string;
    payload: Readonly<Record<string, unknown>>;
    effectKey: string;
    runInMs?: number;
  }): Promise<void>;
}
