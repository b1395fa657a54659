import type { RunningSandbox, SandboxServerSettings } from "@onsale/api/compose/sandbox-server";
import { type Command, Option } from "commander";
import { addCommand, type Cli } from "../cli.ts";
import { CliError } from "../cli-error.ts";
import { wholeNumber } from "../options.ts";

type Options = {
  readonly json?: boolean;
  readonly host: string;
  readonly port: number;
  readonly books: string;
  readonly publicUrl?: string;
  readonly webhookUrl?: string;
  readonly delayMs: number;
};

export function addServeSandboxCommand(program: Command, cli: Cli): void {
  addCommand(program, {
    name: "serve-sandbox",
    about:
      "The sandbox payment provider as a third party: a process with books, calls and a confirmation page of its own. The shop finds it at SANDBOX_URL and shows it SANDBOX_KEY, which both are started with. SIGTERM and Ctrl-C let it answer what it was asked.",
    examples: [
      [
        "serve-sandbox --webhook-url http://127.0.0.1:3000/api/webhooks/sandbox",
        "beside a shop on this machine, until it is stopped",
      ],
      ["serve-sandbox --books :memory: --delay-ms 300", "forgets all with its end; each answer takes 300 ms"],
    ],
  })
    .option("--port <n>", "where it listens; 0 for a free one", wholeNumber(0, 65_535), 3100)
    .option("--host <address>", "on which address", "127.0.0.1")
    .option("--books <file>", "where it keeps its books, or :memory:", "sandbox-books.db")
    .option("--public-url <url>", "where browsers reach it (default: where it listens)")
    .option("--webhook-url <url>", "who is told when a payment changes (default: nobody)")
    .addOption(
      new Option("--delay-ms <n>", "hold each answer to the shop back so long")
        .argParser(wholeNumber(0, 600_000))
        .default(0),
    )
    .action((options: Options) => run(cli, options));
}

async function run(cli: Cli, options: Options): Promise<void> {
  cli.drain = true;
  const { startSandboxServer } = await import("@onsale/api/compose/sandbox-server");
  const sandbox = await started(startSandboxServer, await settingsOf(cli, options));
  if (options.json) cli.output.json({ ok: true, url: sandbox.url, pid: process.pid });
  else cli.output.note(`The sandbox provider listens at ${sandbox.url} (process ${process.pid}).`);
  await new Promise<void>((resolve) => {
    if (cli.signal.aborted) resolve();
    else cli.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await sandbox.close();
}

async function settingsOf(cli: Cli, options: Options): Promise<SandboxServerSettings> {
  const { loadSandboxSecrets } = await import("@onsale/api/config");
  const secrets = loadSandboxSecrets(cli.env);
  if (!secrets) throw new CliError("no_sandbox_key");
  const { host, port, books, delayMs } = options;
  return {
    ...secrets,
    host,
    port,
    books,
    delayMs,
    publicUrl: urlOf(options.publicUrl),
    webhookUrl: urlOf(options.webhookUrl),
    handedSocket: cli.env["HANDED_SOCKET"] === "1",
    instanceId: cli.env["INSTANCE_ID"] ?? null,
    onFault: (error) => cli.output.fail(String(error)),
  };
}

function urlOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) throw new CliError("not_http", { url: text });
  return text;
}

async function started(
  start: (settings: SandboxServerSettings) => Promise<RunningSandbox>,
  settings: SandboxServerSettings,
): Promise<RunningSandbox> {
  try {
    return await start(settings);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError("sandbox_not_up", { reason, books: settings.books }, { cause });
  }
}
