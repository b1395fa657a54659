import type { Job, JobStore, OpenJob } from "@onsale/core/outbox/job-store";
import type { Database } from "../client.ts";

/** Rows that are looked at in one statement when old ones are forgotten. */
const LOOKED_MAX = 5_000;

type Row = { id: string; kind: string; payload: Job["payload"]; attempts: number };

/**
 * The outbox in Postgres. A job is leased, not locked: a worker that dies loses it when the lease runs out. Each verb is
 * one statement, for however many jobs.
 */
export function makePgJobStore({ sql }: Database): JobStore {
  return {
    async claim({ owner, kinds, limit, leaseMs }) {
      const rows = await sql<Row[]>`
        select id::text, kind, payload, attempts - 1 as attempts
        from claim_jobs(${owner}, ${[...kinds]}::text[], ${limit}, ${leaseMs})`;
      return [...rows].sort((one, other) => Number(one.id) - Number(other.id));
    },
    async prolong({ owner, ids, leaseMs }) {
      await sql`
        update job set lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
        where id = any (${[...ids]}::bigint[]) and leased_by = ${owner}
          and lease_until > clock_timestamp() and done_at is null`;
    },
    async settle({ owner, done, failed }) {
      await sql`
        select settle_jobs(${owner}, ${[...done]}::bigint[], ${JSON.stringify(failed)}::text::jsonb)`;
    },
    async enqueue({ kind, payload, effectKey, runInMs = 0 }) {
      await sql`
        insert into job (kind, effect, payload, run_at)
        values (${kind}, ${effectKey}, ${JSON.stringify(payload)}::text::jsonb,
          clock_timestamp() + ${runInMs} * interval '1 millisecond')
        on conflict on constraint job_effect_once do nothing`;
    },
    async listOpen({ limit, parked }) {
      const open = sql`done_at is null and (parked_at is not null or not ${parked})`;
      const [jobs, [count]] = await Promise.all([
        sql<OpenJob[]>`
          select id::text, kind, ms_of(run_at)::float8 as "dueAtMs", attempts,
            ms_of(parked_at)::float8 as "parkedAtMs", last_error as error
          from job where ${open} order by parked_at desc nulls last, run_at, id limit ${limit}`,
        sql<{ total: number }[]>`select count(*)::int as total from job where ${open}`,
      ]);
      return { jobs: [...jobs], total: count?.total ?? 0 };
    },
    async retry(which) {
      const asked =
        "id" in which
          ? sql`id = ${which.id}`
          : sql`kind = ${which.kind} and (parked_at is not null or attempts > 0)`;
      const again = await sql`
        update job set parked_at = null, attempts = 0, run_at = clock_timestamp(), lease_until = null
        where done_at is null and (lease_until is null or lease_until <= clock_timestamp()) and ${asked}`;
      return again.count;
    },
    async forget(olderThanMs) {
      type Round = { last: string | null; gone: number; isAllOld: boolean };
      let [after, gone] = ["0", 0];
      for (;;) {
        // In the order in which they were made: after the first that is younger there is nothing more to look for.
        // oxlint-disable-next-line no-await-in-loop -- one batch after the other, so that none takes long
        const [round] = await sql<Round[]>`
          with limits as (select clock_timestamp() - ${olderThanMs} * interval '1 millisecond' as before),
          looked as materialized (
            select id, created_at, done_at from job where id > ${after} order by id limit ${LOOKED_MAX}),
          forgotten as (
            delete from job where id = any (array(
              select looked.id from looked, limits where looked.done_at < limits.before)) returning id)
          select max(id)::text as last, (select count(*) from forgotten)::int as gone,
            count(*) = ${LOOKED_MAX} and max(created_at) < (select before from limits) as "isAllOld"
          from looked`;
        gone += round?.gone ?? 0;
        if (!round?.isAllOld || round.last === null) return gone;
        after = round.last;
      }
    },
  };
}
