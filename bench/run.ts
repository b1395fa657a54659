/**
 * Runs benches on a Postgres and a Redis of their own, with fsync and the append-only file on as in production.
 *
 *   node bench/run.ts [hold-core] [orders-writer] [hold-http] [purchase] [profile] [line] [pages] [--tiny] [--report=FILE] [--json]
 *
 * All of them when none is named. --tiny: each with so few that it only says whether it still runs; --report: a file for
 * how many did.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { anyFreePort } from "../scripts/services/free-port.ts";
import { recordRun } from "../scripts/services/run-records.ts";
import { startServices } from "../scripts/services/start-services.ts";

const BENCHES = ["hold-core", "orders-writer", "hold-http", "purchase", "profile", "line", "pages"] as const;
const stateDir = path.join(import.meta.dirname, "..", ".onsale");

const named = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const options = process.argv.slice(2).filter((argument) => argument.startsWith("--"));
const REPORT = "--report=";
const report = options.find((option) => option.startsWith(REPORT))?.slice(REPORT.length);
const flags = options.filter((option) => !option.startsWith(REPORT));
const chosen = named.length > 0 ? named : BENCHES;
const unknown = named.find((name) => !BENCHES.some((bench) => bench === name));
if (unknown !== undefined) throw new Error(`there is no bench "${unknown}"; there are ${BENCHES.join(", ")}`);

const services = await startServices({
  dir: stateDir,
  throwaway: true,
  recorder: recordRun(stateDir, "bench"),
});
const pidOf = (name: string) => String(services.children.find((child) => child.name === name)?.pid);
const port = await anyFreePort();
const env: NodeJS.ProcessEnv = {
  ...process.env,
  DATABASE_URL: services.databaseUrl,
  REDIS_URL: services.redisUrl,
  POSTGRES_PID: pidOf("postgres"),
  REDIS_PID: pidOf("redis-server"),
  AUTH_SECRET: randomBytes(32).toString("base64"),
  TICKET_SIGNING_KEY: randomBytes(32).toString("base64url"),
  PORT: String(port),
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  LOG_LEVEL: "error",
  NODE_ENV: "production",
};
let failures = 0;
try {
  for (const bench of chosen) {
    if (!flags.includes("--json")) console.log(`\n${bench}`);
    const args = [path.join(import.meta.dirname, `${bench}.ts`), ...flags];
    if (bench === "hold-core") args.push("--redis", services.redisUrl);
    if (bench === "orders-writer") args.push("--url", services.databaseUrl);
    const code = await new Promise<number | null>((resolve) => {
      const child = spawn(process.execPath, args, { stdio: "inherit", env });
      child.on("exit", resolve);
    });
    if (code === 0) continue;
    failures += 1;
    console.error(`${bench} ended with ${code ?? "a signal"}`);
  }
} finally {
  await services.stop();
}
if (report !== undefined)
  writeFileSync(report, JSON.stringify({ passed: chosen.length - failures, failed: failures }));
process.exitCode = failures > 0 ? 1 : 0;
