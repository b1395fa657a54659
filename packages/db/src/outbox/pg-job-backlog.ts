import { JOBS_COUNTED_MAX, type JobBacklog, type JobBacklogStore } from "@onsale/core/worker/backlog";
import type { Database } from "../client.ts";

/**
 * Of each kind that has open jobs, the first by when they are due, by `job_due` alone: however many wait, so many are read.
 * One that is refused again and again is due later each time, so its age counts from when it was made.
 */
export function makePgJobBacklog({ sql }: Pick<Database, "sql">): JobBacklogStore {
  return {
    async read() {
      const rows = await sql<JobBacklog[]>`
        with recursive kinds as (
          (select kind from job where done_at is null and parked_at is null order by kind limit 1)
          union all
          select (select j.kind from job j where j.done_at is null and j.parked_at is null and j.kind > k.kind
                  order by j.kind limit 1)
          from kinds k where k.kind is not null)
        select k.kind, of_kind.waiting, of_kind."oldestMs" from kinds k cross join lateral (
          select count(*)::int as waiting,
            greatest(0, extract(epoch from clock_timestamp() - min(case when attempts > 0 then created_at else run_at end))
              * 1000)::float8 as "oldestMs"
          from (select * from job j where j.done_at is null and j.parked_at is null and j.kind = k.kind
                order by j.run_at limit ${JOBS_COUNTED_MAX}) first_due
          where attempts > 0 or run_at <= clock_timestamp()) of_kind
        where k.kind is not null and of_kind.waiting > 0 order by k.kind`;
      return [...rows];
    },
  };
}
