/**
 * A line with a million entries: joined in bulk, drawn, published, served; and what one poll of its document costs the
 * server, against a static file of the same bytes from the same server.
 *
 *   node bench/run.ts line [--entries=1000000] [--tiny] [--json]        brings Postgres, Redis and the server
 */
import { system } from "@onsale/core/actor/actor";
import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { loadConfig } from "@onsale/api/config";
import { composeContainer } from "@onsale/api/compose/container";
import { composeLineController } from "@onsale/api/compose/line-controller";
import { drawFileText } from "@onsale/core/line/draw-file";
import { entryIdOf } from "@onsale/core/line/entry-id";
import { drawFilePath, lineNowPath } from "@onsale/core/line/line-paths";
import { LineSettings } from "@onsale/core/line/line";
import { verifyDraw } from "@onsale/core/line/verify-draw";
import { AccountId } from "@onsale/core/shared/ids";
import { openBenchEvent } from "./bench-event.ts";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    tiny: { type: "boolean", default: false },
    entries: { type: "string", default: "1000000" },
  },
});
const ENTRIES = options.tiny ? 1_000 : Number(options.entries);
const JOINED_AT_ONCE = 20_000;
const POLLS = options.tiny ? 200 : 20_000;
const ROUNDS = options.tiny ? 1 : 5;
const CONNECTIONS = 32;

const config = loadConfig(process.env);
const container = composeContainer(config, { name: "bench" });
await container.migrate();
const { services, lines, clock, database } = container;

const timed = async <T>(work: () => Promise<T>): Promise<{ seconds: number; value: T }> => {
  const startedAtMs = performance.now();
  const value = await work();
  return { seconds: Math.round(performance.now() - startedAtMs) / 1_000, value };
};

const { eventId } = await openBenchEvent(container, { seats: 13_000 });
const nowMs = clock.nowMs();
const { id: lineId } = await services.lines.create(system("drill"), {
  eventId,
  settings: LineSettings.parse({ lobbyOpensAtMs: nowMs, drawsAtMs: nowMs + 86_400_000 }),
});
const controller = composeLineController(container);
await controller.tick();

const joined = await timed(async () => {
  for (let at = 0; at < ENTRIES; at += JOINED_AT_ONCE) {
    const requests = Array.from({ length: Math.min(JOINED_AT_ONCE, ENTRIES - at) }, () => {
      const accountId = AccountId.parse(randomUUID());
      const nonce = randomBytes(16).toString("hex");
      return { accountId, person: accountId, entry: entryIdOf({ lineId, accountId, nonce }) };
    });
    await lines.joinMany(lineId, requests);
  }
});
const [size] = await database.sql<{ bytes: string }[]>`
  SELECT pg_total_relation_size('line_entry')::text AS bytes`;
const drawn = await timed(async () => {
  await services.lines.move(system("drill"), { lineId, to: "drawing" });
  while ((await lines.find(lineId))?.state === "drawing") {
    await controller.tick();
    await controller.idle();
  }
});
const [sizeAfter] = await database.sql<{ bytes: string }[]>`
  SELECT pg_total_relation_size('line_entry')::text AS bytes`;
await controller.tick();
const served = await timed(() => services.lines.drawFile(lineId));
const checked = await timed(async () => verifyDraw(served.value).kind);
const folder = await mkdtemp(path.join(tmpdir(), "onsale-bench-"));
const staticFile = path.join(folder, "now.json");

const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
function get(url: string): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    http
      .get(`${config.publicUrl}${url}`, { agent }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts) }));
      })
      .on("error", reject);
  });
}

/** Processor time of the server per answer, in microseconds. */
async function costOf(url: string): Promise<number> {
  const before = Number((await get("/cpu")).body.toString());
  let left = POLLS;
  const asker = async () => {
    while (left-- > 0) {
      const { status } = await get(url);
      if (status !== 200) throw new Error(`${url} was answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, asker));
  return (Number((await get("/cpu")).body.toString()) - before) / POLLS;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const server = spawn(process.execPath, [path.join(import.meta.dirname, "line-server.ts"), staticFile], {
  stdio: ["ignore", "ignore", "inherit"],
});
// The document is only kept for a minute without a controller that writes it anew.
const beat = setInterval(() => void controller.tick(), 1_000);
try {
  for (let i = 0; i < 200; i++) {
    const answer = await get(lineNowPath(lineId)).catch(() => null);
    if (answer?.status === 200) {
      await writeFile(staticFile, answer.body);
      break;
    }
    await wait(100);
  }
  await costOf(lineNowPath(lineId));
  await costOf("/static");
  const costs = { poll: [] as number[], file: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    costs.file.push(await costOf("/static"));
    costs.poll.push(await costOf(lineNowPath(lineId)));
  }
  const first = await timed(() => get(drawFilePath(lineId)));
  const second = await timed(() => get(drawFilePath(lineId)));
  const redis = await container.redis.commands.info("memory");
  const poll = median(costs.poll);
  const file = median(costs.file);
  const result = {
    entries: ENTRIES,
    joinedSeconds: joined.seconds,
    drawnSeconds: drawn.seconds,
    readSeconds: served.seconds,
    checkedSeconds: checked.seconds,
    draw: checked.value,
    bytesPerEntryOnDisk: Math.round(Number(size?.bytes) / ENTRIES),
    bytesPerEntryOnDiskAfterDraw: Math.round(Number(sizeAfter?.bytes) / ENTRIES),
    redisUsedMb: Math.round(Number(/used_memory:(\d+)/.exec(redis)?.[1] ?? 0) / 1e6),
    drawFileMb: Math.round(drawFileText(served.value).length / 1e5) / 10,
    drawFileFirstSeconds: first.seconds,
    drawFileAgainSeconds: second.seconds,
    pollMicros: Math.round(poll * 10) / 10,
    staticFileMicros: Math.round(file * 10) / 10,
    ratio: Math.round((poll / file) * 100) / 100,
  };
  if (options.json) console.log(JSON.stringify(result));
  else for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(30)}${value}`);
} finally {
  clearInterval(beat);
  server.kill("SIGTERM");
  agent.destroy();
  await rm(folder, { recursive: true, force: true });
  await controller.idle();
  await container.close();
}
