import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";

import { step } from "../bootstrap/say.mjs";
import { applicationUrl } from "./application-url.ts";
import type { Child } from "./child-process.ts";
import { anyFreePort, pickPort } from "./free-port.ts";
import { startPostgres } from "./postgres-server.ts";
import { findRedisProgram } from "./redis-program.ts";
import { startRedis } from "./redis-server.ts";
import type { RunRecorder } from "./run-records.ts";

const POSTGRES_PORT = 5442;
const REDIS_PORT = 6389;

export interface ServicesOptions {
  /** Where the data goes. A throwaway run makes a folder of its own inside and removes it at `stop`. */
  readonly dir: string;
  readonly throwaway: boolean;
  /** Keeps what runs on the disk, so that a later start can stop what a killed one left behind. */
  readonly recorder: RunRecorder;
  /** Instead of a Postgres of our own; the same for Redis. */
  readonly databaseUrl?: string | undefined;
  /** With `databaseUrl`: who migrates there; without it the application's role does. */
  readonly migrationDatabaseUrl?: string | undefined;
  readonly redisUrl?: string | undefined;
  /** Default: random for a throwaway run. Must be the same at every start of kept data. */
  readonly password?: string;
  /** Default "onsale". */
  readonly database?: string;
  /** Default true. false drops fsync and the append-only file: for tests, never for a measurement. */
  readonly durable?: boolean;
  /** Told in words, such as a port that was taken. */
  readonly onNotice?: (text: string) => void;
}

export interface Services {
  /** As the role that may do everything: migrates, and makes databases for tests. */
  readonly databaseUrl: string;
  /** The same database as the application is to use it: as a role that owns nothing, which migrating makes. */
  readonly appDatabaseUrl: string;
  readonly redisUrl: string;
  /** The children it started, to notice one that dies. */
  readonly children: readonly Child[];
  stop(): Promise<void>;
}

function portChooser(options: ServicesOptions, what: string, wanted: number): () => Promise<number> {
  if (options.throwaway) return anyFreePort;
  return async () => {
    const port = await pickPort(wanted);
    if (port !== wanted) options.onNotice?.(`Port ${wanted} is taken; ${what} listens on ${port}.`);
    return port;
  };
}

/**
 * A real PostgreSQL 18 and a real Redis on loopback, ready when the promise settles. What is given as a URL is used
 * as it is and not stopped.
 */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { recorder, durable = true, database = "onsale" } = options;
  const dir = options.throwaway
    ? path.join(options.dir, `throwaway-${process.pid}-${randomBytes(3).toString("hex")}`)
    : options.dir;
  const password = options.password ?? randomBytes(18).toString("base64url");
  const children: Child[] = [];
  const dirs = new Set<string>();
  const forgetAtStop = (place: string) => {
    if (!options.throwaway || dirs.has(place)) return;
    dirs.add(place);
    recorder.addThrowawayDir(place);
  };
  const stop = async () => {
    for (const child of children.splice(0).toReversed()) await child.stop();
    for (const place of dirs) {
      rmSync(place, { recursive: true, force: true });
      recorder.removeThrowawayDir(place);
    }
    dirs.clear();
  };
  const postgres = async (): Promise<string> => {
    const choosePort = portChooser(options, "Postgres", POSTGRES_PORT);
    const running = await startPostgres({ dir, password, database, choosePort, durable, recorder });
    children.push(running.child);
    forgetAtStop(running.home);
    return running.url;
  };
  const redis = async (program: string): Promise<string> => {
    const choosePort = portChooser(options, "Redis", REDIS_PORT);
    const running = await startRedis({ program, dir, choosePort, durable, recorder });
    children.push(running.child);
    return running.url;
  };
  const bringRedis = async (): Promise<string> => {
    const program = await findRedisProgram(path.join(options.dir, "tools"));
    return step("start Redis", () => redis(program));
  };
  try {
    forgetAtStop(dir);
    mkdirSync(dir, { recursive: true });
    const given = options.databaseUrl;
    const own = given === undefined ? await step("start Postgres", postgres) : undefined;
    const redisUrl = options.redisUrl ?? (await bringRedis());
    const databaseUrl = own ?? options.migrationDatabaseUrl ?? given ?? "";
    const appDatabaseUrl = given ?? applicationUrl(databaseUrl);
    return { databaseUrl, appDatabaseUrl, redisUrl, children, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
