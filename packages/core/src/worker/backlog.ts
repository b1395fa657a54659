import type { EventId } from "../shared/ids.ts";

/** What waits in the stream of an event: orders, and what is asked of them. */
export type StreamBacklog = {
  readonly eventId: EventId;
  readonly waiting: number;
  readonly oldestMs: number;
};
/** Jobs of a kind that are due or were refused: how many (`waiting` is counted up to JOBS_COUNTED_MAX), and since when. */
export type JobBacklog = { readonly kind: string; readonly waiting: number; readonly oldestMs: number };
export const JOBS_COUNTED_MAX = 500;

/** Work that waits for a worker. */
export type Backlog = { readonly streams: readonly StreamBacklog[]; readonly jobs: readonly JobBacklog[] };

export interface StreamBacklogStore {
  /** Those of these events in whose stream something waits. Ages are by the store's own clock. */
  read(eventIds: readonly EventId[]): Promise<StreamBacklog[]>;
}
export interface JobBacklogStore {
  read(): Promise<JobBacklog[]>;
}

/** A fan waits for the answer, at a checkout that gives it within a second or two. */
export const ORDERS_LATE_MS = 10_000;
/** As I20 has it. */
export const JOBS_LATE_MS = 60_000;

export const isMail = ({ kind }: Pick<JobBacklog, "kind">): boolean => kind.startsWith("mail.");

/** The one that has waited longest; null: nothing waits. */
export function oldestOf<T extends { readonly oldestMs: number }>(all: readonly T[]): T | null {
  return all.reduce<T | null>(
    (oldest, one) => (oldest && oldest.oldestMs >= one.oldestMs ? oldest : one),
    null,
  );
}

export type Promptness = "ok" | "late";
const promptness = (all: readonly { readonly oldestMs: number }[], lateMs: number): Promptness =>
  (oldestOf(all)?.oldestMs ?? 0) > lateMs ? "late" : "ok";

/** How each part stands, and nothing more: anybody may ask a server for its health. */
export function backlogHealth({ streams, jobs }: Backlog): Record<"orders" | "jobs" | "mail", Promptness> {
  return {
    orders: promptness(streams, ORDERS_LATE_MS),
    jobs: promptness(
      jobs.filter((one) => !isMail(one)),
      JOBS_LATE_MS,
    ),
    mail: promptness(jobs.filter(isMail), JOBS_LATE_MS),
  };
}
