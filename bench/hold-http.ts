/**
 * What a hold costs over HTTP: hold.create for two seats, each by another fan whose session is new to the process as on a
 * release day, against a procedure that does nothing but know who asks (account.me), from new sessions as well and from
 * those same sessions once more; over as many connections, on the same server, in the same run. CPU is that of the API process.
 *
 *   node bench/run.ts hold-http [--tiny] [--json]        brings Postgres, Redis and the server
 */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { loadConfig } from "@onsale/api/config";
import { composeContainer } from "@onsale/api/compose/container";
import { must } from "@onsale/core/shared/assert";
import type { EventId } from "@onsale/core/shared/ids";
import { Client } from "undici";
import { openBenchEvent, pairsOf } from "./bench-event.ts";
import { type FanHeaders, makeFans } from "./fans.ts";
import { cpuMsOf } from "./purchase/cpu.ts";

const CONNECTIONS = 64;
const CLI = path.join(import.meta.dirname, "..", "apps", "cli", "src", "main.ts");

const { values: options } = parseArgs({
  options: { tiny: { type: "boolean", default: false }, json: { type: "boolean", default: false } },
});
const CALLS = options.tiny ? 150 : 4_000;
const ROUNDS = options.tiny ? 1 : 3;
const config = loadConfig(process.env);
const container = composeContainer(config, { name: "bench" });
await container.migrate();

// For each round those who hold and those who only ask, and some before it: a process that has just begun is slower.
const everybody = await makeFans(container, CALLS * (2 * ROUNDS + 1));
const newFans = () => everybody.splice(0, CALLS);

type Call = { readonly method: "GET" | "POST"; readonly path: string; readonly body?: string };
type AskFor = (index: number) => Call & { readonly headers: Readonly<Record<string, string>> };

function me(fans: readonly FanHeaders[]): AskFor {
  return (index) => ({
    method: "GET",
    path: "/api/trpc/account.me",
    headers: must(fans[index], "there is a fan for each call"),
  });
}

function holdIn(eventId: EventId, pairs: readonly [number, number][], fans: readonly FanHeaders[]): AskFor {
  return (index) => {
    const pair = must(pairs[index], "the stadium has a pair for each call");
    const seats = pair.map((seatNo) => ({ seatNo, ticketType: "adult" }));
    const fan = must(fans[index], "there is a fan for each call");
    return {
      method: "POST",
      path: "/api/trpc/hold.create",
      headers: { ...fan, origin: config.publicUrl, "content-type": "application/json" },
      body: JSON.stringify({ eventId, operationId: randomUUID(), items: { seats, areas: [] } }),
    };
  };
}

/** CALLS answers with CONNECTIONS askers in a closed loop; any answer but 200 ends the run. */
async function askAll(askFor: AskFor): Promise<void> {
  let next = 0;
  const asker = async () => {
    const client = new Client(config.publicUrl);
    while (next < CALLS) {
      const index = next++;
      const answer = await client.request(askFor(index));
      const text = await answer.body.text();
      if (answer.statusCode !== 200)
        throw new Error(`call ${index} was answered ${answer.statusCode}: ${text.slice(0, 500)}`);
    }
    await client.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, asker));
}

const server = spawn(process.execPath, [CLI, "serve-api"], {
  env: { ...process.env, TRUSTED_PROXY_HOPS: "1" },
  stdio: "ignore",
});

async function untilItAnswers(): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const answer = await fetch(`${config.publicUrl}/healthz`).catch(() => null);
    if (answer?.ok) return;
    await wait(50);
  }
  throw new Error("the server does not answer");
}

type Figure = { readonly perSecond: number; readonly cpuMs: number };
async function measure(askFor: AskFor): Promise<Figure> {
  const pid = must(server.pid, "the server runs");
  const [cpuBeforeMs, startedAtMs] = [cpuMsOf(pid), performance.now()];
  await askAll(askFor);
  const seconds = (performance.now() - startedAtMs) / 1_000;
  return { perSecond: CALLS / seconds, cpuMs: (cpuMsOf(pid) - cpuBeforeMs) / CALLS };
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const middle = (figures: Figure[]): Figure => ({
  perSecond: Math.round(median(figures.map(({ perSecond }) => perSecond))),
  cpuMs: Number(median(figures.map(({ cpuMs }) => cpuMs)).toFixed(3)),
});

try {
  await untilItAnswers();
  await measure(me(newFans()));
  const rounds = { hold: [] as Figure[], emptyNew: [] as Figure[], empty: [] as Figure[] };
  for (let round = 0; round < ROUNDS; round++) {
    const { eventId } = await openBenchEvent(container);
    rounds.hold.push(await measure(holdIn(eventId, await pairsOf(container, eventId), newFans())));
    const fans = newFans();
    rounds.emptyNew.push(await measure(me(fans)));
    rounds.empty.push(await measure(me(fans)));
  }
  const [hold, emptyNew, empty] = [middle(rounds.hold), middle(rounds.emptyNew), middle(rounds.empty)];
  const ratio = Number((hold.perSecond / empty.perSecond).toFixed(2));
  const { limitsScale } = config;
  if (options.json) console.log(JSON.stringify({ limitsScale, empty, emptyNew, hold, ratio }));
  else {
    const row = ({ perSecond, cpuMs }: Figure) =>
      `${String(perSecond).padStart(6)}/s  ${cpuMs.toFixed(3)} ms of CPU`;
    console.log(`LIMITS_SCALE                    ${limitsScale}`);
    console.log(`empty procedure, known session  ${row(empty)}`);
    console.log(`empty procedure, new session    ${row(emptyNew)}`);
    console.log(`hold, two seats, new session    ${row(hold)}\nratio                           ${ratio}`);
  }
} finally {
  server.kill("SIGTERM");
  await container.close();
}
