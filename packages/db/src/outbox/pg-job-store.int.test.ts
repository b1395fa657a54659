import type { Job, JobFailure } from "@onsale/core/outbox/job-store";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { makeDatabase } from "../client.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgJobStore } from "./pg-job-store.ts";

describeWithDatabase("the outbox", (database) => {
  const jobs = () => makePgJobStore(database());
  const claim = (kind: string, overrides: { owner?: string; limit?: number; leaseMs?: number } = {}) =>
    jobs().claim({ owner: "w1", kinds: [kind], limit: 10, leaseMs: 60_000, ...overrides });
  const idOf = (job: Job | undefined) => job?.id ?? "";
  const failure = (job: Job | undefined, retryInMs: number | null): JobFailure => ({
    id: idOf(job),
    error: "no answer",
    retryInMs,
  });
  const settle = (outcome: { owner?: string; done?: string[]; failed?: JobFailure[] }) =>
    jobs().settle({ owner: "w1", done: [], failed: [], ...outcome });
  const enqueue = (kind: string, effectKey: string = randomUUID()) =>
    jobs().enqueue({ kind, payload: { orderId: "1" }, effectKey });

  it("enqueues an effect once, however often it is asked to", async () => {
    const kind = randomUUID();
    await Promise.all(Array.from({ length: 5 }, () => enqueue(kind, "mail.1" + kind)));
    expect(await claim(kind)).toMatchObject([{ kind, payload: { orderId: "1" }, attempts: 0 }]);
  });

  it("gives each job to one of many workers", async () => {
    const kind = randomUUID();
    for (let n = 0; n < 50; n++) await enqueue(kind);
    const taken = await Promise.all(Array.from({ length: 10 }, (_, n) => claim(kind, { owner: `w${n}` })));
    const ids = taken.flat().map((job) => job.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length + (await claim(kind, { limit: 50 })).length).toBe(50);
  });

  it("hands the job of a dead worker to the next when its lease is over, and counts", async () => {
    const kind = randomUUID();
    await enqueue(kind);
    expect(await claim(kind, { leaseMs: 0 })).toHaveLength(1);
    expect(await claim(kind, { owner: "w2" })).toMatchObject([{ attempts: 1 }]);
    expect(await claim(kind, { owner: "w3" })).toEqual([]);
  });

  it("never runs what is done, and runs what failed when its time has come", async () => {
    const kind = randomUUID();
    await enqueue(kind);
    await enqueue(kind);
    const [done, failed] = await claim(kind);
    await settle({ done: [idOf(done)], failed: [failure(failed, 0)] });
    const [again, ...rest] = await claim(kind);
    expect([again?.id, again?.attempts, rest]).toEqual([failed?.id, 1, []]);
    await settle({ failed: [failure(again, 60_000)] });
    expect(await claim(kind)).toEqual([]);
    await settle({ failed: [failure(done, 0)] });
    expect(await claim(kind)).toEqual([]);
  });

  it("settles what a batch did in one statement, and parks what is not to be tried again", async () => {
    const kind = randomUUID();
    for (let n = 0; n < 30; n++) await enqueue(kind);
    const batch = await claim(kind, { limit: 30 });
    const failed = batch.slice(0, 3).map((job, n) => failure(job, n === 0 ? null : 0));
    await settle({ done: batch.slice(3).map(idOf), failed });
    expect((await claim(kind, { limit: 30 })).map(idOf)).toEqual(batch.slice(1, 3).map(idOf));
    expect(
      await database().sql`select last_error, parked_at is not null as parked from job
      where id = ${idOf(batch[0])}`,
    ).toEqual([{ last_error: "no answer", parked: true }]);
  });

  it("believes no worker about a job that another one took over, but that it is done", async () => {
    const kind = randomUUID();
    await enqueue(kind);
    const [job] = await claim(kind, { leaseMs: 0 });
    await claim(kind, { owner: "w2" });
    await settle({ failed: [failure(job, 0)] });
    await jobs().prolong({ owner: "w1", ids: [idOf(job)], leaseMs: 0 });
    expect(await claim(kind, { owner: "w3" })).toEqual([]);
    await settle({ done: [idOf(job)] });
    await settle({ owner: "w2", failed: [failure(job, 0)] });
    expect(await claim(kind)).toEqual([]);
  });

  it("keeps a batch for a worker that goes on asking for it", async () => {
    const kind = randomUUID();
    await enqueue(kind);
    const [job] = await claim(kind);
    await jobs().prolong({ owner: "w1", ids: [idOf(job)], leaseMs: 0 });
    // The lease now ends at once, so it was set anew.
    expect(await claim(kind, { owner: "w2" })).toHaveLength(1);
  });

  it("takes up to the limit of each kind, those that were due first", async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    for (let n = 0; n < 5; n++) for (const kind of [first, second]) await enqueue(kind);
    const taken = await jobs().claim({ owner: "w1", kinds: [first, second], limit: 3, leaseMs: 60_000 });
    expect([first, second].map((kind) => taken.filter((job) => job.kind === kind).length)).toEqual([3, 3]);
    const rest = await jobs().claim({ owner: "w1", kinds: [first, second], limit: 3, leaseMs: 60_000 });
    expect(Math.max(...taken.map(({ id }) => Number(id)))).toBeLessThan(
      Math.min(...rest.map(({ id }) => Number(id))),
    );
  });

  it("reads a batch by its index beside 20,000 jobs that are done, also by a plan from when there were none", async () => {
    const kind = randomUUID();
    const own = makeDatabase(database().url, { poolMax: 1 });
    const oneWorker = makePgJobStore(own);
    const take = () => oneWorker.claim({ owner: "w1", kinds: [kind], limit: 100, leaseMs: 60_000 });
    const looked = async () => {
      await own.sql`select pg_stat_force_next_flush()`;
      const [row] = await own.sql<{ rows: number }[]>`
        select seq_tup_read::float8 as rows from pg_stat_user_tables where relname = 'job'`;
      return row?.rows ?? 0;
    };
    // So often that the server keeps the plan.
    for (let n = 0; n < 10; n++) await take();
    await database().sql`
      insert into job (kind, effect, payload, done_at)
      select ${kind}, ${kind} || n, '{}', clock_timestamp() from generate_series(1, 20000) n`;
    for (let n = 0; n < 100; n++) await enqueue(kind);
    const before = await looked();
    const batch = await take();
    await oneWorker.settle({ owner: "w1", done: batch.map(idOf), failed: [] });
    expect(batch).toHaveLength(100);
    expect((await looked()) - before).toBe(0);
    await own.close();
  });

  it("forgets what was done long ago, and neither what is open nor what was done lately", async () => {
    const kind = randomUUID();
    // They are looked at from the oldest on.
    await database().sql`delete from job`;
    const made = (count: number, at: string, done: string | null) => database().sql`
      insert into job (kind, effect, payload, created_at, run_at, done_at)
      select ${kind}, gen_random_uuid(), '{}', clock_timestamp() - ${at}::interval, clock_timestamp() - ${at}::interval,
        clock_timestamp() - ${done}::interval
      from generate_series(1, ${count}) n`;
    // More than are looked at in one statement, with an open one before them.
    await made(1, "40 days", null);
    await made(7_000, "40 days", "40 days");
    await made(1, "40 days", "1 day");
    await made(1, "1 day", "1 day");
    expect(await jobs().forget(30 * 86_400_000)).toBe(7_000);
    const left = await database()
      .sql`select done_at is null as open from job where kind = ${kind} order by id`;
    expect(left).toEqual([{ open: true }, { open: false }, { open: false }]);
  });

  it("waits for the time that was asked for", async () => {
    const kind = randomUUID();
    await jobs().enqueue({ kind, payload: {}, effectKey: randomUUID(), runInMs: 60_000 });
    expect(await claim(kind)).toEqual([]);
  });
});
