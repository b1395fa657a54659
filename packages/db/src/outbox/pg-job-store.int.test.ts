import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgJobStore } from "./pg-job-store.ts";

describeWithDatabase("the outbox", (database) => {
  const jobs = () => makePgJobStore(database());
  const claim = (kind: string, overrides: { owner?: string; limit?: number; leaseMs?: number } = {}) =>
    jobs().claim({ owner: "w1", kinds: [kind], limit: 10, leaseMs: 60_000, ...overrides });
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
    await jobs().complete(done?.id ?? "");
    await jobs().fail({ id: failed?.id ?? "", error: "no answer", retryInMs: 0 });
    const [again, ...rest] = await claim(kind);
    expect([again?.id, again?.attempts, rest]).toEqual([failed?.id, 1, []]);
    await jobs().fail({ id: failed?.id ?? "", error: "no answer", retryInMs: 60_000 });
    expect(await claim(kind)).toEqual([]);
    await jobs().fail({ id: done?.id ?? "", error: "too late", retryInMs: 0 });
    expect(await claim(kind)).toEqual([]);
  });

  it("waits for the time that was asked for", async () => {
    const kind = randomUUID();
    await jobs().enqueue({ kind, payload: {}, effectKey: randomUUID(), runInMs: 60_000 });
    expect(await claim(kind)).toEqual([]);
  });
});
