import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { makeDrillClient } from "./drill-client.ts";
import { makeDrillHttp } from "./drill-http.ts";
import { makeSlots } from "./slots.ts";
import { makeTally } from "./tally.ts";

type Handler = (req: IncomingMessage, res: ServerResponse) => void;

/** A fan of a server that answers every request the same way. */
async function fanOf(handler: Handler, connections = 2) {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const tally = makeTally(() => 0);
  const http = makeDrillHttp(connections);
  const lane = { http, slots: makeSlots(connections) };
  const fan = makeDrillClient({
    url,
    origin: "https://shop.example",
    shop: lane,
    wait: lane,
    look: lane,
    tally,
  })({
    cookie: "session=abc",
    address: "10.0.0.7",
    headers: {},
  });
  return {
    fan,
    tally,
    url,
    async [Symbol.asyncDispose]() {
      http.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const refuse = (httpStatus: number, app: object | null): Handler => {
  const data = { code: "X", httpStatus, path: "order.get", app };
  const body = JSON.stringify({ error: { message: "no", code: -32_000, data } });
  return (_req, res) => void res.writeHead(httpStatus, { "content-type": "application/json" }).end(body);
};

test("says whose it is and where it comes from, as a browser on the storefront does", async () => {
  const seen: Record<string, unknown>[] = [];
  await using run = await fanOf(({ method, url, headers }, res) => {
    const { origin, cookie } = headers;
    seen.push({ method, url, origin, cookie, from: headers["x-forwarded-for"] });
    res.writeHead(200).end(JSON.stringify({ result: { data: { seats: 2 } } }));
  });
  const own = { eventId: "e", holdId: "h" };
  expect(await run.fan.release(own)).toEqual({ ok: true, value: { seats: 2 } });
  expect(seen).toEqual([
    {
      method: "POST",
      url: "/api/trpc/hold.release",
      origin: "https://shop.example",
      cookie: "session=abc",
      from: "10.0.0.7",
    },
  ]);
});

test("a pass goes with every request once it is carried; its refusal is a fault only while it should be valid", async () => {
  const seen: unknown[] = [];
  await using run = await fanOf((req, res) => {
    seen.push(req.headers["x-onsale-pass"]);
    refuse(403, { code: "line.pass_required", details: { why: "expired" } })(req, res);
  });
  expect(await run.fan.order("o")).toMatchObject({ code: "line.pass_over" });
  run.fan.carry({ pass: "pass.a.b", expiresAtMs: 60_000, nowMs: 0 });
  expect(await run.fan.order("o")).toMatchObject({ code: "line.pass_required" });
  run.fan.carry({ pass: "pass.a.c", expiresAtMs: 100, nowMs: 0 });
  expect(await run.fan.order("o")).toMatchObject({ code: "line.pass_over" });
  expect(seen).toEqual([undefined, "pass.a.b", "pass.a.c"]);
});

test("a lost race is an answer with its code, not worth repeating", async () => {
  await using run = await fanOf(refuse(409, { code: "hold.seats_taken", details: {} }));
  const answer = await run.fan.order("o");
  expect(answer).toEqual({ ok: false, code: "hold.seats_taken", transient: false, retryAfterMs: 0 });
  expect(run.tally.errors()).toEqual({ "hold.seats_taken": 1 });
});

test("a busy server is worth repeating, after the time it names", async () => {
  await using run = await fanOf(refuse(503, { code: "checkout.busy", details: { retryAfterMs: 3_000 } }));
  expect(await run.fan.order("o")).toMatchObject({
    code: "checkout.busy",
    transient: true,
    retryAfterMs: 3_000,
  });
});

test("a limit of tickets is final although its status is that of a rate limit", async () => {
  await using run = await fanOf(refuse(429, { code: "hold.limit", details: {} }));
  expect(await run.fan.order("o")).toMatchObject({ code: "hold.limit", transient: false });
});

test("a fault without a code of ours goes by its status", async () => {
  await using run = await fanOf(refuse(500, null));
  expect(await run.fan.order("o")).toMatchObject({ code: "http.500", transient: false });
});

test("a page of a proxy goes by its status, for calls and for the snapshot", async () => {
  await using run = await fanOf((_req, res) => void res.writeHead(502).end("<html>"));
  expect(await run.fan.order("o")).toMatchObject({ code: "http.502" });
  expect(await run.fan.stock("e")).toMatchObject({ code: "http.502" });
});

test("a dropped connection is asked about again, because nobody knows what the server did", async () => {
  await using run = await fanOf((req) => req.socket.destroy());
  expect(await run.fan.order("o")).toMatchObject({ code: "network.ECONNRESET", transient: true });
});

test("connections are kept and never more than allowed", async () => {
  const sockets = new Set<unknown>();
  await using run = await fanOf((req, res) => {
    sockets.add(req.socket);
    res.writeHead(200).end(JSON.stringify({ result: { data: {} } }));
  }, 3);
  for (let round = 0; round < 5; round += 1)
    await Promise.all(Array.from({ length: 20 }, () => run.fan.order("o")));
  expect(sockets.size).toBeLessThanOrEqual(3);
  expect(run.tally.latencies.total()).toBe(100);
});
