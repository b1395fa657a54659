import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "@onsale/core/shared/errors";
import { PlainError, sayOnStandardError, step } from "../../../../scripts/bootstrap/say.mjs";
import { appEnv } from "../../../../scripts/app/start-app.ts";
import { newSecrets } from "../../../../scripts/app/secrets.ts";
import { type Child, logTail, startChild } from "../../../../scripts/services/child-process.ts";
import { anyFreePort } from "../../../../scripts/services/free-port.ts";
import { recordRun, type RunRecorder } from "../../../../scripts/services/run-records.ts";
import { type Services, startServices } from "../../../../scripts/services/start-services.ts";
import { stopOrphans } from "../../../../scripts/services/stop-orphans.ts";
import type { CliEnvironment } from "../config.ts";

const ROOT = path.join(import.meta.dirname, "..", "..", "..", "..");
const CLI = path.join(ROOT, "apps", "cli", "src", "main.ts");
const POLL_MS = 50;
const START_LIMIT_MS = 60_000;
const STOP_GRACE_MS = 15_000;

/** A Postgres, Redis, API server and worker that exist for one drill. */
export type Throwaway = {
  readonly url: string;
  readonly env: CliEnvironment;
  readonly logDir: string;
  /** `keepLogs`: leave what the server and the worker wrote, for whoever looks for the reason of a failure. */
  readonly stop: (how: { keepLogs: boolean }) => Promise<void>;
};
type Note = (text: string) => void;

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
  const running: { services?: Services; children: Child[] } = { children: [] };
  const stop = async ({ keepLogs }: { keepLogs: boolean }) => {
    // The server before the worker: checkouts that are under way wait for it to write their orders.
    for (const child of running.children.splice(0).toReversed()) await child.stop();
    await running.services?.stop();
    if (!keepLogs) await rm(logDir, { recursive: true, force: true });
    recorder.close();
  };
  try {
    const services = await startServices({ dir: stateDir, throwaway: true, recorder, onNotice: note });
    running.services = services;
    const port = await anyFreePort();
    const { databaseUrl, redisUrl } = services;
    const secrets = newSecrets();
    // Nobody of this crowd has a mailbox.
    const env = {
      ...appEnv(secrets, { databaseUrl, redisUrl, port }),
      MAIL_URL: undefined,
      KEY_PREFIX: undefined,
    };
    const url = `http://127.0.0.1:${port}`;
    await step("migrate the database", () => migrate(env));
    await step("start the worker and the server", async () => {
      const start = (name: string, command: string) => startOwn({ name, command, env, logDir, recorder });
      running.children.push(await start("worker", "worker"));
      const server = await start("api", "serve-api");
      running.children.push(server);
      await untilHealthy(server, url);
    });
    return { url, env, logDir, stop };
  } catch (error) {
    await stop({ keepLogs: true });
    if (error instanceof PlainError)
      throw new AppError("service.unavailable", error.message, { cause: error });
    throw error;
  }
}

type Own = {
  readonly name: string;
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logDir: string;
  readonly recorder: RunRecorder;
};

function startOwn({ name, command, env, logDir, recorder }: Own): Promise<Child> {
  const logFile = path.join(logDir, `${name}.log`);
  const run = { command: process.execPath, args: [CLI, command], cwd: ROOT, graceMs: STOP_GRACE_MS };
  return startChild({ name, ...run, env, logFile, recorder });
}

async function untilHealthy(server: Child, url: string): Promise<void> {
  const until = performance.now() + START_LIMIT_MS;
  while (performance.now() < until) {
    if (server.hasEnded()) break;
    const healthy = await fetch(`${url}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (healthy) return;
    await wait(POLL_MS);
  }
  throw new PlainError(`The server did not start.\n\n${logTail(server.logFile)}`);
}
