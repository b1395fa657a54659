import { expect, it } from "vitest";
import {
  brokenConstraint,
  CONSTRAINTS,
  DEADLOCK_DETECTED,
  isOutage,
  isUnstorableText,
  sqlState,
} from "./pg-errors.ts";
import { makeDatabase } from "./client.ts";
import { retryConflicts } from "./retry.ts";
import { accounts } from "./schema/tables.ts";
import { describeWithDatabase } from "./testing/template-db.ts";

describeWithDatabase("errors", (database) => {
  it("every name that code tells apart is a promise of the schema", async () => {
    const { sql } = database();
    const known = await sql<{ name: string }[]>`
      select conname as name from pg_constraint union select indexrelid::regclass::text from pg_index where indisunique
      union select m[1] from pg_proc, regexp_matches(prosrc, 'CONSTRAINT = ''([a-z_]+)''', 'g') m
      union select tgname from pg_trigger where not tgisinternal`;
    const names = new Set(known.map((row) => row.name));
    expect(CONSTRAINTS.filter((constraint) => !names.has(constraint))).toEqual([]);
  });

  it("are decoded through drizzle's own error too, and nothing else is", async () => {
    const { db, sql } = database();
    const row = { email: "one@fans.example", name: "One", role: "fan" as const };
    await db.insert(accounts).values(row);
    const wrapped: unknown = await db
      .insert(accounts)
      .values(row)
      .then(
        () => null,
        (error: unknown) => error,
      );
    expect(brokenConstraint(wrapped)).toBe("account_email_once");
    expect(sqlState(wrapped)).toBe("23505");
    expect(brokenConstraint(await sql`select 1 / 0`.catch((error: unknown) => error))).toBeNull();
    expect(brokenConstraint(new Error("account_email_once"))).toBeNull();
  });

  it("a connection that was cut is an outage, and a wrong statement is not", async () => {
    const { db, sql } = database();
    const errorOf = (work: Promise<unknown>) =>
      work.then(
        () => null,
        (error: unknown) => error,
      );
    const cut = await errorOf(db.execute("select pg_terminate_backend(pg_backend_pid())"));
    expect(cut).not.toBeNull();
    expect(isOutage(cut)).toBe(true);
    expect(isOutage(await errorOf(makeDatabase("postgres://nobody@127.0.0.1:1/none").sql`select 1`))).toBe(
      true,
    );
    expect(isOutage(await errorOf(sql`select 1 / 0`))).toBe(false);
    expect(isOutage(await errorOf(sql`select ${"a"}::int`))).toBe(false);
  });

  it("text with a NUL character cannot be stored, and is told apart from other faults", async () => {
    const { db, sql } = database();
    const row = { email: "nul@fans.example", name: "a\u0000b", role: "fan" as const };
    expect(
      isUnstorableText(
        await db
          .insert(accounts)
          .values(row)
          .then(
            () => null,
            (error: unknown) => error,
          ),
      ),
    ).toBe(true);
    expect(
      isUnstorableText(
        await sql`select 1 / 0`.then(
          () => null,
          (error: unknown) => error,
        ),
      ),
    ).toBe(false);
  });

  it("a real deadlock is run again and both come through", async () => {
    const { sql } = database();
    await database().owner.sql`create table pair (n int primary key, hits int not null)`;
    await database().owner.sql`grant all on pair to public`;
    await sql`insert into pair values (1, 0), (2, 0)`;
    const codes: unknown[] = [];
    let waiting = 0;
    const both = Promise.withResolvers<void>();
    const opposite = (first: number, second: number) =>
      retryConflicts(() =>
        sql
          .begin(async (tx) => {
            await tx`update pair set hits = hits + 1 where n = ${first}`;
            if (++waiting >= 2) both.resolve();
            await both.promise;
            await tx`update pair set hits = hits + 1 where n = ${second}`;
          })
          .catch((error: unknown) => {
            codes.push(sqlState(error));
            throw error;
          }),
      );
    await Promise.all([opposite(1, 2), opposite(2, 1)]);
    expect(codes).toContain(DEADLOCK_DETECTED);
    expect([...(await sql`select hits from pair order by n`)]).toEqual([{ hits: 2 }, { hits: 2 }]);
  });

  it("what is not a conflict is not run again", async () => {
    let runs = 0;
    const failing = retryConflicts(async () => {
      runs++;
      await database().sql`select 1 / 0`;
    });
    await expect(failing).rejects.toThrow("division by zero");
    expect(runs).toBe(1);
  });
});
