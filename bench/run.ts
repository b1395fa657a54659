/**
 * Runs benches on a Postgres and a Redis of their own, with fsync and the append-only file on as in production.
 *
 *   node bench/run.ts [hold-core] [orders-writer] [hold-http] [purchase] [neighbour] [profile] [line] [pages] [--tiny] [--report=FILE] [--keep[=COMMIT]]
 *                     [--against=COMMIT] [--json]
 *
 * All of them when none is named. --tiny: each with so few that it only says whether it still runs; --report: a file for
 * how many did. --keep: the figures go into docs/quality/bench; --against: they are compared with what is kept there.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { anyFreePort } from "../scripts/services/free-port.ts";
import { recordRun } from "../scripts/services/run-records.ts";
import { startServices } from "../scripts/services/start-services.ts";
import { commitHere, keep, ratiosOf, readKept } from "./kept-results.ts";

const BENCHES = [
  "hold-core",
  "orders-writer",
  "hold-http",
  "purchase",
  "neighbour",
  "profile",
  "line",
  "pages",
] as const;
const stateDir = path.join(import.meta.dirname, "..", ".onsale");

const named = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const options = process.argv.slice(2).filter((argument) => argument.startsWith("--"));
const OWN = /^--(report|keep|against)(?:=(.*))?$/;
/** undefined: not given; "": given without a value. */
const own = (name: string) =>
  options
    .map((option) => OWN.exec(option))
    .find((match) => match?.[1] === name)
    ?.map((part) => part ?? "")[2];
const [report, kept, against] = [own("report"), own("keep"), own("against")];
const isKept = kept !== undefined || against !== undefined;
const flags = options.filter((option) => !OWN.test(option));
if (isKept && !flags.includes("--json")) flags.push("--json");
const past = against === undefined ? null : readKept(against);
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
const results: Record<string, unknown> = {};

/** What it says is shown as it comes, or taken where it is to be kept. */
function run(args: readonly string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      stdio: ["inherit", isKept ? "pipe" : "inherit", "inherit"],
      env,
    });
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.on("close", (code) => resolve({ code, said }));
  });
}

let failures = 0;
try {
  for (const bench of chosen) {
    if (!flags.includes("--json")) console.log(`\n${bench}`);
    const args = [path.join(import.meta.dirname, `${bench}.ts`), ...flags];
    if (bench === "hold-core") args.push("--redis", services.redisUrl);
    if (bench === "orders-writer") args.push("--url", services.databaseUrl);
    const { code, said } = await run(args);
    if (isKept) results[bench] = JSON.parse(said);
    if (code === 0) continue;
    failures += 1;
    console.error(`${bench} ended with ${code ?? "a signal"}`);
  }
} finally {
  await services.stop();
}
if (kept !== undefined) console.log(`kept in ${keep(kept === "" ? commitHere() : kept, results)}`);
if (past !== null) console.table(ratiosOf(past.results, results));
if (report !== undefined)
  writeFileSync(report, JSON.stringify({ passed: chosen.length - failures, failed: failures }));
process.exitCode = failures > 0 ? 1 : 0;
