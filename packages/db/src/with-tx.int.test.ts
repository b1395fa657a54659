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
    const { sql } = database();
    await sql`create table plain (run int, step text)`;
    await sql`create table guarded (run int, step text)`;
    await sql`create trigger guarded_in_tx before insert on guarded for each statement execute function need_tx()`;
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

  it("guarded tables refuse a write outside, also on a connection whose session pretends", async () => {
    const { sql } = database();
    const bare = await sql`insert into guarded values (3, 'A')`.catch(sqlState);
    expect(bare).toBe(OUTSIDE_TRANSACTION);
    const one = makeDatabase(database().url, { poolMax: 1 });
    await one.sql`select set_config('app.tx', pg_current_xact_id()::text, false)`;
    expect(await one.sql`insert into guarded values (3, 'A')`.catch(sqlState)).toBe(OUTSIDE_TRANSACTION);
    await one.close();
    expect(await steps("guarded", 3)).toEqual([]);
  });

  /** The driver's own begin(), its backend killed between A and B, and its connection slot used again by somebody else. */
  async function naiveTransaction(table: "plain" | "guarded", run: number): Promise<unknown> {
    const one = makeDatabase(database().url, { poolMax: 1 });
    let second: unknown = null;
    let lost: Promise<void> = Promise.resolve();
    const done = Promise.withResolvers<void>();
    const begun = one.sql.begin(async (tx) => {
      const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid, guard_tx()`;
      await tx`insert into ${tx(table)} values (${run}, 'A')`;
      await kill(row?.pid ?? 0);
      await lost;
      await one.sql`select 1`;
      second = await tx`insert into ${tx(table)} values (${run}, 'B')`.catch(sqlState);
      done.resolve();
      await new Promise<never>(() => undefined);
    });
    lost = over(begun);
    await done.promise;
    await one.close();
    return second;
  }

  it("without it the driver commits half a transaction when a backend dies (mutant M15, control)", async () => {
    await naiveTransaction("plain", 10);
    expect(await steps("plain", 10)).toEqual(["B"]);
  });

  it("the guard alone already stops the half (mutant M15)", async () => {
    expect(await naiveTransaction("guarded", 11)).toBe(OUTSIDE_TRANSACTION);
    expect(await steps("guarded", 11)).toEqual([]);
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
      // The driver hands the dead backend's last words to the next statement on that slot; the one after is well.
      await over(Promise.resolve(pool.sql`select 1`));
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
