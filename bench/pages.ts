/**
 * Anonymous page views of a warm event page from many addresses: how many a second, whether each is the whole page, and
 * what others wait for meanwhile when one address asks for 200 pages at once, when 150 of its sockets pipeline 20 each, and
 * when many signed-in fans behind it ask at once, each for a page of their own.
 *
 *   node bench/run.ts pages [--signed-in=N] [--tiny] [--json]        brings Postgres, Redis and the storefront, which must be built
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import http from "node:http";
import { connect } from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { loadConfig } from "@onsale/api/config";
import { composeContainer } from "@onsale/api/compose/container";
import { openBenchEvent } from "./bench-event.ts";

const CONNECTIONS = 48;
/** Fans beside a flood come as people do, one after the other. */
const FANS_PER_SECOND = 50;
const FLOOD_AT_ONCE = 200;
const PIPELINED = 20;
const WEB = path.join(import.meta.dirname, "..", "apps", "web");
const FLOODER = "203.0.113.66";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    tiny: { type: "boolean", default: false },
    /** What others wait for does not depend on their number; a campus of 2,000 takes half a minute on two cores. */
    "signed-in": { type: "string", default: "200" },
  },
});
const VIEWS = options.tiny ? 200 : 10_000;
const ROUNDS = options.tiny ? 1 : 3;
const SOCKETS = options.tiny ? 10 : 150;
const WHOLE_LOOKED_AT = options.tiny ? 20 : 500;
const ALONE_MS = options.tiny ? 200 : 2_000;
const signedIn = options.tiny ? 10 : Number(options["signed-in"]);
if (!Number.isInteger(signedIn) || signedIn < 1) throw new Error("--signed-in takes a whole number from 1");
const config = loadConfig(process.env);
if (!existsSync(path.join(WEB, ".next", "BUILD_ID")))
  throw new Error("the storefront is not built: pnpm --filter @onsale/web build");
const container = composeContainer(config, { name: "bench" });
await container.migrate();
const { title, slug } = await openBenchEvent(container);
const fanAccounts = await container.accounts.createMany(
  Array.from({ length: signedIn }, (_, n) => `fan-${n}.${slug}@bench.invalid`),
);
const cookies = await container.sessions.issueMany(fanAccounts);
await container.close();

const { hostname, port } = new URL(config.publicUrl);
const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const addressOf = (n: number) => `198.18.${(n >> 8) & 255}.${n & 255}`;

type View = { readonly status: number; readonly isWhole: boolean; readonly ms: number };

type Ask = {
  readonly from: string;
  readonly agent?: http.Agent;
  readonly packed?: boolean;
  readonly cookie?: string;
};

function view(url: string, ask: Ask): Promise<View> {
  const startedAtMs = performance.now();
  const headers = {
    "x-forwarded-for": ask.from,
    ...(ask.packed ? { "accept-encoding": "br" } : {}),
    ...(ask.cookie === undefined ? {} : { cookie: ask.cookie }),
  };
  return new Promise((resolve, reject) => {
    const request = http.get(
      { hostname, port, path: url, agent: ask.agent ?? agent, headers },
      (response) => {
        const chunks: Buffer[] = [];
        response
          .on("data", (chunk: Buffer) => chunks.push(chunk))
          .on("end", () => {
            const text = Buffer.concat(chunks).toString();
            const isWhole =
              ask.packed === true || (text.includes(title) && text.trimEnd().endsWith("</html>"));
            resolve({ status: response.statusCode ?? 0, isWhole, ms: performance.now() - startedAtMs });
          });
      },
    );
    request.on("error", reject);
  });
}

const percentile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
const rounded = (ms: number) => Math.round(ms * 10) / 10;

/** Views per second with CONNECTIONS viewers in a closed loop, each from an address of its own; browsers ask for brotli. */
async function viewsPerSecond(): Promise<{ perSecond: number; p99Ms: number; refused: number }> {
  let next = 0;
  const views: View[] = [];
  const startedAtMs = performance.now();
  const viewer = async () => {
    while (next < VIEWS) views.push(await view(`/events/${slug}`, { from: addressOf(next++), packed: true }));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, viewer));
  const seconds = (performance.now() - startedAtMs) / 1_000;
  return {
    perSecond: Math.round(VIEWS / seconds),
    p99Ms: rounded(
      percentile(
        views.map(({ ms }) => ms),
        0.99,
      ),
    ),
    refused: views.filter(({ status }) => status !== 200).length,
  };
}

