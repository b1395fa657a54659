import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Container } from "@onsale/api/container";
import { brokePromise, type DrillReport } from "@onsale/core/drill/drill-report";
import { AppError } from "@onsale/core/shared/errors";
import { type Command, Option } from "commander";
import { addCommand, type Cli } from "../cli.ts";
import { type DrillWishes, drillSettings } from "../drill/drill-settings.ts";
import { EXIT, EXIT_BY_CATEGORY } from "../exit-codes.ts";
import { writeText } from "../files.ts";
import { makeContainerOpener } from "../open-container.ts";
import { wholeNumber } from "../options.ts";

type Options = Omit<DrillWishes, "url" | "short"> & {
  readonly json?: boolean;
  readonly url?: string;
  readonly up?: boolean;
  readonly short?: boolean;
  readonly out?: string;
};

const FANS_MAX = 200_000;
const PLACES_MIN = 12;
const PLACES_MAX = 200_000;

export function addDrillCommand(program: Command, cli: Cli): void {
  const count = (min: number, max: number) => wholeNumber(min, max);
  addCommand(program, {
    name: "drill",
    about:
      "Sell an event of its own to thousands of virtual fans over real HTTP, then say how fast it was and whether every seat was sold once. Exit code 3 when a promise was broken, 1 when fans got answers that they should never get.",
    examples: [
      ["drill --up --fans 10000 --seats 2000", "everything it needs, from a clean checkout"],
      ["drill --short", "300 fans for 200 places, within 20 seconds"],
      ["drill --event night-of-strings-2027-03-05", "a clone of that event's house and prices"],
      ["drill --up --json --out report", "for a script; report.json and report.html in report/"],
    ],
  })
    .option("--url <url>", "the server to drill (default: PUBLIC_URL)")
    .addOption(
      new Option("--up", "bring up a throwaway Postgres, Redis, server and worker").conflicts([
        "url",
        "event",
      ]),
    )
    .option("--fans <n>", "how many come (default: 1000)", count(1, FANS_MAX))
    .addOption(
      new Option("--seats <n>", "places to sell (default: two for three fans)")
        .argParser(count(PLACES_MIN, PLACES_MAX))
        .conflicts("event"),
    )
    .option("--event <event>", "slug or id of an event whose house and prices to use")
    .option("--seed <n>", "same seed, same crowd (default: 1)", count(0, 2 ** 31))
    .option(
      "--ramp <seconds>",
      "how long the crowd takes to arrive (default: 100 fans per second)",
      count(0, 3_600),
    )
    .option("--abandon <percent>", "fans who leave their seats behind (default: 8)", count(0, 80))
    .option("--contested <percent>", "fans who fight for the same few seats (default: 25)", count(0, 100))
    .option("--concurrency <n>", "connections at once (default: 256)", count(1, 5_000))
    .option("--short", "small and quick")
    .option("--out <folder>", "write report.json and report.html there")
    .action((options: Options) => run(cli, options));

  program
    .command("serve-api", { hidden: true })
    .description("The API without pages; what drill --up starts.")
    .action(async () => {
      cli.drain = true;
      const { serveApi } = await import("../drill/serve-api.ts");
      await serveApi(await cli.container({ logs: true }), cli.signal);
    });
}

async function run(cli: Cli, options: Options): Promise<void> {
  // Whatever ends the drill, its event is closed and its servers are stopped.
  cli.drain = true;
  try {
    await (options.up ? runThrowaway(cli, options) : runLive(cli, options));
  } catch (error) {
    if (!cli.signal.aborted) throw error;
    cli.output.note("Stopped.");
  }
}

async function runLive(cli: Cli, options: Options): Promise<void> {
  const container = await cli.container();
  const url = options.url ?? container.config.publicUrl;
  await requireServer(url);
  await drill(cli, { container, options, url });
}

async function runThrowaway(cli: Cli, options: Options): Promise<void> {
  const { bringUp } = await import("../drill/up.ts");
  const throwaway = await bringUp(cli.output.note, async (env) => {
    const opener = makeContainerOpener(env);
    await (await opener.open()).migrate();
    await opener.close();
  });
  const opener = makeContainerOpener(throwaway.env);
  let keepLogs = true;
  try {
    await drill(cli, { container: await opener.open(), options, url: throwaway.url });
    keepLogs = cli.exitCode !== EXIT.ok;
    if (keepLogs) cli.output.note(`Logs of the server and the worker: ${throwaway.logDir}`);
  } finally {
    await opener.close();
    await throwaway.stop({ keepLogs: keepLogs && !cli.signal.aborted });
  }
}

type Drill = { readonly container: Container; readonly options: Options; readonly url: string };

async function drill(cli: Cli, { container, options, url }: Drill): Promise<void> {
  cli.signal.throwIfAborted();
  const { json, out, up: _up, short = false, ...wishes } = options;
  const settings = drillSettings({ ...wishes, short, url });
  const { runDrill } = await import("../drill/run-drill.ts");
  const progress = makeProgressLine(cli);
  const report = await runDrill({
    container,
    settings,
    signal: cli.signal,
    onProgress: progress.show,
  }).finally(progress.end);
  cli.exitCode = exitCodeOf(report);
  if (out !== undefined) await writeReport(out, report);
  if (json) {
    cli.output.json(report);
    return;
  }
  const { printDrillReport } = await import("../drill/report-terminal.ts");
  printDrillReport(cli.output, report);
  if (out !== undefined) cli.output.note(`Report: ${path.join(out, "report.html")}`);
}

function exitCodeOf(report: DrillReport): number {
  if (report.ok) return EXIT.ok;
  // Wrong and slow answers broke no promise.
  return brokePromise(report) ? EXIT.drift : EXIT_BY_CATEGORY.internal;
}

async function writeReport(folder: string, report: DrillReport): Promise<void> {
  const { drillPage } = await import("../drill/report-html/page.ts");
  await mkdir(folder, { recursive: true });
  await writeText(path.join(folder, "report.json"), `${JSON.stringify(report, null, 2)}\n`);
  await writeText(path.join(folder, "report.html"), drillPage(report));
}

async function requireServer(url: string): Promise<void> {
  const answer = await fetch(`${url}/healthz`).catch(() => null);
  if (answer?.ok) return;
  const what =
    answer === null ? `No server answers at ${url}` : `The server at ${url} says that it cannot sell`;
  throw new AppError(
    "service.unavailable",
    `${what}. Start one with \`npm run demo\`, or give drill --up to bring up its own.`,
  );
}

/** One line that is rewritten on a terminal, and nothing at all in a pipe. */
function makeProgressLine({ output: { terminal } }: Cli) {
  if (!terminal.stderrIsTty) return { show: () => undefined, end: () => undefined };
  return {
    show: (text: string) => terminal.stderr(`\r\u001B[2K${text.slice(0, terminal.columns - 1)}`),
    end: () => terminal.stderr("\r\u001B[2K"),
  };
}
