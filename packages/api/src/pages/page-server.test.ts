import { createHash } from "node:crypto";
import http, { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { loadConfig } from "../config.ts";
import { makeLogger } from "../log.ts";
import { makeMetrics } from "../metrics.ts";
import { makePageServer } from "./page-server.ts";
import type { PageRequest, RenderedPage, RenderPage } from "./render-page.ts";

const config = loadConfig({
  DATABASE_URL: "postgres://localhost/none",
  REDIS_URL: "redis://localhost",
  AUTH_SECRET: "x".repeat(32),
  TICKET_SIGNING_KEY: "x".repeat(43),
  TRUSTED_PROXY_HOPS: "1",
  LOG_LEVEL: "silent",
});
const log = makeLogger("silent", "test");
const SESSION = "onsale-session=whoever";
const agent = new http.Agent({ keepAlive: false });
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** As Next does it: the nonce of the policy in the request stands at every script. */
function pageFor({ url, headers }: PageRequest): RenderedPage {
  const nonce = /'nonce-([^']+)'/.exec(String(headers["content-security-policy"]))?.[1] ?? "";
  const who = headers.cookie ?? "nobody";
  return {
    status: 200,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    body: Buffer.from(`<h1>${url}</h1><p>For ${who}.</p><script nonce="${nonce}">start("${nonce}")</script>`),
  };
}

type Got = { status: number; headers: http.IncomingHttpHeaders; body: Buffer; text: string };

