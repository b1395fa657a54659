import { randomUUID } from "node:crypto";
import { describeApp } from "@onsale/api/testing/test-app";
import { expect, test } from "vitest";
import { askTicketctl as ask, runTicketctl } from "./testing/run-ticketctl.ts";

describeApp("ticketctl jobs", (app) => {
  const enqueue = async (kind: string): Promise<string> => {
    const { jobs, database } = app().container;
    const effectKey = randomUUID();
    await jobs.enqueue({ kind, payload: { email: "fan@fans.example" }, effectKey });
    const [row] = await database.sql<{ id: string }[]>`select id::text from job where effect = ${effectKey}`;
    return row?.id ?? "";
  };
  const park = (...ids: string[]) => app().container.database.sql`
    update job set parked_at = clock_timestamp(), attempts = 15, last_error = 'Error: no such mailbox'
    where id = any (${ids}::bigint[])`;
  const due = (kind: string) =>
    app().container.jobs.claim({ owner: randomUUID(), kinds: [kind], limit: 10, leaseMs: 0 });

  test("lists what was given up with its error and without naming a fan, and tries it again when asked to", async () => {
    const { container } = app();
    const kind = `mail.${randomUUID()}`;
    const [first, second] = [await enqueue(kind), await enqueue(kind)];
    await park(first);
    const listed = await ask(container, "jobs", "list", "--parked");
    expect(listed).toMatchObject({
      code: 0,
      answer: {
        ok: true,
        jobs: [{ id: first, kind, attempts: 15, error: "Error: no such mailbox" }],
        total: 1,
      },
    });
    expect(JSON.stringify(listed)).not.toContain("fan@fans.example");
    const all = await ask(container, "jobs", "list");
    expect(all.answer).toMatchObject({ jobs: [{ id: first }, { id: second, parkedAtMs: null }], total: 2 });
    expect((await due(kind)).map(({ id }) => id)).toEqual([second]);
    expect(await ask(container, "jobs", "retry", first)).toMatchObject({ code: 0, answer: { retried: 1 } });
    expect(await due(kind)).toMatchObject([{ id: first, attempts: 0 }, { id: second }]);
  });

  test("tries again all of a kind, and no other", async () => {
    const { container } = app();
    const [kind, other] = [`mail.${randomUUID()}`, `mail.${randomUUID()}`];
    const [one, two, three] = [await enqueue(kind), await enqueue(kind), await enqueue(other)];
    await park(one, two, three);
    const { out } = await runTicketctl(container, ["jobs", "retry", "--kind", kind]);
    expect(out).toContain("2 jobs due now");
    expect([(await due(kind)).length, (await due(other)).length]).toEqual([2, 0]);
    expect(await ask(container, "jobs", "retry", "--kind", "mail.none")).toMatchObject({
      code: 0,
      answer: { retried: 0 },
    });
  });

  test("refuses a job that is done, one that nobody knows, and a question without an answer", async () => {
    const { container } = app();
    const done = await enqueue(`mail.${randomUUID()}`);
    await container.jobs.settle({ owner: "test", done: [done], failed: [] });
    for (const id of [done, "0", "999999999999999999", "99999999999999999999", "x"])
      expect(await ask(container, "jobs", "retry", id)).toMatchObject({
        code: 2,
        answer: { error: { details: { why: "no_job", id } } },
      });
    expect(await ask(container, "jobs", "retry")).toMatchObject({
      code: 2,
      answer: { error: { details: { why: "retry_what" } } },
    });
  });
});
