import { randomBytes } from "node:crypto";
import { isOutage } from "@onsale/db/pg-errors";
import { type Database, makeDatabase } from "@onsale/db/client";
import { describeWithDatabase } from "@onsale/db/testing/template-db";
import { withTx } from "@onsale/db/with-tx";
import { startTcpProxy, type TcpProxy } from "@onsale/redis/testing/tcp-proxy";
import { beforeAll, expect, test } from "vitest";
import { loadConfig } from "./config.ts";
import { composeContainer } from "./compose/container.ts";

/** The server's own limit here; the driver gives up a few seconds after it. */
const STATEMENT_TIMEOUT_MS = 200;
const outcome = (work: PromiseLike<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => (isOutage(error) ? "refused" : error),
  );

describeWithDatabase("a Postgres whose machine stands still", (database) => {
  beforeAll(async () => {
    const { sql } = database().owner;
    await sql`create table late (step text)`;
    await sql`grant all on late to public`;
  });

  /** One connection through a proxy that can stand still. */
  async function throughProxy(): Promise<{ proxy: TcpProxy; own: Database; url: string }> {
    const url = new URL(database().url);
    const proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
    url.port = String(proxy.port);
    url.hostname = "127.0.0.1";
    return {
      proxy,
      url: url.href,
      own: makeDatabase(url.href, { poolMax: 1, statementTimeoutMs: STATEMENT_TIMEOUT_MS }),
    };
  }

  test("whoever asks is refused in time, and nothing that waited runs when it is back", async () => {
    const { proxy, own } = await throughProxy();
    await own.sql`select 1`;
    proxy.freeze();
    expect(await outcome(own.sql`select 1`)).toBe("refused");
    // The connection is given up by now; these wait for the next one.
    const waiting = await Promise.all([
      outcome(own.sql`insert into late values ('first')`),
      outcome(own.sql`insert into late values ('second')`),
      outcome(withTx(own, (tx) => tx`insert into late values ('in a transaction')`)),
    ]);
    expect(waiting).toEqual(["refused", "refused", "refused"]);
    proxy.thaw();
    await expect.poll(() => outcome(own.sql`select 1`)).toBe("done");
    expect(await own.sql`select step from late`).toEqual([]);
    await own.close();
    await proxy.close();
  });

  test("the health of a process is said within three seconds", async () => {
    const { proxy, own, url } = await throughProxy();
    const container = composeContainer(
      loadConfig({
        DATABASE_URL: url,
        REDIS_URL: process.env["TEST_REDIS_URL"],
        AUTH_SECRET: randomBytes(32).toString("base64"),
        TICKET_SIGNING_KEY: randomBytes(32).toString("base64url"),
        LOG_LEVEL: "silent",
      }),
    );
    expect(await container.health()).toMatchObject({ postgres: "ok" });
    proxy.freeze();
    // Against a timer of this process, which is as late as the answer where the machine has other work.
    const late = new Promise((resolve) => setTimeout(() => resolve("late"), 3_000).unref());
    expect(await Promise.race([container.health(), late])).toMatchObject({ postgres: "unreachable" });
    proxy.thaw();
    await Promise.all([container.close(), own.close()]);
    await proxy.close();
  });

  test("a transaction under way ends as lost, and its connection is not used again", async () => {
    const { proxy, own } = await throughProxy();
    const attempt = outcome(
      withTx(own, async (tx) => {
        await tx`insert into late values ('A')`;
        proxy.freeze();
        await tx`insert into late values ('B')`;
      }),
    );
    expect(await attempt).toBe("refused");
    proxy.thaw();
    await expect.poll(() => outcome(own.sql`select 1`)).toBe("done");
    expect(await own.sql`select step from late`).toEqual([]);
    await own.close();
    await proxy.close();
  });
});
