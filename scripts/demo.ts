import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { buildWeb } from "./app/build-web.ts";
import { describeDemo, parseLobby, parseLogins } from "./app/describe-demo.ts";
import { resetDemo } from "./app/reset.ts";
import { keepSecrets } from "./app/secrets.ts";
import { type App, appEnv, envFileOf, startApp } from "./app/start-app.ts";
import { migrateAsOwner, ticketctl, ticketctlInTheOpen } from "./app/ticketctl.ts";
import { PlainError, say, sayError, step } from "./bootstrap/say.mjs";
import { logTail } from "./services/child-process.ts";
import { type HeldPort, holdPort } from "./services/free-port.ts";
import { liveRun, recordRun, type RunRecorder } from "./services/run-records.ts";
import { type Services, startServices } from "./services/start-services.ts";
import { stopOrphans } from "./services/stop-orphans.ts";
import { stopOnSignal } from "./stop-signals.ts";

const USAGE = `npm run demo -- [options]

  --exit       stop after the drill; exit code 0 only if every invariant held
  --reset      start from nothing
  --no-drill   do not run the drill
  --help       this text

PORT, DATABASE_URL and REDIS_URL are used when set.`;

const WEB_PORT = 3000;
const SANDBOX_PORT = 3100;
const root = path.resolve(import.meta.dirname, "..");
const stateDir = path.join(root, ".onsale");
/** Where `ticketctl` in a second terminal finds the services of a demo that runs. */
const envFile = path.join(stateDir, "env");
const drillDir = path.join(stateDir, "drill");
/** What the payment provider knows; it outlives the demo as the database does. */
const books = path.join(stateDir, "sandbox-books.db");

function readOptions() {
  const boolean = { type: "boolean", default: false } as const;
  const options = { exit: boolean, reset: boolean, "no-drill": boolean, help: boolean };
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function refuseSecondDemo(): void {
  const running = liveRun(stateDir, "demo");
  if (running === undefined) return;
  throw new PlainError(
    `A demo of this folder is running already: press Ctrl-C there (or kill ${running.owner.pid}) and run the same command again.`,
  );
}

async function choosePort(): Promise<HeldPort> {
  const wanted = Number(process.env["PORT"] ?? WEB_PORT);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535)
    throw new PlainError(`PORT is ${process.env["PORT"]}: set it to a number from 1 to 65535, or unset it.`);
  const held = await holdPort(wanted);
  if (held.port !== wanted) say(`    Port ${wanted} is taken; the storefront listens on ${held.port}.`);
  return held;
}

interface Running {
  services?: Services;
  held?: readonly HeldPort[];
  app?: App;
  drill?: { stop: () => void };
}

/** Everything up to a storefront that answers. */
async function bringUp(
  recorder: RunRecorder,
  running: Running,
): Promise<{ url: string; env: NodeJS.ProcessEnv }> {
  const secrets = keepSecrets(stateDir);
  const services = await startServices({
    dir: stateDir,
    throwaway: false,
    recorder,
    password: secrets.databasePassword,
    databaseUrl: process.env["DATABASE_URL"],
    migrationDatabaseUrl: process.env["MIGRATION_DATABASE_URL"],
    redisUrl: process.env["REDIS_URL"],
    onNotice: (text) => say(`    ${text}`),
  });
  running.services = services;
  const held = await choosePort();
  running.held = [held];
  const bank = await holdPort(SANDBOX_PORT);
  running.held = [held, bank];
  const { port } = held;
  const { appDatabaseUrl: databaseUrl, redisUrl } = services;
  const where = { databaseUrl, redisUrl, port, sandboxPort: bank.port };
  const env = appEnv(secrets, where);
  writeFileSync(envFile, envFileOf(secrets, where), { mode: 0o600 });
  await step("migrate the database", () => migrateAsOwner({ root, env }, services.databaseUrl));
  await step("seed accounts, venues and events", () => ticketctl({ root, env }, ["seed", "--demo"]));
  await step("build the storefront", () => buildWeb(root));
  const logDir = path.join(stateDir, "logs");
  const sandbox = { held: bank, books };
  running.app = await step("start the payment provider, the storefront and the worker", () =>
    startApp({ root, logDir, port, held, env, recorder, sandbox }),
  );
  return { url: running.app.url, env };
}

/** Settles when one of the servers dies by itself, which nobody should have to find out from a dead page. */
async function firstDeath({ services, app }: Running): Promise<never> {
  const children = [...(services?.children ?? []), ...(app?.children ?? [])];
  const { how, log } = await Promise.race(
    children.map(async ({ ended, logFile }) => ({ how: await ended, log: logFile })),
  );
  throw new PlainError(`${how}, so the demo stops. Its last words (${log}):\n\n${logTail(log)}`);
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options.help) {
    say(USAGE);
    return 0;
  }
  mkdirSync(stateDir, { recursive: true });
  refuseSecondDemo();
  const orphans = await stopOrphans(stateDir);
  if (orphans.length > 0) say(`    Stopped what a killed run left behind: ${orphans.join(", ")}.`);
  if (options.reset)
    await step("forget the old demo", () =>
      resetDemo(stateDir, [process.env["DATABASE_URL"], process.env["REDIS_URL"]]),
    );
  const recorder = recordRun(stateDir, "demo");
  const running: Running = {};
  const stop = async () => {
    running.drill?.stop();
    await Promise.all(running.held?.map((held) => held.release()) ?? []);
    await running.app?.stop();
    await running.services?.stop();
    rmSync(envFile, { force: true });
    recorder.close();
  };
  const signals = stopOnSignal(async () => {
    say("\n    Stopping.");
    await stop();
  }, 0);
  try {
    const { url, env } = await bringUp(recorder, running);
    const drill = async (): Promise<number> => {
      if (options["no-drill"]) return 0;
      say("\nA release day, in short\n");
      return ticketctlInTheOpen(
        { root, env },
        ["drill", "--short", "--url", url, "--out", drillDir],
        (runner) => {
          running.drill = runner;
        },
      );
    };
    const drillCode = await Promise.race([drill(), firstDeath(running)]);
    if (drillCode !== 0 && !signals.stopping()) say(`\nThe drill failed with exit code ${drillCode}.`);
    // Only now, or the build and the drill would use up the time until the draw.
    const seeded = await step("open a lobby", () =>
      ticketctl({ root, env }, ["seed", "--demo", "--lobby", "--json"]),
    );
    if (options.exit) return drillCode === 0 ? 0 : 1;
    say(
      describeDemo({
        url,
        logins: parseLogins(seeded),
        lobby: parseLobby(seeded),
        report: options["no-drill"] ? undefined : path.join(drillDir, "report.html"),
      }),
    );
    return await firstDeath(running);
  } finally {
    if (signals.stopping()) await signals.left;
    else await stop();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  sayError(error);
  process.exitCode = 1;
}
