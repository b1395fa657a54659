import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import type { Server } from "node:net";
import path from "node:path";
import { PlainError, sayOnStandardError, step } from "../../../../scripts/bootstrap/say.mjs";
import { appEnv, waitUntilHealthy } from "../../../../scripts/app/start-app.ts";
import { newSecrets } from "../../../../scripts/app/secrets.ts";
import { startSandbox } from "../../../../scripts/app/start-sandbox.ts";
import { type Child, startChild } from "../../../../scripts/services/child-process.ts";
import { anyFreePort, type HeldPort, holdAnyPort } from "../../../../scripts/services/free-port.ts";
import { findRedisProgram } from "../../../../scripts/services/redis-program.ts";
import { startRedis } from "../../../../scripts/services/redis-server.ts";
import { recordRun, type RunRecorder } from "../../../../scripts/services/run-records.ts";
import { type Services, startServices } from "../../../../scripts/services/start-services.ts";
import { stopOrphans } from "../../../../scripts/services/stop-orphans.ts";
import type { CliEnvironment } from "../config.ts";
import { CliError } from "../cli-error.ts";

const ROOT = path.join(import.meta.dirname, "..", "..", "..", "..");
const CLI = path.join(ROOT, "apps", "cli", "src", "main.ts");
const STOP_GRACE_MS = 15_000;

/** A Postgres, Redis, payment provider, API server and worker that exist for one drill. */
export type Throwaway = {
  readonly url: string;
  readonly env: CliEnvironment;
  readonly logDir: string;
  readonly worker: Restartable;
  readonly redis: Restartable;
  /** `keepLogs`: leave what the server and the worker wrote, for whoever looks for the reason of a failure. */
  readonly stop: (how: { keepLogs: boolean }) => Promise<void>;
};
type Note = (text: string) => void;

/** One of the processes, which a drill may end in the middle of a sale. */
export type Restartable = {
  /** Without asking, as a machine that loses power does. */
  readonly kill: () => Promise<void>;
  /** As an operator does: it may finish what it does. */
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
};

/** Brings everything up from a checkout whose packages are installed; nothing of it is left after `stop`. */
export async function bringUp(
  note: Note,
  migrate: (env: CliEnvironment) => Promise<void>,
): Promise<Throwaway> {
  const stateDir = path.join(ROOT, ".onsale");
  const logDir = path.join(stateDir, "logs", `drill-${process.pid}`);
  sayOnStandardError();
  await stopOrphans(stateDir);
  const recorder = recordRun(stateDir, "drill");
  const running: { services?: Services; redis?: Restartable; children: Pick<Restartable, "stop">[] } = {
    children: [],
  };
  const redisDir = path.join(stateDir, `throwaway-redis-${process.pid}`);
  const stop = async ({ keepLogs }: { keepLogs: boolean }) => {
    // The server before the worker: checkouts that are under way wait for it to write their orders.
    for (const child of running.children.splice(0).toReversed()) await child.stop();
    await running.redis?.stop();
    await running.services?.stop();
    await rm(redisDir, { recursive: true, force: true });
    recorder.removeThrowawayDir(redisDir);
    if (!keepLogs) await rm(logDir, { recursive: true, force: true });
    recorder.close();
  };
  try {
    recorder.addThrowawayDir(redisDir);
    const redis = await step("start Redis", () => startOwnRedis({ stateDir, dir: redisDir, recorder }));
    running.redis = redis;
    const { redisUrl } = redis;
    const services = await startServices({
      dir: stateDir,
      throwaway: true,
      recorder,
      redisUrl,
      onNotice: note,
    });
    running.services = services;
    await using held = await holdAnyPort();
    await using sandboxHeld = await holdAnyPort();
    const { port } = held;
    const env = drillEnv({
      databaseUrl: services.appDatabaseUrl,
      redisUrl,
      port,
      sandboxPort: sandboxHeld.port,
    });
    const url = `http://127.0.0.1:${port}`;
    await step("migrate the database", () =>
      migrate({ ...env, MIGRATION_DATABASE_URL: services.databaseUrl }),
    );
    return await step("start the sandbox, the worker and the server", async () => {
      running.children.push(await startOwnSandbox(sandboxHeld, { url, env, logDir, recorder }));
      const worker = await startOwn({ name: "worker", command: ["worker"], env, logDir, recorder });
      running.children.push(worker);
      const instance = randomUUID();
      const serverEnv = { ...env, INSTANCE_ID: instance, HANDED_SOCKET: "1" };
      const own = { name: "api", command: ["serve-api"], env: serverEnv, logDir, recorder };
      const server = await startOwn({ ...own, listener: held.listener });
      running.children.push(server);
      await held.release();
      await waitUntilHealthy({ web: server.child(), url, instance });
      return { url, env, logDir, worker, redis, stop };
    });
  } catch (error) {
    await stop({ keepLogs: true });
    if (error instanceof PlainError)
      throw new CliError("drill_not_up", { reason: error.message }, { cause: error });
    throw error;
  }
}

function drillEnv(where: Parameters<typeof appEnv>[1]): CliEnvironment {
  return {
    ...appEnv(newSecrets(), where),
    // Nobody of this crowd has a mailbox.
    MAIL_URL: undefined,
    KEY_PREFIX: undefined,
    // The drill is the proxy in front of the server: each fan comes from an address of their own, and limits stay as they are.
    TRUSTED_PROXY_HOPS: "1",
  };
}

type OwnRedis = { readonly stateDir: string; readonly dir: string; readonly recorder: RunRecorder };

/** A Redis that keeps its port and its data when it is started again. */
async function startOwnRedis({
  stateDir,
  dir,
  recorder,
}: OwnRedis): Promise<Restartable & { redisUrl: string }> {
  const program = await findRedisProgram(path.join(stateDir, "tools"));
  const port = await anyFreePort();
  const run = () =>
    startRedis({ program, dir, choosePort: () => Promise.resolve(port), durable: true, recorder });
  let running = await run();
  return {
    redisUrl: running.url,
    kill: () => killChild(running.child),
    stop: () => running.child.stop(),
    start: async () => void (running = await run()),
  };
}

async function killChild(child: Child): Promise<void> {
  if (!child.hasEnded()) process.kill(child.pid, "SIGKILL");
  await child.ended;
}

type OwnSandbox = Pick<Own, "env" | "logDir" | "recorder"> & { readonly url: string };

/** It forgets all with the drill. */
const startOwnSandbox = (held: HeldPort, { url, env, logDir, recorder }: OwnSandbox): Promise<Child> =>
  startSandbox({
    root: ROOT,
    held,
    books: ":memory:",
    key: env["SANDBOX_KEY"],
    shopUrl: url,
    logFile: path.join(logDir, "sandbox.log"),
    graceMs: STOP_GRACE_MS,
    recorder,
  });

type Own = {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: CliEnvironment;
  readonly logDir: string;
  readonly recorder: RunRecorder;
  readonly listener?: Server;
};

async function startOwn({
  name,
  command,
  env,
  logDir,
  recorder,
  listener,
}: Own): Promise<Restartable & { child: () => Child }> {
  const logFile = path.join(logDir, `${name}.log`);
  const run = () =>
    startChild({
      name,
      command: process.execPath,
      args: [CLI, ...command],
      cwd: ROOT,
      graceMs: STOP_GRACE_MS,
      env: { ...env, NODE_ENV: "production" },
      logFile,
      recorder,
      ...(listener === undefined ? {} : { listener }),
    });
  let running = await run();
  return {
    child: () => running,
    kill: () => killChild(running),
    stop: () => running.stop(),
    start: async () => void (running = await run()),
  };
}
