/**
 * A whole purchase over HTTP: hold.create and checkout.start until it answers "paid", each by a fan new to the process, on
 * one event without a line, in turn with the reference shop (reference-shop/). The shop's server and worker are processes
 * of their own, as is whoever asks; what each of them and Postgres and Redis spend is told per purchase.
 *
 *   node bench/run.ts purchase [--connections=1,64,256] [--count=2000] [--rate=300 --seconds=20] [--rounds=3]
 *     [--provider-ms=0] [--seats=60000] [--shops=onsale,reference] [--tiny] [--json]
 */
import { parseArgs } from "node:util";
import postgres from "postgres";
import type { Load } from "./purchase/crowd.ts";
import { openOnsale } from "./purchase/onsale.ts";
import { openReference } from "./purchase/reference.ts";
import { inDatabase, playRound, serverUrl } from "./purchase/rounds.ts";
import type { OpenShop } from "./purchase/shop.ts";
import { type Round, tell } from "./purchase/tell.ts";

const { values: options } = parseArgs({
  options: {
    connections: { type: "string", default: "1,64,256" },
    count: { type: "string", default: "2000" },
    rate: { type: "string" },
    "provider-ms": { type: "string", default: "0" },
    seconds: { type: "string", default: "20" },
    rounds: { type: "string", default: "3" },
    seats: { type: "string", default: "60000" },
    shops: { type: "string", default: "onsale,reference" },
    /** So few that it only says whether everything still runs. */
    tiny: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
if (options.tiny)
  Object.assign(options, {
    connections: "1,8",
    count: "24",
    rate: "24",
    seconds: "1",
    rounds: "1",
    seats: "2000",
  });

/** Nothing is measured before the code of both processes is warm. */
const WARM: Load = { kind: "closed", connections: 32, count: options.tiny ? 32 : 600 };
/** One fan after the other takes as long as it takes. */
const COUNT_ALONE_MAX = 300;

function whole(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} takes whole numbers from 1`);
  return number;
}

function loadsOf(): Load[] {
  const count = whole("count", options.count);
  const closed = options.connections.split(",").map((text): Load => {
    const connections = whole("connections", text);
    return {
      kind: "closed",
      connections,
      count: connections === 1 ? Math.min(count, COUNT_ALONE_MAX) : count,
    };
  });
  if (options.rate === undefined) return closed;
  const perSecond = whole("rate", options.rate);
  return [...closed, { kind: "open", perSecond, count: perSecond * whole("seconds", options.seconds) }];
}

const loads = loadsOf();
const seats = whole("seats", options.seats);
const providerMs = Number(options["provider-ms"]);

const OPEN: Readonly<Record<string, OpenShop>> = { onsale: openOnsale, reference: openReference };
const shops = options.shops.split(",").map((name) => {
  const open = OPEN[name];
  if (!open) throw new Error(`there is no shop "${name}"; there are ${Object.keys(OPEN).join(", ")}`);
  return open;
});

async function settings(): Promise<Record<string, string>> {
  const sql = postgres(serverUrl, { max: 1 });
  const [row] = await sql<Record<string, string>[]>`
    SELECT current_setting('synchronous_commit') AS "synchronous_commit", current_setting('fsync') AS fsync`;
  await sql.end();
  return {
    ...row,
    LIMITS_SCALE: process.env["LIMITS_SCALE"] ?? "1",
    seats: String(seats),
    provider: `a process of its own, ${providerMs} ms a call`,
  };
}

const told = await settings();
if (told["synchronous_commit"] !== "on" || told["fsync"] !== "on")
  throw new Error("a purchase that is not on the disk is none: synchronous_commit and fsync must be on");
const rounds: Round[] = [];
for (let n = 0; n < whole("rounds", options.rounds); n++)
  for (const open of shops)
    rounds.push(await inDatabase((url) => playRound(url, { open, seats, warm: WARM, loads, providerMs })));
if (!tell({ settings: told, rounds }, options)) process.exitCode = 1;
