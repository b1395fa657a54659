import { mkdir, rename } from "node:fs/promises";
import path from "node:path";
import type { Container } from "@onsale/api/compose/container";
import { brokePromise, type DrillReport } from "@onsale/core/drill/drill-report";
import { ALLOWED, parseFaults, type ScheduledFault } from "@onsale/core/drill/faults";
import { readRecording } from "@onsale/core/drill/replay";
import type { SignedReport } from "@onsale/core/drill/report-schema";
import { type Command, Option } from "commander";
import { addCommand, type Cli } from "../cli.ts";
import { type DrillWishes, drillSettings } from "../drill/drill-settings.ts";
import { type DrillTemplate, templateOf } from "../drill/drill-template.ts";
import type { FaultTools } from "../drill/fault-runner.ts";
import { makeLiveView } from "../drill/live-view/live-view.ts";
import { signReport } from "../drill/report-signature.ts";
import { reportSigningKey } from "../drill/report-signature-key.ts";
import { EXIT, EXIT_BY_CATEGORY } from "../exit-codes.ts";
import { readText, writeText } from "../files.ts";
import { makeContainerOpener } from "../open-container.ts";
import { wholeNumber } from "../options.ts";
import { addDrillVerifyCommand } from "./drill-verify.ts";
import { CliError } from "../cli-error.ts";

type Options = Omit<DrillWishes, "url" | "short" | "event" | "replay" | "faults"> & {
  readonly event?: string;
  readonly json?: boolean;
  readonly url?: string;
  readonly up?: boolean;
  readonly short?: boolean;
  readonly out?: string;
  readonly replay?: string;
  readonly compress?: number;
  readonly fault?: string;
};

const FANS_MAX = 200_000;
const BOTS_MAX = 50_000;
const COMPRESS = 60;
const PLACES_MIN = 12;
const PLACES_MAX = 200_000;

export function addDrillCommand(program: Command, cli: Cli): void {
  const command = addCommand(program, {
    name: "drill",
    about:
      "Sell an event of its own to thousands of virtual fans over real HTTP, line and bots included, then say how fast and how fair it was and whether every seat was sold once. Exit code 3 when a promise was broken, 1 when a target was missed or fans got answers that they should never get.",
    examples: [
      ["drill --up --fans 10000 --seats 2000", "everything it needs, from a clean checkout"],
      [
        "drill --up --fans 10000 --bots 2000 --seats 2000",
        "with hoarders, line jumpers, guessers and hammerers",
      ],
      ["drill --up --fault T+15:flush-redis", "Redis loses its data in the middle of the sale"],
      ["drill --short", "300 fans for 200 places, within a minute"],
      ["drill --event night-of-strings-2027-03-05", "a clone of that event's venue, plan and prices"],
      ["drill --up --json --out report", "for a script; report.json, report.html and draw.json in report/"],
    ],
  });
  addCrowdOptions(addLineOptions(command))
    .option("--url <url>", "the server to drill (default: PUBLIC_URL)")
    .addOption(new Option("--up", "bring up a throwaway Postgres, Redis, server and worker").conflicts("url"))
    .option(
      "--fans <n>",
      "how many come (default: 1000; with --event three for two places, 10,000 at most)",
      count(1, FANS_MAX),
    )
    .option("--bots <n>", "how many come with them (default: 0)", count(0, BOTS_MAX))
    .addOption(
      new Option("--seats <n>", "places to sell (default: two for three fans)")
        .argParser(count(PLACES_MIN, PLACES_MAX))
        .conflicts("event"),
    )
    .option(
      "--event <event>",
      "slug or id of an event whose plan, prices and limit to clone; with --up into the throwaway one",
    )
    .option("--seed <n>", "same seed, same crowd (default: 1)", count(0, 2 ** 31))
    .option(
      "--fault <schedule>",
      "break something meanwhile, such as T+30:kill-worker,T+45:flush-redis; with --up",
    )
    .option("--concurrency <n>", "connections at once (default: 256)", count(1, 5_000))
    .option("--short", "small and quick")
    .option("--out <folder>", "write report.json, report.html and the published draw, draw.json, there")
    .action((options: Options) => run(cli, options));
  addDrillVerifyCommand(command, cli);

  program
    .command("serve-api", { hidden: true })
    .description("The API without pages; what drill --up starts.")
    .action(async () => {
      cli.drain = true;
      const { serveApi } = await import("../drill/serve-api.ts");
      await serveApi(await cli.container({ logs: true }), cli.signal);
    });
}

const count = (min: number, max: number) => wholeNumber(min, max);

function addLineOptions(command: Command): Command {
  return command
    .option("--no-line", "sell without a line, as fast as people come")
    .option(
      "--lobby <seconds>",
      "how long the lobby is open before the release (default: 160 fans a second)",
      count(2, 3_600),
    )
    .option(
      "--cap <n>",
      "most passes at once (default: a fifth of the places, 120 at most)",
      count(1, 100_000),
    )
    .option(
      "--inflow <n>",
      "most let in per second (default: 3 in 100 places, 15 at most)",
      count(1, 20_000),
    );
}

