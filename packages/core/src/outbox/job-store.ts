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

/** A job that is not done, as operators see it: what it is about stays in the payload, which names fans. */
export type OpenJob = {
  readonly id: string;
  readonly kind: string;
  /** When it is tried next; of one that is parked, when it would have been. */
  readonly dueAtMs: number;
  readonly attempts: number;
  readonly parkedAtMs: number | null;
  readonly error: string | null;
};

/** One job, or all of a kind that are parked or wait for their next try. */
export type JobsAsked = { readonly id: string } | { readonly kind: string };

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
  /** Not done: those that are parked first, then by when they are due. */
  listOpen(input: { limit: number; parked: boolean }): Promise<{ jobs: OpenJob[]; total: number }>;
  /** They are due now, and count as never tried. How many they are; one that a worker has is left to it. */
  retry(which: JobsAsked): Promise<number>;
  /** Deletes what has been done for longer than this; returns how many. */
  forget(olderThanMs: number): Promise<number>;
}
