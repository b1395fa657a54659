import type { Command } from "commander";
import { addCommand, type Cli } from "../cli.ts";
import { makeProgress } from "../progress.ts";
import { DEMO_ACCOUNTS } from "../seed/demo-accounts.ts";
import { DEMO_EVENTS } from "../seed/demo-events.ts";
import { seedDemo } from "../seed/seed-demo.ts";
import { type OpenLobby, seedLobby } from "../seed/seed-lobby.ts";
import { formatLeft, plural } from "../words.ts";
import { CliError } from "../cli-error.ts";

type Options = {
  readonly json?: boolean;
  readonly demo?: boolean;
  readonly lobby?: boolean;
  readonly yes?: boolean;
};

export function addSeedCommand(program: Command, cli: Cli): void {
  addCommand(program, {
    name: "seed",
    about:
      "Fill an installation with things to look at: accounts, two venues, events on sale. Running it twice changes nothing.",
    examples: [
      ["seed --demo", "accounts with known passwords, for a machine nobody else can reach"],
      ["seed --demo --lobby", "and a draw to take part in, four minutes from now"],
    ],
  })
    .option("--demo", "the demo's accounts, venues and events")
    .option(
      "--lobby",
      "with --demo: a lobby that is open now, with fans in it; a new event once it was drawn",
    )
    .option("--yes", "also where PUBLIC_URL is not this machine, in spite of the known passwords")
    .action((options: Options) => run(cli, options));
}

async function run(cli: Cli, options: Options): Promise<void> {
  if (!options.demo) throw new CliError("seed_what");
  const container = await cli.container();
  refusePublicPlace(container.config.publicUrl, options.yes === true);
  const progress = makeProgress(cli.output.terminal, "seeding", DEMO_EVENTS.length);
  const seeded = await seedDemo(container, progress.step).finally(progress.end);
  const lobby = options.lobby ? await seedLobby(container) : null;
  const accounts = DEMO_ACCOUNTS.map(({ label, email, password }) => ({ role: label, email, password }));
  if (options.json) {
    cli.output.json({ ok: true, ...seeded, logins: accounts, lobby });
    return;
  }
  const { accountsCreated, venuesCreated, eventsCreated } = seeded;
  if (accountsCreated + venuesCreated + eventsCreated === 0)
    cli.output.good("The demo is here already; nothing was changed");
  else
    cli.output.good(
      [
        plural(accountsCreated, "account"),
        plural(venuesCreated, "venue"),
        `${plural(eventsCreated, "event")} on sale`,
      ].join(", "),
    );
  if (lobby) cli.output.good(lobbyWords(lobby, container.clock.nowMs()));
  cli.output.line();
  cli.output.table(accounts, [
    { head: "role", of: (account) => account.role },
    { head: "e-mail", of: (account) => account.email },
    { head: "password", of: (account) => account.password },
  ]);
}

const lobbyWords = ({ title, fans, drawsAtMs, url }: OpenLobby, nowMs: number) =>
  `The lobby of ${title} is open with ${plural(fans, "fan")} in it, the draw is in ${formatLeft(drawsAtMs - nowMs)}: ${url}`;

/** Passwords that stand in a public repository open nothing that others can reach. */
function refusePublicPlace(publicUrl: string, yes: boolean): void {
  const host = new URL(publicUrl).hostname;
  if (yes || host === "localhost" || host.startsWith("127.") || host === "[::1]") return;
  throw new CliError("yes_demo", { url: publicUrl });
}