/** A page server on a port of its own, with renders that the test sees, and a clock that it sets. */
async function serve({
  render = async (request) => pageFor(request),
  max,
}: { render?: RenderPage; max?: { running: number; waiting: number } } = {}) {
  const clock = { ms: 1_000_000, nowMs: () => clock.ms };
  const metrics = makeMetrics({ process: false });
  const rendered: PageRequest[] = [];
  const servePage = makePageServer({
    config,
    log,
    clock,
    metrics,
    render: (request) => {
      rendered.push(request);
      return render(request);
    },
    ...(max ? { max } : {}),
  });
  let arrived = 0;
  const server = createServer((req, res) => {
    servePage(req, res);
    arrived += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address has a port
  opened.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const get = (
    path: string,
    from = "192.0.2.1",
    { method = "GET", ...headers }: Record<string, string> = {},
  ) =>
    new Promise<Got>((resolve, reject) => {
      const request = http.request(
        { port, path, method, agent, headers: { "x-forwarded-for": from, ...headers } },
        (answer) => {
          const chunks: Buffer[] = [];
          answer
            .on("data", (chunk: Buffer) => chunks.push(chunk))
            .on("end", () => {
              const body = Buffer.concat(chunks);
              resolve({
                status: answer.statusCode ?? 0,
                headers: answer.headers,
                body,
                text: body.toString(),
              });
            });
        },
      );
      request.on("error", reject).end();
    });
  return { clock, metrics, rendered, get, arrived: () => arrived };
}

/** Renders that wait until the test lets them end, one after the other. */
function heldRenders() {
  const waiting: (() => void)[] = [];
  const render: RenderPage = (request) =>
    new Promise((resolve) => waiting.push(() => resolve(pageFor(request))));
  return { render, waiting };
}
const until = (done: () => boolean) => expect.poll(done, { timeout: 20_000, interval: 1 }).toBe(true);

test("an address that asks for 200 pages at once makes another address wait for two turns at most", async () => {
  const { render, waiting } = heldRenders();
  const { get, rendered, arrived } = await serve({ render, max: { running: 1, waiting: 1_000 } });
  const flood = Array.from({ length: 200 }, (_, n) => get(`/?q=flood${n}`, "198.51.100.7"));
  await until(() => arrived() === 200);
  const fan = get("/?q=fan", "192.0.2.9");
  await until(() => arrived() === 201);
  for (let turns = 0; turns < 2; turns++) {
    const before = rendered.length;
    waiting.shift()?.();
    await until(() => rendered.length > before);
  }
  expect(rendered.map(({ url }) => url)).toContain("/?q=fan");
  const end = setInterval(() => waiting.splice(0).forEach((done) => done()), 1);
  expect((await fan).status).toBe(200);
  expect((await Promise.all(flood)).every(({ status }) => status === 200)).toBe(true);
  clearInterval(end);
});

test("2,000 signed-in fans behind one address get in, all of them at once", async () => {
  const { get, rendered } = await serve();
  const answers = await Promise.all(
    Array.from({ length: 2_000 }, (_, n) => get("/", "198.51.100.7", { cookie: `${SESSION}${n}` })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(rendered).toHaveLength(2_000);
});

test("where there is no room, a small page says so with 503 and when to come back, and asks again by itself", async () => {
  const { render, waiting } = heldRenders();
  const { get, arrived, metrics } = await serve({ render, max: { running: 1, waiting: 2 } });
  const others = [1, 2, 3].map((n) => get(`/?q=${n}`, "198.51.100.7"));
  await until(() => arrived() === 3);
  const refused = await get("/?q=4", "198.51.100.7");
  expect(refused).toMatchObject({
    status: 503,
    headers: { "retry-after": "5", "cache-control": "no-store" },
  });
  expect(refused.text).toContain("This page tries again by itself in 5 seconds.");
  expect(refused.text).toContain('<meta http-equiv="refresh" content="5">');
  expect(refused.body.length).toBeLessThan(2_048);
  expect(refused.headers["content-security-policy"]).toMatch(/^default-src 'none'/);
  const end = setInterval(() => waiting.splice(0).forEach((done) => done()), 1);
  expect((await Promise.all(others)).every(({ status }) => status === 200)).toBe(true);
  clearInterval(end);
  const counted = await metrics.text();
  expect(counted).toContain('onsale_pages_total{outcome="busy"} 1');
  expect(counted).toContain('onsale_pages_total{outcome="own"} 3');
});

test("a crowd that comes at once for a page that everybody sees costs one render", async () => {
  const { render, waiting } = heldRenders();
  const { get, rendered, arrived } = await serve({ render });
  const crowd = Array.from({ length: 300 }, (_, n) => get("/events/x", `192.0.2.${n % 250}`));
  await until(() => arrived() === 300 && waiting.length === 1);
  waiting.shift()?.();
  const answers = await Promise.all(crowd);
  expect(answers.every(({ status, text }) => status === 200 && text.includes("<h1>/events/x</h1>"))).toBe(
    true,
  );
  expect(rendered).toHaveLength(1);
});

test("a kept page is rendered without anything of who asked first, and a signed-in fan never gets or makes one", async () => {
  const { get, rendered } = await serve();
  const first = await get("/events/x?utm_source=mail", "192.0.2.1", {
    cookie: "theme=dark; authjs.csrf-token=secret",
    "user-agent": "First/1.0",
    "x-onsale-peer": "10.0.0.1",
    "accept-language": "de-CH,de;q=0.5",
  });
  expect(first.text).toContain("For nobody.");
  expect(rendered[0]).toMatchObject({ method: "GET", url: "/events/x" });
  expect(Object.keys(rendered[0]?.headers ?? {}).toSorted()).toEqual([
    "accept",
    "accept-language",
    "content-security-policy",
    "host",
  ]);
  const own = await get("/events/x", "192.0.2.2", { cookie: SESSION, "accept-language": "de-CH" });
  expect(own.text).toContain(`For ${SESSION}.`);
  expect(own.headers["cache-control"]).toContain("no-store");
  const next = await get("/events/x", "192.0.2.3", { "accept-language": "de-CH" });
  expect(next.text).toContain("For nobody.");
  expect(next.headers).toMatchObject({
    "cache-control": "private, no-cache",
    vary: expect.stringContaining("cookie"),
  });
  expect(rendered).toHaveLength(2);
});

test("the address behind an own page is the peer's, whatever the client wrote", async () => {
  const { get, rendered } = await serve();
  await get("/tickets", "203.0.113.9, 192.0.2.44", {
    "x-onsale-peer": "10.0.0.1",
    "x-middleware-subrequest": "x",
  });
  expect(rendered[0]?.headers["x-onsale-peer"]).toBe("192.0.2.44");
  expect(rendered[0]?.headers).not.toHaveProperty("x-middleware-subrequest");
});

test("every own page has its own nonce; a kept page has none, and its policy names its scripts by their hashes", async () => {
  const { get } = await serve();
  const nonceOf = ({ headers, text }: Got) => {
    const nonce = /'nonce-([^']+)'/.exec(String(headers["content-security-policy"]))?.[1] ?? "";
    expect(text).toContain(`nonce="${nonce}"`);
    return nonce;
  };
  const own = [
    await get("/tickets"),
    await get("/tickets"),
    await get("/", "192.0.2.1", { cookie: SESSION }),
  ];
  expect(new Set(own.map(nonceOf)).size).toBe(3);
  for (const kept of [await get("/"), await get("/")]) {
    const policy = String(kept.headers["content-security-policy"]);
    expect(policy).not.toMatch(/nonce|strict-dynamic/);
    expect(kept.text).not.toContain("nonce");
    const script = /<script>(.*)<\/script>/.exec(kept.text)?.[1] ?? "";
    expect(policy).toContain(`'sha256-${createHash("sha256").update(script).digest("base64")}'`);
  }
});

test("a change is seen within a second, and a page younger than half a second is not rendered again", async () => {
  let state = "on sale";
  const { get, clock, rendered } = await serve({
    render: async (request) => ({ ...pageFor(request), body: Buffer.from(state) }),
  });
  expect((await get("/events/x")).text).toBe("on sale");
  state = "paused";
  clock.ms += 499;
  expect((await get("/events/x")).text).toBe("on sale");
  expect(rendered).toHaveLength(1);
  clock.ms += 501;
  expect((await get("/events/x")).text).toBe("paused");
});

test("a page that is due is shown while it is rendered again, once", async () => {
  let state = "on sale";
  const { get, clock, rendered } = await serve({
    render: async (request) => ({ ...pageFor(request), body: Buffer.from(state) }),
  });
  await get("/events/x");
  state = "paused";
  clock.ms += 600;
  const answers = await Promise.all(Array.from({ length: 50 }, () => get("/events/x")));
  expect(answers.some(({ text }) => text === "on sale")).toBe(true);
  await until(() => rendered.length === 2);
  expect((await get("/events/x")).text).toBe("paused");
  expect(rendered).toHaveLength(2);
});

test("what is not there, or went wrong, is not kept", async () => {
  const status = { now: 404 };
  const { get, rendered } = await serve({
    render: async (request) => ({ ...pageFor(request), status: status.now }),
  });
  expect((await get("/events/x")).status).toBe(404);
  status.now = 500;
  expect((await get("/events/x")).status).toBe(500);
  status.now = 200;
  expect((await get("/events/x")).status).toBe(200);
  expect(rendered).toHaveLength(3);
});

test("a page that failed says so whole, and an outage is 503 with the way on", async () => {
  const status = { now: 500 };
  const { get } = await serve({
    render: async (request) => ({
      ...pageFor(request),
      status: status.now,
      body: Buffer.from("<html></html>"),
    }),
  });
  for (const headers of [{}, { cookie: SESSION }]) {
    status.now = 500;
    const fault = await get("/events/x", "192.0.2.1", headers);
    expect(fault).toMatchObject({ status: 500, headers: { "cache-control": "no-store" } });
    expect(fault.text).toContain("This page could not be shown.");
    status.now = 503;
    const outage = await get("/events/x", "192.0.2.1", headers);
    expect(outage).toMatchObject({ status: 503, headers: { "retry-after": "5" } });
    expect(outage.text).toContain("Onsale does not answer right now.");
  }
  // Code that asked for a part of a page gets what Next answered.
  expect((await get("/events/x", "192.0.2.1", { rsc: "1" })).text).toBe("<html></html>");
});

test("a render that breaks is a page of 500, and its turn goes on", async () => {
  let isBroken = true;
  const { get } = await serve({
    render: async (request) => {
      if (isBroken) throw new Error("broken");
      return pageFor(request);
    },
    max: { running: 1, waiting: 10 },
  });
  expect((await get("/tickets")).status).toBe(500);
  expect((await get("/")).status).toBe(500);
  isBroken = false;
  expect((await get("/tickets")).status).toBe(200);
  expect((await get("/")).status).toBe(200);
});

test("a kept page is sent packed as asked, without a body to HEAD, and not again to who has it", async () => {
  const { get, rendered } = await serve();
  const br = await get("/", "192.0.2.1", { "accept-encoding": "gzip, br" });
  expect(br.headers["content-encoding"]).toBe("br");
  expect(brotliDecompressSync(br.body).toString()).toContain("<h1>/</h1>");
  const head = await get("/", "192.0.2.1", { method: "HEAD", "accept-encoding": "br" });
  expect(head).toMatchObject({ status: 200, text: "" });
  expect(head.headers["content-length"]).toBe(String(br.body.length));
  const again = await get("/", "192.0.2.1", { "if-none-match": String(br.headers.etag) });
  expect(again).toMatchObject({ status: 304, text: "" });
  expect(again.headers["content-security-policy"]).toBe(br.headers["content-security-policy"]);
  expect(rendered).toHaveLength(1);
});

test("how long a file of ours may be kept is passed on, and that of a page is not", async () => {
  const { get } = await serve({
    render: async (request) => ({
      ...pageFor(request),
      headers: {
        "content-type": "image/svg+xml",
        "cache-control": request.url === "/icon.svg" ? "public, immutable, max-age=31536000" : "s-maxage=60",
      },
    }),
  });
  expect((await get("/icon.svg?1")).headers["cache-control"]).toBe("public, immutable, max-age=31536000");
  expect((await get("/")).headers["cache-control"]).toBe("private, no-cache");
  const head = await get("/tickets", "192.0.2.1", { method: "HEAD" });
  expect(head.status).toBe(200);
  expect(head.headers).not.toHaveProperty("content-length");
});
