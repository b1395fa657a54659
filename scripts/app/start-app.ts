import { createHmac, randomUUID } from "node:crypto";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { PlainError } from "../bootstrap/say.mjs";
import { type Child, logTail, startChild } from "../services/child-process.ts";
import type { HeldPort } from "../services/free-port.ts";
import type { RunRecorder } from "../services/run-records.ts";
import { QUIET_TOOLS } from "./build-web.ts";
import type { Secrets } from "./secrets.ts";
import { type SandboxOptions, startSandbox } from "./start-sandbox.ts";

const POLL_MS = 50;
const START_LIMIT_MS = 60_000;
const REQUEST_LIMIT_MS = 2000;
const STOP_GRACE_MS = 15_000;

export interface AppOptions {
  readonly root: string;
  readonly logDir: string;
  readonly port: number;
  /** The held port: the storefront listens on this very socket. Without it, it binds `port` itself. */
  readonly held?: HeldPort;
  readonly env: NodeJS.ProcessEnv;
  readonly recorder: RunRecorder;
  /** The sandbox as a process of its own, at the address that `env` names; without it, it is part of web and worker. */
  readonly sandbox?: Pick<SandboxOptions, "held" | "books">;
}

export interface App {
  readonly url: string;
  readonly children: readonly Child[];
  stop(): Promise<void>;
}

interface Where {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly port: number;
  /** Of the sandbox provider as a process of its own; without it, it is part of web and worker. */
  readonly sandboxPort?: number;
}

const appUrl = (port: number) => `http://127.0.0.1:${port}`;

/** What web, worker and ticketctl are told. */
function settings(secrets: Secrets, where: Where): Record<string, string> {
  return {
    DATABASE_URL: where.databaseUrl,
    REDIS_URL: where.redisUrl,
    PORT: String(where.port),
    PUBLIC_URL: appUrl(where.port),
    AUTH_SECRET: secrets.AUTH_SECRET,
    TICKET_SIGNING_KEY: secrets.TICKET_SIGNING_KEY,
    ...(where.sandboxPort === undefined
      ? {}
      : { SANDBOX_URL: appUrl(where.sandboxPort), SANDBOX_KEY: sandboxKey(secrets) }),
    // Codes and links of mails are read at /sandbox/mail where no mail server is set up.
    ...(process.env["MAIL_URL"] ? {} : { SANDBOX_MAILBOX: "1" }),
  };
}

/** Whoever learns it learns nothing of the secret that it is made of. */
const sandboxKey = ({ AUTH_SECRET }: Secrets): string =>
  createHmac("sha256", AUTH_SECRET).update("onsale sandbox 1").digest("base64url");

export function appEnv(secrets: Secrets, where: Where): NodeJS.ProcessEnv {
  const LOG_LEVEL = process.env["LOG_LEVEL"] ?? "warn";
  return { ...process.env, ...QUIET_TOOLS, LOG_LEVEL, ...settings(secrets, where), NODE_ENV: "production" };
}

/** The same as a file that `util.parseEnv` reads. No value holds a quote or a line break. */
export function envFileOf(secrets: Secrets, where: Where): string {
  return Object.entries(settings(secrets, where))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
    .join("");
}

interface Expected {
  readonly web: Child;
  readonly url: string;
  readonly instance: string;
  readonly limitMs?: number;
}

/**
 * Asks until this very server says that it can serve. A server that ends instead is shown with its last words, and an
 * answer that does not name our instance is somebody else's.
 */
export async function waitUntilHealthy({
  web,
  url,
  instance,
  limitMs = START_LIMIT_MS,
}: Expected): Promise<void> {
  const deadline = performance.now() + limitMs;
  let last = "no answer";
  while (performance.now() < deadline) {
    if (web.hasEnded()) throw new PlainError(`The storefront did not start.\n\n${logTail(web.logFile)}`);
    try {
      const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(REQUEST_LIMIT_MS) });
      const text = await answer.text();
      if (instanceOf(text) === instance && answer.status === 200) return;
      last =
        instanceOf(text) === instance
          ? `${answer.status} ${text}`
          : `another server answers at ${url}: stop it, or set PORT to another one`;
    } catch {
      // Not listening yet.
    }
    await wait(POLL_MS);
  }
  throw new PlainError(
    `The storefront did not become healthy within ${limitMs / 1000} s (${last}).\n\n${logTail(web.logFile)}`,
  );
}

function instanceOf(text: string): unknown {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === "object" && answer !== null && "instance" in answer
      ? answer.instance
      : undefined;
  } catch {
    return undefined;
  }
}

/** The worker and the web server; each is told of as soon as it runs. */
async function startShop(
  { root, logDir, held, env, recorder }: AppOptions,
  instance: string,
  onStart: (child: Child) => void,
): Promise<Child> {
  const common = { command: process.execPath, graceMs: STOP_GRACE_MS, recorder };
  const logFile = (name: string) => path.join(logDir, `${name}.log`);
  const cli = path.join(root, "apps", "cli", "src", "main.ts");
  const worker = { ...common, env, name: "worker", args: [cli, "worker"], cwd: root };
  onStart(await startChild({ ...worker, logFile: logFile("worker") }));
  const web = await startChild({
    ...common,
    env: { ...env, INSTANCE_ID: instance, ...(held === undefined ? {} : { HANDED_SOCKET: "1" }) },
    ...(held === undefined ? {} : { listener: held.listener }),
    name: "web",
    args: ["server.ts"],
    cwd: path.join(root, "apps", "web"),
    logFile: logFile("web"),
  });
  onStart(web);
  await held?.release();
  return web;
}

/** Starts the provider, the worker and the web server; ready when `GET /healthz` of this very server answers 200. */
export async function startApp(options: AppOptions): Promise<App> {
  const { root, logDir, env, recorder, sandbox } = options;
  const instance = randomUUID();
  const url = appUrl(options.port);
  const shop: Child[] = [];
  const provider: Child[] = [];
  const stop = async () => {
    await Promise.all(shop.splice(0).map((child) => child.stop()));
    // Payments that are under way end with an answer.
    await Promise.all(provider.splice(0).map((child) => child.stop()));
  };
  try {
    if (sandbox) {
      const own = { root, shopUrl: url, key: env["SANDBOX_KEY"], logFile: path.join(logDir, "sandbox.log") };
      provider.push(await startSandbox({ ...sandbox, ...own, graceMs: STOP_GRACE_MS, recorder }));
    }
    const web = await startShop(options, instance, (child) => shop.push(child));
    await waitUntilHealthy({ web, url, instance });
    return { url, children: [...provider, ...shop], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
