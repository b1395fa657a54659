/**
 * What a sale next door costs: fans buy at a steady pace for one event, first alone, then while a crowd buys as fast as it is
 * answered for another event of the same installation: one server, one worker, one Postgres, one Redis.
 *
 *   node bench/run.ts neighbour [--rate=20 --seconds=10] [--connections=64] [--rounds=3] [--tiny] [--json]
 */
import { parseArgs } from "node:util";
import { loadConfig } from "@onsale/api/config";
import { composeContainer } from "@onsale/api/compose/container";
import { anyFreePort } from "../scripts/services/free-port.ts";
import type { Crowd, Load, Outcome } from "./purchase/crowd.ts";
import { percentile, startGenerator } from "./purchase/measure.ts";
import { CLI, openEventFor } from "./purchase/onsale.ts";
import { startProvider } from "./purchase/provider.ts";
import { inDatabase } from "./purchase/rounds.ts";
import { startProgram, untilHealthy } from "./purchase/shop.ts";

const { values: options } = parseArgs({
  options: {
    rate: { type: "string", default: "20" },
    seconds: { type: "string", default: "10" },
    connections: { type: "string", default: "64" },
    rounds: { type: "string", default: "3" },
    tiny: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
if (options.tiny) Object.assign(options, { rate: "10", seconds: "1", connections: "4", rounds: "1" });
const perSecond = Number(options.rate);
const steady: Load = { kind: "open", perSecond, count: perSecond * Number(options.seconds) };
/** More than can be bought in the time: the crowd is there until the neighbours are done. */
const CROWD_MAX = options.tiny ? 40 : 15_000;

type Round = { readonly aloneMs: number; readonly besideMs: number };

/** Seats of an installation with two events, and the p95 of the first one without and with a crowd in the second. */
async function playRound(databaseUrl: string): Promise<Round> {
  const provider = await startProvider(0);
  const port = await anyFreePort();
  const url = `http://127.0.0.1:${port}`;
  const own = {
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    PUBLIC_URL: url,
    KEY_PREFIX: `bench:${port}:`,
  };
  const env: NodeJS.ProcessEnv = { ...process.env, ...provider.env, ...own, TRUSTED_PROXY_HOPS: "1" };
  const container = composeContainer(loadConfig(env), { name: "bench" });
  await container.migrate();
  const quiet = await openEventFor(container, { seats: 2_000, buyers: 3 * steady.count });
  const busy = await openEventFor(container, { seats: options.tiny ? 2_000 : 60_000, buyers: CROWD_MAX });
  await container.close();
  const worker = startProgram({ args: [CLI, "worker"], env });
  const app = startProgram({ args: [CLI, "serve-api"], env });
  const crowdOf = (event: typeof quiet): Crowd => ({
    dialect: "onsale",
    url,
    eventId: event.eventId,
    buyers: event.crowd,
  });
  const [neighbours, crowd] = [await startGenerator(crowdOf(quiet)), await startGenerator(crowdOf(busy))];
  try {
    await untilHealthy(url);
    // Nothing is measured before the code is warm.
    await neighbours.run(steady);
    const alone = await neighbours.run(steady);
    const rush = crowd.run({ kind: "closed", connections: Number(options.connections), count: CROWD_MAX });
    const beside = await neighbours.run(steady);
    const paid = [alone, beside].map((outcome) => outcome.purchaseMs.length);
    if (paid.some((count) => count !== steady.count))
      throw new Error(`paid ${paid.join(" and ")} of ${steady.count}`);
    // What is left of the crowd is of no interest.
    rush.catch(() => undefined);
    return { aloneMs: p95(alone), besideMs: p95(beside) };
  } finally {
    await neighbours.stop();
    await crowd.stop();
    await app.stop();
    await worker.stop();
    await provider.stop();
  }
}
const p95 = ({ purchaseMs }: Outcome) => percentile(purchaseMs, 0.95);

const rounds: Round[] = [];
for (let n = 0; n < Number(options.rounds); n += 1) rounds.push(await inDatabase(playRound));
const middle = (of: (round: Round) => number) => percentile(rounds.map(of), 0.5);
const [aloneMs, besideMs] = [middle((round) => round.aloneMs), middle((round) => round.besideMs)];
const ratio = Number(middle((round) => round.besideMs / round.aloneMs).toFixed(2));
const figures = { perSecond, connections: Number(options.connections), aloneMs, besideMs, ratio };
if (options.json) console.log(JSON.stringify(figures));
else
  console.log(
    `p95 of ${perSecond} purchases a second: alone ${aloneMs.toFixed(1)} ms, beside ${options.connections} fans of another event ` +
      `${besideMs.toFixed(1)} ms, ratio ${ratio}`,
  );
