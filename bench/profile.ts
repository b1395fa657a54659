/**
 * Where the time of a purchase goes: flame graphs of the server and the worker while 64 fans buy, the functions with the most
 * time of their own, and the distance to what bare Node, Redis and Postgres need for the same answers, rows and bytes.
 *
 *   node bench/run.ts profile [--count=3000] [--out=docs/quality] [--tiny] [--json]
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { bareRows, openBare } from "./profile/bare.ts";
import { type Frame, mostSelfTime, readCpuProfile } from "./profile/cpu-profile.ts";
import { flameGraph } from "./profile/flame-graph.ts";
import { type CpuMs, ofShop } from "./purchase/cpu.ts";
import type { Load } from "./purchase/crowd.ts";
import { openOnsale } from "./purchase/onsale.ts";
import { inDatabase, playRound } from "./purchase/rounds.ts";
import type { OpenShop } from "./purchase/shop.ts";
import type { Round } from "./purchase/tell.ts";

const { values: options } = parseArgs({
  options: {
    count: { type: "string", default: "3000" },
    out: { type: "string" },
    tiny: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const count = options.tiny ? 40 : Number(options.count);
const load: Load = { kind: "closed", connections: 64, count };
const warm: Load = { kind: "closed", connections: 32, count: options.tiny ? 32 : 600 };
const seats = options.tiny ? 1_000 : 60_000;
const TOLD = 20;
const monotonicUs = () => Number(process.hrtime.bigint() / 1_000n);
const postmaster = Number(process.env["POSTGRES_PID"]);

type Part = "app" | "worker";

async function profiled(): Promise<Record<Part, Frame>> {
  const folder = await mkdtemp(path.join(tmpdir(), "onsale-profile-"));
  try {
    let warmAtUs = 0;
    const nodeArgs = (part: Part) => ["--cpu-prof", `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${part}`];
    const onWarm = () => (warmAtUs = monotonicUs());
    await inDatabase((url) =>
      playRound(url, { open: openOnsale, seats, warm, loads: [load], nodeArgs, onWarm }),
    );
    const frameOf = (part: Part) => readCpuProfile(path.join(folder, part), warmAtUs);
    return { app: frameOf("app"), worker: frameOf("worker") };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function measuredAt(url: string, open: OpenShop): Promise<Round> {
  return playRound(url, { open, seats, warm, loads: [load] });
}

const cpuOf = ({ measured: [first] }: Round): CpuMs => first?.cpu ?? {};

async function distance() {
  const own = await inDatabase(async (url) => {
    const round = await measuredAt(url, openOnsale);
    const purchases = warm.count + count;
    return { cpu: cpuOf(round), rows: await bareRows(url, { purchases, postmaster }) };
  });
  const bare = cpuOf(await inDatabase((url) => measuredAt(url, openBare)));
  const limit: CpuMs = { app: bare.app ?? 0, redis: bare.redis ?? 0, postgres: own.rows.cpuMs };
  const line = (part: string, ours: number, least: number | null) => ({
    part,
    oursMs: Number(ours.toFixed(2)),
    leastMs: least === null ? null : Number(least.toFixed(2)),
  });
  return {
    lines: [
      line("app", own.cpu.app ?? 0, limit.app ?? 0),
      line("worker", own.cpu.worker ?? 0, null),
      line("redis", own.cpu.redis ?? 0, limit.redis ?? 0),
      line("postgres", own.cpu.postgres ?? 0, limit.postgres ?? 0),
      line("all", ofShop(own.cpu), ofShop(limit)),
    ],
    rows: own.rows.tables,
  };
}

const shareText = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(7);
function tableOf(frame: Frame): string {
  return mostSelfTime(frame, TOLD)
    .map(({ name, place, share }) => `${shareText(share)}  ${name}  ${place}`.trimEnd())
    .join("\n");
}

const frames = await profiled();
const least = await distance();
const texts = (["app", "worker"] as const).map((part) => ({
  part,
  title: `${part}: a purchase by 64 fans at once, waiting left out`,
  top: tableOf(frames[part]),
}));
if (options.out !== undefined) {
  await mkdir(options.out, { recursive: true });
  for (const { part, title, top } of texts) {
    await writeFile(path.join(options.out, `profile-${part}.svg`), flameGraph(frames[part], title));
    await writeFile(
      path.join(options.out, `profile-${part}.txt`),
      `${title}\nTime of their own:\n\n${top}\n`,
    );
  }
}
if (options.json) console.log(JSON.stringify({ ...least, profiles: texts }));
else {
  for (const { title, top } of texts) console.log(`${title}\n${top}\n`);
  console.table(least.lines);
  console.log(`rows of a purchase: ${least.rows.map(({ table, rows }) => `${table} ${rows}`).join(", ")}`);
}
