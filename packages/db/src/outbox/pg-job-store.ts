import type { Job, JobStore } from "@onsale/core/outbox/job-store";
import type { Database } from "../client.ts";

type Row = { id: string; kind: string; payload: Job["payload"]; attempts: number };

/** The outbox in Postgres. A job is leased, not locked: a worker that dies loses it when the lease runs out. */
export function makePgJobStore({ sql }: Database): JobStore {
  return {
    async claim({ owner, kinds, limit, leaseMs }) {
      const rows = await sql<Row[]>`
        with due as (
          select id from job
          where kind = any(${[...kinds]}::text[]) and done_at is null and parked_at is null
            and run_at <= clock_timestamp() and (lease_until is null or lease_until <= clock_timestamp())
          order by run_at limit ${limit} for update skip locked)
        update job set lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond',
          attempts = attempts + 1, leased_by = ${owner}
        from due where job.id = due.id
        returning job.id::text, kind, payload, attempts - 1 as attempts`;
      return [...rows].sort((a, b) => Number(a.id) - Number(b.id));
    },
    async complete(id) {
      await sql`
        update job set done_at = clock_timestamp(), lease_until = null, last_error = null
        where id = ${id} and done_at is null`;
    },
    async fail({ id, error, retryInMs }) {
      await sql`
        update job set lease_until = null, last_error = left(${error}, 2000),
          run_at = clock_timestamp() + ${retryInMs} * interval '1 millisecond'
        where id = ${id} and done_at is null`;
    },
    async enqueue({ kind, payload, effectKey, runInMs = 0 }) {
      await sql`
        insert into job (kind, effect, payload, run_at)
        values (${kind}, ${effectKey}, ${JSON.stringify(payload)}::text::jsonb,
          clock_timestamp() + ${runInMs} * interval '1 millisecond')
        on conflict on constraint job_effect_once do nothing`;
    },
  };
}
