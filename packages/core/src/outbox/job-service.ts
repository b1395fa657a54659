import type { Installation } from "../actor/actor.ts";
import type { JobsAsked, JobStore } from "./job-store.ts";

/** What operators see and do about work that is not done. */
export function makeJobService({ jobs }: { readonly jobs: Pick<JobStore, "listOpen" | "retry"> }) {
  return {
    listOpen: (_actor: Installation, ask: { limit: number; parked: boolean }) => jobs.listOpen(ask),
    retry: (_actor: Installation, which: JobsAsked): Promise<number> => jobs.retry(which),
  };
}
