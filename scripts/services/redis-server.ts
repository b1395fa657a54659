import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { explain } from "../bootstrap/explain.mjs";
import { PlainError } from "../bootstrap/say.mjs";
import { type Child, logTail, startChild } from "./child-process.ts";
import { identify, worksIn } from "./process-identity.ts";
import type { RunRecorder } from "./run-records.ts";
import { stopProcess } from "./stop-process.ts";

const POLL_MS = 20;
const START_LIMIT_MS = 30_000;
const STOP_GRACE_MS = 10_000;
const PING_LIMIT_MS = 1000;
const START_TRIES = 5;
const PID_FILE = "redis.pid";

export interface RedisOptions {
  readonly program: string;
  /** The service folder; the data goes into its subfolder `redis`. */
  readonly dir: string;
  readonly choosePort: () => Promise<number>;
  /** false: nothing is written to disk. */
  readonly durable: boolean;
  readonly recorder: RunRecorder;
}

export interface RunningRedis {
  readonly url: string;
  readonly port: number;
  readonly child: Child;
}

/** The process that answers as a Redis on this port, by its own word; undefined while none does. */
export function redisAt(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    let said = "";
    const finish = (pid: number | undefined) => {
      socket.destroy();
      resolve(pid);
    };
    socket.setTimeout(PING_LIMIT_MS, () => finish(undefined));
    socket.once("error", () => finish(undefined));
    socket.once("close", () => finish(undefined));
    socket.once("connect", () => socket.write("INFO server\r\n"));
    socket.on("data", (reply) => {
      said += reply.toString();
      const pid = /^process_id:(\d+)\r$/m.exec(said)?.[1];
      if (pid !== undefined) finish(Number(pid));
      // It loads its data, or is no Redis.
      else if (said.startsWith("-")) finish(undefined);
    });
  });
}

/**
 * Append-only file synced every second: enough because Redis holds promises, not facts (a sale is decided by
 * Postgres). Never evicts: a hold that is dropped to make room would be a promise broken in silence.
 */
export function redisSettings({
  port,
  dir,
  durable,
}: {
  port: number;
  dir: string;
  durable: boolean;
}): string {
  return [
    "bind 127.0.0.1",
    `port ${port}`,
    `dir "${dir}"`,
    `pidfile "${path.join(dir, PID_FILE)}"`,
    "protected-mode yes",
    "daemonize no",
    'save ""',
    `appendonly ${durable ? "yes" : "no"}`,
    "appendfsync everysec",
    "maxmemory-policy noeviction",
    "",
  ].join("\n");
}

/** Two servers that append to the same file would ruin it, so one that no record knows must go first. */
async function clearStaleServer(dataDir: string): Promise<void> {
  let pid: number;
  try {
    pid = Number(readFileSync(path.join(dataDir, PID_FILE), "utf8"));
  } catch {
    return;
  }
  if (worksIn(pid, dataDir)) await stopProcess(identify(pid), { signal: "SIGTERM", graceMs: STOP_GRACE_MS });
}

async function waitForOwn(child: Child, port: number): Promise<boolean> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (performance.now() < deadline && !child.hasEnded()) {
    // Somebody else's Redis may have taken the port in between; ours then ends by itself.
    if ((await redisAt(port)) === child.pid) return true;
    await wait(POLL_MS);
  }
  await child.stop();
  return false;
}

export async function startRedis(options: RedisOptions): Promise<RunningRedis> {
  const dataDir = path.join(options.dir, "redis");
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  chmodSync(dataDir, 0o700);
  const logFile = path.join(options.dir, "redis.log");
  const configFile = path.join(options.dir, "redis.conf");
  await clearStaleServer(dataDir);
  for (let attempt = 1; ; attempt += 1) {
    const port = await options.choosePort();
    writeFileSync(configFile, redisSettings({ port, dir: dataDir, durable: options.durable }));
    rmSync(logFile, { force: true });
    const child = await startChild({
      name: "redis-server",
      command: options.program,
      args: [configFile],
      cwd: dataDir,
      env: { NODE_ENV: "production", PATH: process.env["PATH"], LC_ALL: "C" },
      logFile,
      graceMs: STOP_GRACE_MS,
      recorder: options.recorder,
    });
    if (await waitForOwn(child, port)) return { url: `redis://127.0.0.1:${port}`, port, child };
    const log = logTail(logFile);
    if (attempt >= START_TRIES || !/Address already in use/.test(log))
      throw new PlainError(`${explain(log) ?? "Redis did not start; its last words follow."}\n\n${log}`);
  }
}
