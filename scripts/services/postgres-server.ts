import { execFile } from "node:child_process";
import { chownSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";

import { explain } from "../bootstrap/explain.mjs";
import { PlainError } from "../bootstrap/say.mjs";
import { type Child, logTail, startChild } from "./child-process.ts";
import { placePostgres, type PostgresFiles } from "./postgres-files.ts";
import { identify, startedAtOf, worksIn } from "./process-identity.ts";
import type { RunRecorder } from "./run-records.ts";
import { stopProcess } from "./stop-process.ts";

const POLL_MS = 20;
const START_LIMIT_MS = 60_000;
const STOP_GRACE_MS = 15_000;
const START_TRIES = 5;
const RETRY_MS = 300;
const SUPERUSER = "onsale";

export interface PostgresOptions {
  /** The service folder; the cluster goes into its subfolder `postgres`. */
  readonly dir: string;
  readonly password: string;
  readonly database: string;
  readonly choosePort: () => Promise<number>;
  /** false: no fsync. Only for data nobody will miss after a power cut. */
  readonly durable: boolean;
  readonly recorder: RunRecorder;
}

export interface RunningPostgres {
  readonly url: string;
  readonly port: number;
  readonly child: Child;
  readonly home: string;
}

/** Nothing of the caller's environment, such as PGDATA, may reach the server. */
const cleanEnv = (): NodeJS.ProcessEnv => ({
  NODE_ENV: "production",
  PATH: process.env["PATH"],
  LC_ALL: "C",
  TZ: "UTC",
});

/** Why a program of Postgres failed, as one sentence. */
function plainFailure(what: string, output: string): PlainError {
  const cause = explain(output);
  return new PlainError(`${cause ?? `PostgreSQL ${what}; its last words follow.`}\n\n${output.trim()}`);
}

/** Makes a new cluster, once. The marker is written last: a first start that was cut short begins again. */
async function initialise(files: PostgresFiles, { dir, password, database }: PostgresOptions): Promise<void> {
  const marker = path.join(files.home, "complete");
  if (existsSync(marker)) return;
  rmSync(files.dataDir, { recursive: true, force: true });
  const fresh = placePostgres(dir);
  const passwordFile = path.join(files.home, "password");
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (fresh.user !== undefined) chownSync(passwordFile, fresh.user.uid, fresh.user.gid);
  const as = fresh.user === undefined ? {} : { uid: fresh.user.uid, gid: fresh.user.gid };
  const options = { ...as, cwd: "/", env: cleanEnv() };
  try {
    await promisify(execFile)(
      fresh.initdb,
      [
        ["--pgdata", fresh.dataDir],
        ["--username", SUPERUSER],
        ["--pwfile", passwordFile],
        ["--auth", "scram-sha-256"],
        ["--encoding", "UTF8"],
        ["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"],
        ["--no-sync"],
      ].flat(),
      options,
    );
    if (database !== "postgres") await createDatabaseOffline(fresh, database, options);
  } catch (error) {
    throw plainFailure(
      "could not make its data directory",
      String(error instanceof Error ? error.message : error),
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(marker, "");
}

/** Through the single-user mode, so that no database client is needed before the server runs. */
async function createDatabaseOffline(
  files: PostgresFiles,
  database: string,
  options: { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv },
): Promise<void> {
  const running = promisify(execFile)(files.postgres, ["--single", "-D", files.dataDir, "postgres"], options);
  running.child.stdin?.end(`CREATE DATABASE "${database}";\n`);
  await running;
}

/** The pid and the state ("ready" when it accepts connections) that a postmaster writes for others to read. */
export function parsePostmasterFile(text: string): { pid: number; ready: boolean } {
  const lines = text.split("\n");
  return { pid: Number(lines[0]), ready: lines[7]?.trim() === "ready" };
}

function readPostmasterFile(dataDir: string): { pid: number; ready: boolean } | undefined {
  try {
    return parsePostmasterFile(readFileSync(path.join(dataDir, "postmaster.pid"), "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * A postmaster that no record knows but that works in this very data directory is ours. Any other process has only
 * got its old pid, and would make Postgres believe that the data is in use.
 */
async function clearStalePostmaster(dataDir: string): Promise<void> {
  const stale = readPostmasterFile(dataDir);
  if (stale === undefined) return;
  if (worksIn(stale.pid, dataDir))
    await stopProcess(identify(stale.pid), { signal: "SIGINT", graceMs: STOP_GRACE_MS });
  else if (startedAtOf(stale.pid) !== undefined && process.platform === "linux")
    rmSync(path.join(dataDir, "postmaster.pid"), { force: true });
}

async function waitUntilReady(child: Child, dataDir: string): Promise<"ready" | "ended"> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (performance.now() < deadline) {
    if (child.hasEnded()) return "ended";
    const state = readPostmasterFile(dataDir);
    if (state?.pid === child.pid && state.ready) return "ready";
    await wait(POLL_MS);
  }
  await child.stop();
  return "ended";
}

/** Another process may take the port, or an old backend keep its shared memory, for a moment: worth another try. */
const isWorthAnotherTry = (log: string) =>
  /Address already in use|shared memory block .* still in use|lock file/.test(log);

/** What only a server of tests has: statements are counted, and nothing is on the disk before it is needed. */
const OF_TESTS = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "shared_preload_libraries=pg_stat_statements",
  // Those inside functions as well; each row says which it is. Many databases come and go in a run.
  "pg_stat_statements.track=all",
  "pg_stat_statements.max=20000",
];

export function postgresSettings({ port, durable }: { port: number; durable: boolean }): string[] {
  return [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    // Sockets would need a short path that both this user and Postgres's may use; loopback is enough.
    "unix_socket_directories=",
    "max_connections=300",
    "shared_buffers=256MB",
    "timezone=UTC",
    "log_timezone=UTC",
    ...(durable ? [] : OF_TESTS),
  ];
}

const serverFlags = (files: PostgresFiles, settings: readonly string[]) => [
  "-D",
  files.dataDir,
  ...settings.flatMap((setting) => ["-c", setting]),
];

export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const files = placePostgres(options.dir);
  await initialise(files, options);
  const logFile = path.join(options.dir, "postgres.log");
  for (let attempt = 1; ; attempt += 1) {
    await clearStalePostmaster(files.dataDir);
    const port = await options.choosePort();
    rmSync(logFile, { force: true });
    const child = await startChild({
      name: "postgres",
      command: files.postgres,
      args: serverFlags(files, postgresSettings({ port, durable: options.durable })),
      cwd: "/",
      env: cleanEnv(),
      logFile,
      ...(files.user === undefined ? {} : { user: files.user }),
      graceMs: STOP_GRACE_MS,
      recorder: options.recorder,
    });
    if ((await waitUntilReady(child, files.dataDir)) === "ready") {
      const login = `${SUPERUSER}:${encodeURIComponent(options.password)}`;
      return {
        url: `postgresql://${login}@127.0.0.1:${port}/${options.database}`,
        port,
        child,
        home: files.home,
      };
    }
    const log = logTail(logFile);
    if (attempt >= START_TRIES || !isWorthAnotherTry(log)) throw plainFailure("did not start", log);
    await wait(RETRY_MS);
  }
}
