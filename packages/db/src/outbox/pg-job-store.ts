import type { Job, JobStore } from "@onsale/core/outbox/job-store";
import type { Database } from "../client.ts";

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
  };
}
