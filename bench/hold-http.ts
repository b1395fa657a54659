/**
 * What a hold costs over HTTP: hold.create for two seats against a procedure that does nothing but know who asks
 * (account.me), from the same sessions, over the same connections, on the same server, in the same run.
 *
 *   node bench/run.ts hold-http [--tiny] [--json]        brings Postgres, Redis and the server
 */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import http from "node:http";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { loadConfig } from "@onsale/api/config";
import { composeContainer } from "@onsale/api/compose/container";
import { openBenchEvent, pairsOf } from "./bench-event.ts";
import { makeFans } from "./fans.ts";

const CLI = path.join(import.meta.dirname, "..", "apps", "cli", "src", "main.ts");

const { values: options } = parseArgs({
  options: { tiny: { type: "boolean", default: false }, json: { type: "boolean", default: false } },
});
const FANS = options.tiny ? 50 : 1_500;
const HOLDS_PER_FAN = 3;
const CONNECTIONS = 64;
const ROUNDS = options.tiny ? 1 : 3;
const config = loadConfig(process.env);
const container = composeContainer(config, { name: "bench" });
await container.migrate();

const fans = await makeFans(container, FANS);
const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });

function send(method: string, url: string, ask: { fan: number; body?: string }): Promise<number> {
  const headers = {
    ...fans[ask.fan],
    origin: config.publicUrl,
    ...(ask.body === undefined
      ? {}
      : { "content-type": "application/json", "content-length": String(Buffer.byteLength(ask.body)) }),
  };
  return new Promise((resolve, reject) => {
    const request = http.request(`${config.publicUrl}${url}`, { method, agent, headers }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    request.on("error", reject);
    request.end(ask.body);
  });
}

/** Answers per second with CONNECTIONS askers in a closed loop; any answer but 200 ends the run. */
async function perSecond(count: number, ask: (index: number) => Promise<number>): Promise<number> {
  let next = 0;
  const startedAtMs = performance.now();
  const asker = async () => {
    while (next < count) {
      const index = next++;
      const status = await ask(index);
      if (status !== 200) throw new Error(`call ${index} was answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, asker));
  return (count / (performance.now() - startedAtMs)) * 1_000;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const server = spawn(process.execPath, [CLI, "serve-api"], {
  env: { ...process.env, TRUSTED_PROXY_HOPS: "1" },
  stdio: "ignore",
});
try {
  for (let i = 0; i < 200; i++) {
    if (
      await send("GET", "/healthz", { fan: 0 }).then(
        (status) => status === 200,
        () => false,
      )
    )
      break;
    await wait(50);
  }
  const me = (index: number) => send("GET", "/api/trpc/account.me", { fan: index % FANS });
  // Sessions are decrypted once per process; the comparison is of what comes after.
  await perSecond(FANS, me);
  const rates = { empty: [] as number[], hold: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    const { eventId } = await openBenchEvent(container);
    const pairs = await pairsOf(container, eventId);
    const hold = (index: number) => {
      const seats = (pairs[index] ?? []).map((seatNo) => ({ seatNo, ticketType: "adult" }));
      const body = JSON.stringify({ eventId, operationId: randomUUID(), items: { seats, areas: [] } });
      return send("POST", "/api/trpc/hold.create", { fan: index % FANS, body });
    };
    rates.empty.push(await perSecond(FANS * HOLDS_PER_FAN, me));
    rates.hold.push(await perSecond(FANS * HOLDS_PER_FAN, hold));
  }
  const empty = Math.round(median(rates.empty));
  const hold = Math.round(median(rates.hold));
  const ratio = Number((hold / empty).toFixed(2));
  if (options.json) console.log(JSON.stringify({ emptyPerSecond: empty, holdPerSecond: hold, ratio }));
  else console.log(`empty procedure  ${empty}/s\nhold, two seats  ${hold}/s\nratio            ${ratio}`);
} finally {
  server.kill("SIGTERM");
  agent.destroy();
  await container.close();
}
