import { buffer } from "node:stream/consumers";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { noteFault } from "./page-faults.ts";
import { makeRenderPage } from "./render-page.ts";

const ask = { method: "GET", url: "/events/x?a=1", headers: { host: "shop.example", cookie: "a=b" } };

test("a page that is written piece by piece is one body, with what its handler says about it", async () => {
  const render = makeRenderPage(async (req, res) => {
    res.setHeader("set-cookie", ["a=1", "b=2"]);
    res.writeHead(307, { location: "/sign-in", "content-type": "text/html", "transfer-encoding": "chunked" });
    res.write(`${req.method} ${req.url} `);
    await nextTurn();
    res.end(String(req.headers.cookie));
  });
  const page = await render(ask);
  expect(page).toMatchObject({
    status: 307,
    headers: { location: "/sign-in", "set-cookie": ["a=1", "b=2"], "content-type": "text/html" },
  });
  expect(page.body.toString()).toBe("GET /events/x?a=1 a=b");
  for (const name of ["transfer-encoding", "date", "connection"])
    expect(page.headers).not.toHaveProperty(name);
});

test("a form reaches its page whole", async () => {
  const render = makeRenderPage(async (req, res) => {
    res.end(await buffer(req));
  });
  const body = Buffer.from("a".repeat(60_000));
  const headers = { "content-type": "text/plain", "content-length": String(body.length) };
  expect((await render({ method: "POST", url: "/", headers, body })).body).toEqual(body);
});

test("a handler that breaks, before or amid its answer, ends the render with its fault", async () => {
  await expect(makeRenderPage(() => Promise.reject(new Error("before")))(ask)).rejects.toThrow("before");
  const amid = makeRenderPage(async (_req, res) => {
    res.write("half a page");
    await nextTurn();
    throw new Error("amid");
  });
  await expect(amid(ask)).rejects.toThrow("amid");
});

test("a store that was away while this page was read makes a fault 503, and no other page's", async () => {
  const render = makeRenderPage(async (req, res) => {
    await nextTurn();
    if (req.url === "/outage") noteFault({ code: "SERVICE_UNAVAILABLE" });
    if (req.url === "/not-found") noteFault({ code: "NOT_FOUND" });
    await nextTurn();
    res.writeHead(req.url === "/fine" ? 200 : 500).end("x");
  });
  const pages = await Promise.all(["/outage", "/not-found", "/fine"].map((url) => render({ ...ask, url })));
  expect(pages.map(({ status }) => status)).toEqual([503, 500, 200]);
});