/** What fans at other addresses wait for while a flood runs, in milliseconds. */
async function besides<T>(flood: () => Promise<T>) {
  const fans: Promise<View>[] = [];
  let isOver = false;
  const flooding = flood().finally(() => (isOver = true));
  const others = new http.Agent({ keepAlive: true });
  for (let n = 0; !isOver || n < FANS_PER_SECOND; n++) {
    fans.push(view(n % 2 === 0 ? `/events/${slug}` : `/?q=${n}`, { from: addressOf(n), agent: others }));
    await wait(1_000 / FANS_PER_SECOND);
  }
  const flooded = await flooding;
  const views = await Promise.all(fans);
  others.destroy();
  const ms = views.map((one) => one.ms);
  return {
    fans: views.length,
    p50Ms: rounded(percentile(ms, 0.5)),
    p99Ms: rounded(percentile(ms, 0.99)),
    refused: views.filter(({ status }) => status !== 200).length,
    flooded,
  };
}

/** Pages that are made for whoever asks, which costs most. */
async function atOnce(): Promise<void> {
  const wide = new http.Agent({ keepAlive: false });
  await Promise.all(
    Array.from({ length: FLOOD_AT_ONCE }, (_, n) => view(`/?q=at-once-${n}`, { from: FLOODER, agent: wide })),
  );
}

/** Pages that nobody else may have, all asked for at once behind one address. */
async function campus(): Promise<{ notServed: number; perSecond: number }> {
  const wide = new http.Agent({ keepAlive: false });
  const startedAtMs = performance.now();
  const views = await Promise.all(
    cookies.map((cookie) => view(`/events/${slug}`, { from: FLOODER, agent: wide, cookie })),
  );
  const seconds = (performance.now() - startedAtMs) / 1_000;
  return {
    notServed: views.filter(({ status, isWhole }) => status !== 200 || !isWhole).length,
    perSecond: rounded(views.length / seconds),
  };
}

function pipelined(socketNo: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const ask = (n: number) =>
      `GET /?q=piped-${socketNo}-${n} HTTP/1.1\r\nhost: ${hostname}\r\nx-forwarded-for: ${FLOODER}\r\n${n === PIPELINED - 1 ? "connection: close\r\n" : ""}\r\n`;
    socket.write(Array.from({ length: PIPELINED }, (_, n) => ask(n)).join(""));
    socket
      .on("error", () => undefined)
      .on("close", () => resolve())
      .resume();
  });
}

const server = spawn(process.execPath, ["server.ts"], {
  cwd: WEB,
  env: { ...process.env, TRUSTED_PROXY_HOPS: "1" },
  stdio: ["ignore", "ignore", "inherit"],
});
try {
  const isUp = async () =>
    view("/healthz", { from: addressOf(0), packed: true }).then(
      ({ status }) => status === 200,
      () => false,
    );
  for (let tries = 0; tries < 600 && !(await isUp()); tries++) await wait(100);
  const first = await view(`/events/${slug}`, { from: addressOf(0) });
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await viewsPerSecond());
  const best = rounds.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(ROUNDS / 2)];
  const whole = await Promise.all(
    Array.from({ length: WHOLE_LOOKED_AT }, (_, n) => view(`/events/${slug}`, { from: addressOf(n) })),
  );
  const notWhole = whole.filter(({ isWhole, status }) => !isWhole || status !== 200).length;
  const alone = await besides(() => wait(ALONE_MS));
  const fans = await besides(campus);
  const figures = {
    coldMs: rounded(first.ms),
    ...best,
    notWhole,
    signedIn: {
      fans: signedIn,
      ...fans.flooded,
      others: fans,
      othersSlower: rounded(fans.p50Ms / Math.max(0.1, alone.p50Ms)),
    },
    beside200AtOnce: await besides(atOnce),
    beside150SocketsOf20: await besides(() =>
      Promise.all(Array.from({ length: SOCKETS }, (_, n) => pipelined(n))),
    ),
  };
  if (options.json) console.log(JSON.stringify(figures));
  else {
    const { signedIn: inside } = figures;
    const words = (one: Omit<Awaited<ReturnType<typeof besides>>, "flooded">) =>
      `p50 ${one.p50Ms} ms, p99 ${one.p99Ms} ms, ${one.refused} of ${one.fans} refused`;
    console.log(
      [
        `warm event page       ${figures.perSecond}/s, p99 ${figures.p99Ms} ms, ${figures.refused} of ${VIEWS} refused`,
        `not the whole page    ${notWhole} of ${whole.length}`,
        `signed in, 1 address  ${inside.fans - inside.notServed} of ${inside.fans} served, ${inside.perSecond}/s`,
        `others meanwhile      ${words(inside.others)}; half of them ${inside.othersSlower} times as long as alone`,
        `others, 200 at once   ${words(figures.beside200AtOnce)}`,
        `others, 150 x 20      ${words(figures.beside150SocketsOf20)}`,
      ].join("\n"),
    );
  }
  const refused = (best?.refused ?? 0) + fans.flooded.notServed + fans.refused;
  if (notWhole > 0 || refused > 0) process.exitCode = 1;
} finally {
  server.kill("SIGTERM");
  agent.destroy();
}
