import { TESTER } from "@onsale/core/actor/testing/staff";
import { request } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import type { Account } from "@onsale/core/actor/account";
import { decodeSnapshot, PUBLIC_STATE } from "@onsale/core/inventory/snapshot-wire";
import type { EventId } from "@onsale/core/shared/ids";
import { ORDERS_LATE_MS } from "@onsale/core/worker/backlog";
import { WORKER_SILENT_MS } from "@onsale/core/worker/worker-pulse";
import { ordersKey } from "@onsale/redis/shard";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveApp } from "../testing/serve-app.ts";
import { describeApp, gridLayout, key, seatItems } from "../testing/test-app.ts";
import { composeWorker } from "../compose/worker.ts";
import { runWorker } from "../worker/worker.ts";

describeApp("the API over HTTP", (app) => {
  let server: Awaited<ReturnType<typeof serveApp>>;
  beforeAll(async () => {
    server = await serveApp(app().container);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const cookieOf = (account: Account) => app().container.sessions.issue(account);
  const post = (path: string, body: RequestInit["body"], headers: Record<string, string>) =>
    fetch(`${server.url}${path}`, { method: "POST", body: body ?? null, headers });
  const holdBody = (eventId: EventId, ...seatNos: number[]) =>
    JSON.stringify({ eventId, operationId: key(), items: seatItems(...seatNos) });
  const held = async (account: Account, eventId: EventId) =>
    (await app().as(account).hold.mine({ eventId })).length;

  describe("a mutation", () => {
    const JSON_TYPE = { "content-type": "application/json" };

    test("of this site with a session is carried out", async () => {
      const [eventId, fan] = [await app().openEvent(), await app().account()];
      const headers = { ...JSON_TYPE, origin: server.origin, cookie: await cookieOf(fan) };
      const answer = await post("/api/trpc/hold.create", holdBody(eventId, 0, 1), headers);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toBe("private, no-store");
      expect(await held(fan, eventId)).toBe(1);
    });

    test.each(["https://evil.example", "null", "missing"])("with Origin %s is refused", async (origin) => {
      const [eventId, fan] = [await app().openEvent(), await app().account()];
      const headers = {
        ...JSON_TYPE,
        cookie: await cookieOf(fan),
        ...(origin === "missing" ? {} : { origin }),
      };
      const answer = await post("/api/trpc/hold.create", holdBody(eventId, 0, 1), headers);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ error: { data: { app: { code: "origin.foreign" } } } });
      expect(await held(fan, eventId)).toBe(0);
    });

    test.each(["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ""])(
      "sent as %s, which another site can do unasked, is refused",
      async (type) => {
        const [eventId, fan] = [await app().openEvent(), await app().account()];
        const body = Buffer.from(holdBody(eventId, 0, 1));
        const headers = { cookie: await cookieOf(fan), ...(type ? { "content-type": type } : {}) };
        const send = (origin: string) => post("/api/trpc/hold.create", body, { ...headers, origin });
        expect((await send("https://evil.example")).status).toBe(403);
        expect((await send("null")).status).toBe(403);
        expect((await send(server.origin)).status).toBe(415);
        expect(await held(fan, eventId)).toBe(0);
      },
    );

    test("is not carried out by GET", async () => {
      const [eventId, fan] = [await app().openEvent(), await app().account()];
      const input = encodeURIComponent(holdBody(eventId, 0, 1));
      const answer = await fetch(`${server.url}/api/trpc/hold.create?input=${input}`, {
        headers: { cookie: await cookieOf(fan) },
      });
      expect(answer.status).toBe(405);
      expect(await held(fan, eventId)).toBe(0);
    });
  });

  describe("a batch", () => {
    const batch = (calls: number) =>
      fetch(`${server.url}/api/trpc/${Array.from({ length: calls }, () => "account.me").join(",")}?batch=1`);

    test("of ten calls is answered, of eleven refused", async () => {
      const ten = await batch(10);
      expect(ten.status).toBe(200);
      expect(await ten.json()).toHaveLength(10);
      expect((await batch(11)).status).toBe(400);
    });

    test("of five thousand commas is refused with a short answer", async () => {
      const answer = await fetch(`${server.url}/api/trpc/${",".repeat(5_000)}?batch=1`);
      expect(answer.status).toBe(400);
      expect((await answer.arrayBuffer()).byteLength).toBeLessThan(2_000);
    });
  });

  describe("documents", () => {
    const get = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${server.url}${path}`, { headers });

    test("a path below /api that nobody serves is 404, and everything else is left to the pages", async () => {
      for (const path of ["/api/nothing", "/api/", "/api/layouts/../../etc/passwd", "/api/webhooks/stripe"])
        expect({ path, status: (await get(path)).status }).toEqual({ path, status: 404 });
      expect(await (await get("/events/show")).text()).toBe("a page");
      expect(await (await get("/api/auth/session")).text()).toBe("a page");
    });

    test("a layout is named by its content, compressed, and kept by caches for ever", async () => {
      const layout = gridLayout({ rows: 20, seats: 40, standing: 10 });
      const { hash } = await app().container.services.layouts.save(TESTER, layout, {
        organizationId: app().organization,
        venueId: null,
      });
      // fetch unpacks what it gets; the bytes on the wire are what counts here.
      const { headers, body } = await rawGet(`${server.url}/api/layouts/${hash}.json`, {
        "accept-encoding": "br",
      });
      expect(headers).toMatchObject({
        "content-encoding": "br",
        "cache-control": "public, max-age=31536000, immutable",
        vary: "accept-encoding",
        "content-length": String(body.length),
      });
      const text = brotliDecompressSync(body).toString("utf8");
      expect(JSON.parse(text)).toMatchObject({ format: "onsale-layout", name: layout.name });
      expect(body.length).toBeLessThan(text.length / 5);
      const zipped = await get(`/api/layouts/${hash}.json`, { "accept-encoding": "gzip" });
      expect(zipped.headers.get("content-encoding")).toBe("gzip");
      expect(await zipped.text()).toBe(text);
      expect((await get(`/api/layouts/${"0".repeat(64)}.json`)).status).toBe(404);
    });

    test("the stock of a stadium with 39,616 seats is under 20 KB on the wire, and changes with a hold", async () => {
      const eventId = await app().openEvent({ rows: 619, seats: 64, standing: 0 });
      const read = async () => (await rawGet(`${server.url}/api/events/${eventId}/stock`, {})).body;
      const before = await read();
      expect(before.length).toBeLessThan(20_000);
      const { seats } = decodeSnapshot(before);
      expect(seats).toHaveLength(39_616);
      expect(seats.every((state) => state === PUBLIC_STATE.free)).toBe(true);
      const packed = await rawGet(`${server.url}/api/events/${eventId}/stock`, { "accept-encoding": "br" });
      expect(packed.headers).toMatchObject({ "content-encoding": "br", vary: "accept-encoding" });
      expect(brotliDecompressSync(packed.body)).toEqual(before);
      expect(packed.body.length).toBeLessThan(before.length / 5);
      const fan = app().as(await app().account());
      await fan.hold.create({ eventId, operationId: key(), items: seatItems(0, 1) });
      await expect
        .poll(async () => [...decodeSnapshot(await read()).seats.subarray(0, 3)], { timeout: 10_000 })
        .toEqual([PUBLIC_STATE.held, PUBLIC_STATE.held, PUBLIC_STATE.free]);
    });

    test("the stock of an event that nobody knows is 404", async () => {
      expect((await get(`/api/events/${crypto.randomUUID()}/stock`)).status).toBe(404);
      expect((await get("/api/events/1%20or%201=1/stock")).status).toBe(404);
    });

    test("healthz says that both stores answer, and within seconds that a worker came, died or went", async () => {
      const health = async () => {
        const answer = await get("/healthz");
        expect(answer.status).toBe(200);
        return answer.json();
      };
      const stores = {
        ok: true,
        postgres: "ok",
        redis: "ok",
        web: "ok",
        orders: "ok",
        jobs: "ok",
        mail: "ok",
      };
      const { workerPulse, redis, config } = app().container;
      expect(await health()).toEqual({ ...stores, worker: "away", workerSilentMs: null });
      await workerPulse.beat("one");
      await workerPulse.beat("two");
      expect(await health()).toMatchObject({ ...stores, worker: "running" });
      await workerPulse.leave("two");
      expect(await health()).toMatchObject({ worker: "running" });
      // As if the last beat had been longer ago than a worker may be silent.
      await redis.commands.zincrby(`${config.redisKeyPrefix}worker:pulse`, -WORKER_SILENT_MS, "one");
      expect(await health()).toMatchObject({ ...stores, worker: "away", workerSilentMs: expect.any(Number) });
      await workerPulse.leave("one");
      expect(await health()).toMatchObject({ worker: "away", workerSilentMs: null });
    });

    test("healthz says of work that waits too long which part is late, and stays 200", async () => {
      const { jobs, redis, config } = app().container;
      const eventId = await app().openEvent();
      const late = async () => {
        const answer = await get("/healthz");
        const { orders, jobs: work, mail } = (await answer.json()) as Record<string, string>;
        return { status: answer.status, orders, jobs: work, mail };
      };
      await jobs.enqueue({ kind: "mail.nobody", payload: {}, effectKey: key() });
      await jobs.enqueue({ kind: "other.nobody", payload: {}, effectKey: key() });
      // The id of an entry is the time at which it came.
      const stream = ordersKey({ prefix: config.redisKeyPrefix }, eventId);
      await redis.commands.xadd(stream, Date.now() - 2 * ORDERS_LATE_MS, "ask", "{}");
      expect(await app().container.readBacklog()).toMatchObject({
        streams: [{ eventId, waiting: 1 }],
        jobs: [
          { kind: "mail.nobody", waiting: 1 },
          { kind: "other.nobody", waiting: 1 },
        ],
      });
      await app()
        .owner`update job set run_at = clock_timestamp() - interval '2 minutes' where kind = 'mail.nobody'`;
      await expect
        .poll(late, { timeout: 30_000 })
        .toEqual({ status: 200, orders: "late", jobs: "ok", mail: "late" });
      // One that was refused is due later each time; it is as old as it is all the same.
      await app().owner`
        update job set attempts = 3, run_at = clock_timestamp() + interval '5 minutes',
          created_at = clock_timestamp() - interval '2 minutes' where kind = 'other.nobody'`;
      await app().owner`update job set done_at = clock_timestamp() where kind = 'mail.nobody'`;
      await expect
        .poll(late, { timeout: 30_000 })
        .toEqual({ status: 200, orders: "late", jobs: "late", mail: "ok" });
      await app().owner`update job set done_at = clock_timestamp() where done_at is null`;
      await app().forgetRedis(eventId);
      await expect
        .poll(late, { timeout: 30_000 })
        .toEqual({ status: 200, orders: "ok", jobs: "ok", mail: "ok" });
    });

    test("a worker is heard while it runs, and says goodbye when it ends", async () => {
      const { container } = app();
      const stop = new AbortController();
      const worker = runWorker(composeWorker(container), { signal: stop.signal });
      await expect
        .poll(() => container.workerPulse.read(), { timeout: 10_000 })
        .toMatchObject({ running: 1 });
      stop.abort();
      await worker;
      expect(await container.workerPulse.read()).toEqual({ running: 0, silentMs: null });
    });
  });

  test("text that no database can hold is the caller's fault", async () => {
    const search = encodeURIComponent(JSON.stringify({ query: "a\u0000b" }));
    const answer = await fetch(`${server.url}/api/trpc/event.list?input=${search}`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("rule:unstorable");
  });

  test("a database that is away is 503 and says when to come back", async () => {
    const { container } = app();
    const away = () => {
      throw new Error("a query failed", {
        cause: Object.assign(new Error("gone"), { code: "CONNECTION_CLOSED" }),
      });
    };
    await using other = await serveApp({
      ...container,
      services: { ...container.services, programme: { search: away } },
    });
    const answer = await fetch(`${other.url}/api/trpc/event.list?input=${encodeURIComponent("{}")}`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("2");
    expect(await answer.text()).not.toMatch(/gone|CONNECTION/);
  });

  test("a failure of ours is told in words, without a stack, SQL or a path of this machine", async () => {
    const { container } = app();
    await using other = await serveApp({
      ...container,
      services: {
        ...container.services,
        programme: {
          // A real error of the real driver, as a wrong migration would cause it.
          search: () => container.database.sql`SELECT secret_column FROM no_such_table` as never,
        },
      },
    });
    const answer = await fetch(`${other.url}/api/trpc/event.list?input=${encodeURIComponent("{}")}`);
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ error: { message: "internal" } });
    expect(text).not.toMatch(/secret_column|no_such_table|select|stack|node_modules|\.ts\b|postgres/i);
  });
});

/** The answer as it came over the wire: compressed bytes stay compressed. */
function rawGet(
  url: string,
  headers: Record<string, string>,
): Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk: Buffer) => chunks.push(chunk));
      res.on("end", () => resolve({ headers: res.headers, body: Buffer.concat(chunks) }));
      res.on("error", reject);
    })
      .on("error", reject)
      .end();
  });
}
