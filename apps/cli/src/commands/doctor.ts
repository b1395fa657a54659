import { refusalWords } from "../words/refusal-words.ts";
import type { Container } from "@onsale/api/compose/container";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { addCommand, type Cli } from "../cli.ts";
import { bad, type Check, good, type Health, skipped, within } from "../doctor/check.ts";
import { checkDisk, checkNode } from "../doctor/machine.ts";
import { checkPostgres, checkSchema } from "../doctor/postgres.ts";
import { checkBacklog } from "../doctor/backlog.ts";
import { checkWeb } from "../doctor/web.ts";
import { checkWorker } from "../doctor/worker.ts";
import { checkRedis } from "../doctor/redis.ts";
import { EXIT } from "../exit-codes.ts";
import type { Tone } from "../output.ts";

export function addDoctorCommand(program: Command, cli: Cli): void {
  addCommand(program, {
    name: "doctor",
    about:
      "Check what Onsale stands on: Node, configuration, keys, Postgres, Redis, the worker, the web server, what waits for a worker, clocks, disk. Each fault comes with what to do.",
    examples: [
      ["doctor", "a table; exit code 9 when something is broken"],
      ["doctor --json", "for a monitor"],
    ],
  }).action(async (options: { json?: boolean }) => {
    const checks = await examine(cli);
    const ok = checks.every((check) => check.health !== "bad");
    if (!ok) cli.exitCode = EXIT.unhealthy;
    if (options.json) cli.output.json({ ok, checks });
    else print(cli, checks, ok);
  });
}

async function examine(cli: Cli): Promise<readonly Check[]> {
  const machine = [
    checkNode(process.version),
    ...(await within("disk", "Look into the disk.", async () => [await checkDisk(process.cwd())])),
  ];
  let container: Container;
  try {
    container = await cli.container();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const todo =
      "Set what is missing; docs/configuration.md says how. `npm run demo` sets all of it by itself.";
    const rest = [
      "auth secrets",
      "signing key",
      "postgres",
      "migrations",
      "redis",
      "worker",
      "web",
      ...WAITING,
    ].map((id) => skipped(id, "needs the configuration"));
    return [...machine, bad("configuration", refusalWords(error), todo), ...rest];
  }
  const { host, pathname } = new URL(container.config.databaseUrl);
  const postgresTodo = `Start Postgres at ${host}${pathname}, or correct DATABASE_URL.`;
  const redisTodo = `Start Redis at ${new URL(container.config.redisUrl).host}, or correct REDIS_URL.`;
  const [postgres, redis, worker, web] = await Promise.all([
    within("postgres", postgresTodo, () => checkPostgres(container)),
    within("redis", redisTodo, () => checkRedis(container)),
    within("worker", "Start Redis first: the worker is heard through it.", () => checkWorker(container)),
    within("web", "Start the web server, or correct PUBLIC_URL.", () => checkWeb(container)),
  ]);
  const isUp = postgres.some((check) => check.id === "postgres.durable");
  const schema = isUp
    ? await within("migrations", "Run `ticketctl migrate`.", () => checkSchema(container))
    : [skipped("migrations", "needs Postgres")];
  return [
    ...machine,
    good("configuration", "complete"),
    checkSecrets(container.config.authSecrets.length),
    good("signing key", `public key ${container.ticketPublicKey}`),
    ...postgres,
    ...schema,
    ...redis,
    ...worker,
    ...web,
    ...(await waiting(container, [...postgres, ...schema, ...redis])),
  ];
}

const WAITING = ["orders", "jobs", "mail"];

/** What waits stands in both stores; where one is away or of another version, that is the fault to mend first. */
async function waiting(container: Container, stores: readonly Check[]): Promise<readonly Check[]> {
  const areReady = ["postgres", "migrations", "redis"].every((id) =>
    stores.some((check) => check.id === id && check.health === "good"),
  );
  if (!areReady) return WAITING.map((id) => skipped(id, "needs Postgres with its migrations, and Redis"));
  return within("orders", "See what is said of Postgres and Redis.", () => checkBacklog(container));
}

function checkSecrets(count: number): Check {
  const found = count === 1 ? "one" : `${count}; one signs, what the others signed is read as well`;
  return good("auth secrets", found);
}

const TONE = { good: "good", warning: "plain", bad: "bad", skipped: "plain" } as const satisfies Record<
  Health,
  Tone
>;
const SIGN: Record<Health, string> = { good: "✓", warning: "!", bad: "✗", skipped: "-" };

function print({ output }: Cli, checks: readonly Check[], ok: boolean): void {
  output.table(checks, [
    { head: "", of: (check) => SIGN[check.health], tone: (check) => TONE[check.health] },
    { head: "check", of: (check) => check.id },
    { head: "found", of: (check) => check.found },
  ]);
  const open = checks.filter((check) => check.todo !== null);
  if (open.length > 0) output.line();
  for (const { id, todo } of open) output.line(`  ${output.strong(id)}: ${todo ?? ""}`);
  output.line();
  if (ok) output.good(open.length === 0 ? "Everything is well" : "It works, with warnings");
  else output.bad("Something is broken");
}