function addCrowdOptions(command: Command): Command {
  return command
    .option("--ramp <seconds>", "how long those take to arrive who come after the release", count(0, 3_600))
    .addOption(
      new Option("--poisson <rate>", "an even stream of so many fans per second instead of a rush")
        .argParser(count(1, 10_000))
        .conflicts("replay"),
    )
    .option("--replay <csv>", "the order times and parties of a recorded sale instead")
    .option("--compress <n>", "how many times faster than it was recorded (default: 60)", count(1, 1_000_000))
    .option("--abandon <percent>", "fans who leave their seats behind (default: 8)", count(0, 80))
    .option("--contested <percent>", "fans who fight for the same few seats (default: 25)", count(0, 100));
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
  if (options.fault !== undefined) throw new CliError("fault_needs_up");
  const container = await cli.container();
  const url = options.url ?? container.config.publicUrl;
  await requireServer(url);
  if (container.config.trustedProxyHops === 0)
    cli.output.note("TRUSTED_PROXY_HOPS is 0: all fans share one address, and the limits of one address.");
  const template = await cloned(cli, options);
  await drill(cli, { container, options, url, faultTools: null, template });
}

async function runThrowaway(cli: Cli, options: Options): Promise<void> {
  const faults = scheduled(options);
  // From the services that are configured, into those that are thrown away.
  const template = await cloned(cli, options);
  const [{ bringUp }, { throwawayFaults }] = await Promise.all([
    import("../drill/up.ts"),
    import("../drill/up-faults.ts"),
  ]);
  const throwaway = await bringUp(cli.output.note, async (env) => {
    const opener = makeContainerOpener(env);
    await (await opener.open()).migrate();
    await opener.close();
  });
  for (const { second, kind } of faults) {
    const { says, recoverS } = ALLOWED[kind];
    cli.output.note(
      `T+${second} ${kind}; allowed: ${says.join("; ")}; for ${recoverS} s answers may be slow, and targets are judged beside them.`,
    );
  }
  const opener = makeContainerOpener(throwaway.env);
  let keepLogs = true;
  try {
    const container = await opener.open();
    const faultTools = throwawayFaults(throwaway, container);
    await drill(cli, { container, options, url: throwaway.url, faultTools, template });
    keepLogs = cli.exitCode !== EXIT.ok;
    if (keepLogs) cli.output.note(`Logs of the server and the worker: ${throwaway.logDir}`);
  } finally {
    await opener.close();
    await throwaway.stop({ keepLogs: keepLogs && !cli.signal.aborted });
  }
}

async function cloned(cli: Cli, { event }: Options): Promise<DrillTemplate | null> {
  return event === undefined ? null : templateOf(await cli.container(), event);
}

function scheduled({ fault }: Options): readonly ScheduledFault[] {
  return fault === undefined ? [] : parseFaults(fault);
}

/** The recorded sale of --replay, as a wish. */
async function recorded(
  cli: Cli,
  { replay, compress = COMPRESS }: Options,
): Promise<Pick<DrillWishes, "replay">> {
  if (replay === undefined) return {};
  const { orders, unread } = readRecording(await readText(replay));
  if (unread > 0) cli.output.note(`${unread} lines of ${replay} have no time and were left out.`);
  return { replay: { orders, compress } };
}

type Drill = {
  readonly container: Container;
  readonly options: Options;
  readonly url: string;
  readonly faultTools: FaultTools | null;
  readonly template: DrillTemplate | null;
};

async function drill(cli: Cli, { container, options, url, faultTools, template }: Drill): Promise<void> {
  cli.signal.throwIfAborted();
  const { json, out, up: _up, fault: _fault, replay: _replay, compress: _compress, ...rest } = options;
  const { short = false, event: _event, ...wishes } = rest;
  const replay = await recorded(cli, options);
  const settings = drillSettings({
    ...wishes,
    ...replay,
    ...(template?.slug ? { event: { slug: template.slug, places: template.places } } : {}),
    faults: scheduled(options),
    short,
    url,
  });
  // Before the drill: a key that is none must not cost its report.
  const seed = await reportSigningKey(cli.env);
  const { runDrill } = await import("../drill/run-drill.ts");
  const progress = makeLiveView(cli.output);
  const done = await runDrill({
    container,
    settings,
    template,
    signal: cli.signal,
    onProgress: progress.show,
    faultTools,
  }).finally(progress.end);
  const { drawText } = done;
  const report = signReport(done.report, { seed, nowMs: Date.now() });
  cli.exitCode = exitCodeOf(report);
  if (out !== undefined) await writeReport(out, report, drawText);
  for (const { second, kind, onlyAllowed, beyond } of report.faults)
    cli.output.note(
      `T+${second} ${kind}: ${onlyAllowed ? "only what was allowed happened" : beyond.join("; ")}.`,
    );
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

async function writeReport(folder: string, report: SignedReport, drawText: string | null): Promise<void> {
  const { drillPage } = await import("../drill/report-html/page.ts");
  await mkdir(folder, { recursive: true });
  const write = async (name: string, text: string) => {
    // By name, so that a shell that sends --json into the same file does not write into this one.
    await writeText(path.join(folder, `${name}.part`), text);
    await rename(path.join(folder, `${name}.part`), path.join(folder, name));
  };
  await write("report.json", `${JSON.stringify(report, null, 2)}\n`);
  await write("report.html", drillPage(report));
  if (drawText !== null) await write("draw.json", drawText);
}

async function requireServer(url: string): Promise<void> {
  const answer = await fetch(`${url}/healthz`).catch(() => null);
  if (answer?.ok) return;
  throw new CliError("no_server", { url, answers: answer !== null });
}
