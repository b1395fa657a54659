import { beforeAll, expect, it } from "vitest";
import { makeDatabase } from "./client.ts";
import { OUTSIDE_TRANSACTION, sqlState } from "./pg-errors.ts";
import { describeWithDatabase } from "./testing/template-db.ts";
import { TransactionLost, withTx } from "./with-tx.ts";

/** Resolves when the promise is over, either way. */
const over = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    () => undefined,
  );

describeWithDatabase("withTx", (database) => {
  beforeAll(async () => {
    const { sql } = database().owner;
    await sql`create table plain (run int, step text)`;
    await sql`create table guarded (run int, step text)`;
    await sql`create trigger guarded_in_tx before insert on guarded for each statement execute function need_tx()`;
    await sql`grant all on plain, guarded to public`;
  });
  const kill = (pid: number) => database().sql`select pg_terminate_backend(${pid})`;
  const steps = async (table: "plain" | "guarded", run: number) => {
    const { sql } = database();
    return (await sql<{ step: string }[]>`select step from ${sql(table)} where run = ${run}`).map(
      (row) => row.step,
    );
  };

  it("commits all statements or, when one fails, none", async () => {
    expect(
      await withTx(
        database(),
        async (tx) => (await tx`insert into guarded values (1, 'A') returning step`)[0],
      ),
    ).toEqual({
      step: "A",
    });
    await expect(
      withTx(database(), async (tx) => {
        await tx`insert into guarded values (2, 'A')`;
        await tx`select 1 / 0`;
      }),
    ).rejects.toThrow("division by zero");
    await expect(
      withTx(database(), async (tx) => {
        await tx`insert into guarded values (2, 'A')`;
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(await steps("guarded", 1)).toEqual(["A"]);
    expect(await steps("guarded", 2)).toEqual([]);
  });

  it("guarded tables refuse a write outside, also on a connection whose session pretends (mutant M15)", async () => {
    const { sql } = database();
    const bare = await sql`insert into guarded values (3, 'A')`.catch(sqlState);
    expect(bare).toBe(OUTSIDE_TRANSACTION);
    const one = makeDatabase(database().url, { poolMax: 1 });
    await one.sql`select set_config('app.tx', pg_current_xact_id()::text, false)`;
    expect(await one.sql`insert into guarded values (3, 'A')`.catch(sqlState)).toBe(OUTSIDE_TRANSACTION);
    await one.close();
    expect(await steps("guarded", 3)).toEqual([]);
  });

  it("the driver, patched, ends a transaction with its connection and hands nothing on, 20 times", async () => {
    // Unpatched, B commits without A, and the next statement gets the dead backend's last words or an extra row.
    const one = makeDatabase(database().url, { poolMax: 1 });
    for (let run = 10; run < 30; run++) {
      let lost: Promise<void> = Promise.resolve();
      const second = Promise.withResolvers<unknown>();
      const begun = one.sql.begin(async (tx) => {
        const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
        await tx`insert into plain values (${run}, 'A')`;
        await kill(row?.pid ?? 0);
        await lost;
        expect(await one.sql`select 1 as one`).toEqual([{ one: 1 }]);
        second.resolve(
          await tx`insert into plain values (${run}, 'B')`.catch((error: Error) => error.message),
        );
      });
      lost = over(begun);
      await expect(begun).rejects.toThrow("CONNECTION_CLOSED");
      expect(await second.promise).toContain("CONNECTION_CLOSED");
      expect(await steps("plain", run)).toEqual([]);
    }
    await one.close();
  });

  it.each([1, 4])(
    "a backend killed between two statements leaves nothing, 20 times, pool of %i",
    async (poolMax) => {
      const pool = makeDatabase(database().url, { poolMax });
      for (let run = 100; run < 120; run++) {
        let lost: Promise<void> = Promise.resolve();
        const refused = Promise.withResolvers<unknown>();
        const attempt = withTx(pool, async (tx) => {
          const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
          await tx`insert into plain values (${run}, 'A')`;
          await kill(row?.pid ?? 0);
          await lost;
          await pool.sql`select 1`;
          try {
            await tx`insert into plain values (${run}, 'B')`;
            refused.resolve("went through");
          } catch (error) {
            refused.resolve(error);
          }
          return "pretends that all is well";
        });
        lost = over(attempt);
        await expect(attempt).rejects.toThrow(TransactionLost);
        expect(await refused.promise).toBeInstanceOf(TransactionLost);
        expect(await steps("plain", run)).toEqual([]);
        await pool.sql`select 1`;
      }
      await pool.close();
      await database().sql`delete from plain`;
    },
  );

  it("a backend killed inside a statement leaves nothing, and the pool goes on", async () => {
    const pool = makeDatabase(database().url, { poolMax: 1 });
    for (let run = 200; run < 210; run++) {
      const attempt = withTx(pool, async (tx) => {
        await tx`insert into plain values (${run}, 'A')`;
        await over(Promise.resolve(tx`select pg_terminate_backend(pg_backend_pid())`));
        await tx`insert into plain values (${run}, 'B')`;
      });
      await expect(attempt).rejects.toThrow(TransactionLost);
      expect(await steps("plain", run)).toEqual([]);
      expect(await pool.sql`select 1 as one`).toEqual([{ one: 1 }]);
    }
    await pool.close();
  });

  it("a transaction past its time is rolled back, its locks are gone and its later statements refused", async () => {
    const pool = makeDatabase(database().url, { poolMax: 1 });
    const goOn = Promise.withResolvers<void>();
    const refused = Promise.withResolvers<unknown>();
    const attempt = withTx(
      pool,
      async (tx) => {
        await tx`insert into plain values (300, 'A')`;
        await goOn.promise;
        try {
          await tx`insert into plain values (300, 'B')`;
          refused.resolve("went through");
        } catch (error) {
          refused.resolve(error);
        }
      },
      { timeoutMs: 50 },
    );
    await expect(attempt).rejects.toThrow("longer than 50 ms");
    goOn.resolve();
    expect(await refused.promise).toBeInstanceOf(TransactionLost);
    expect(await pool.sql`select count(*)::int as n from plain where run = 300`).toEqual([{ n: 0 }]);
    await pool.close();
  });
});
