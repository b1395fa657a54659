import { RISK_REASON_CHARS_MAX } from "@onsale/core/risk/risk-mark";
import type { RiskRow } from "@onsale/core/risk/risk-service";
import { countWords } from "@onsale/core/shared/page";
import type { Command } from "commander";
import { ACTOR, addCommand, addGroup, type Cli } from "../cli.ts";
import { wholeNumber } from "../options.ts";
import { formatSortable } from "@onsale/core/shared/format";
import { CliError } from "../cli-error.ts";

type Options = { readonly json?: boolean };
const FAN = "fan@onsale.example";
const time = (atMs: number) => `${formatSortable(atMs, "UTC")} UTC`;

export function addRiskCommands(program: Command, cli: Cli): void {
  const group = addGroup(
    program,
    "risk",
    "See whom the guard before a sale held up and why; clear or block them.",
  );
  addCommand(group, {
    name: "list",
    about: "Accounts that met a challenge or a refusal in the last day, and those that are marked.",
    examples: [["risk list", "the latest first"]],
  })
    .option("--limit <n>", "at most this many", wholeNumber(1, 500), 50)
    .action((options: Options & { limit: number }) => list(cli, options));
  addCommand(group, {
    name: "show",
    about: "What was seen of one account, and what was decided about it.",
    examples: [[`risk show ${FAN}`, "by e-mail address or id"]],
  })
    .argument("<account>", "e-mail address or id")
    .action((key: string, options: Options) => show(cli, key, options));
  addCommand(group, {
    name: "clear",
    about: "Let an account through without scores and challenges; ends a block.",
    examples: [[`risk clear ${FAN} --reason "a school class"`, "counts everywhere within two seconds"]],
  })
    .argument("<account>", "e-mail address or id")
    .requiredOption("--reason <words>", "kept in the audit trail")
    .action((key: string, options: Options & { reason: string }) =>
      decide(cli, key, { ...options, to: "clear" }),
    );
  addCommand(group, {
    name: "block",
    about: "Keep an account from joining lines, holding seats and paying.",
    examples: [[`risk block ${FAN} --reason "resells"`, "counts everywhere within two seconds"]],
  })
    .argument("<account>", "e-mail address or id")
    .requiredOption("--reason <words>", "kept in the audit trail")
    .action((key: string, options: Options & { reason: string }) =>
      decide(cli, key, { ...options, to: "block" }),
    );
}

async function list(cli: Cli, options: Options & { limit: number }): Promise<void> {
  const { riskService } = await cli.container();
  const { items: rows, total } = await riskService.list(ACTOR, { after: null, limit: options.limit });
  if (options.json) return cli.output.json({ ok: true, accounts: rows, total });
  if (rows.length === 0) return cli.output.note("Nobody was held up in the last day, and nobody is marked.");
  cli.output.table(rows, [
    { head: "account", of: ({ account }) => account.email },
    { head: "held up", of: ({ sighting }) => (sighting ? time(sighting.atMs) : "") },
    { head: "outcome", of: ({ sighting }) => (sighting ? `${sighting.outcome} ${sighting.action}` : "") },
    { head: "score", of: ({ sighting }) => sighting?.score ?? "", align: "right" },
    { head: "most of all", of: ({ sighting }) => signText(sighting?.signs[0]) },
    { head: "decision", of: ({ mark }) => mark?.state ?? "", tone: toneOf },
  ]);
  if (rows.length < total)
    cli.output.note(`${countWords(rows.length, total, ["account", "accounts"])}; see more with --limit.`);
}

async function show(cli: Cli, key: string, options: Options): Promise<void> {
  const { riskService } = await cli.container();
  const found = await riskService.get(ACTOR, key);
  if (options.json) return cli.output.json({ ok: true, ...found });
  const { output } = cli;
  const { account, mark, sighting, history } = found;
  output.line(output.strong(account.email));
  output.pairs([
    ["id", account.id],
    ["decision", mark ? `${mark.state} by ${mark.by}, ${time(mark.atMs)}: ${mark.reason}` : "none"],
    [
      "held up",
      sighting ? `${sighting.outcome} ${sighting.action}, ${time(sighting.atMs)}` : "not in the last day",
    ],
    ...(sighting
      ? ([
          ["score", sighting.score],
          ["address", sighting.address],
        ] as const)
      : []),
  ]);
  if (!sighting)
    output.note("Only of those who were held up is anything kept: their signs and address, for a day.");
  if (sighting) {
    output.line();
    output.table(sighting.signs, [
      { head: "sign", of: ({ sign }) => sign },
      { head: "seen", of: ({ seen }) => seen },
      { head: "points", of: ({ points }) => points },
    ]);
  }
  if (history.length > 1) {
    output.line();
    output.table(history, [
      { head: "decided", of: ({ atMs }) => time(atMs) },
      { head: "what", of: ({ state }) => state },
      { head: "by", of: ({ by }) => by },
      { head: "why", of: ({ reason }) => reason },
    ]);
  }
}

async function decide(
  cli: Cli,
  key: string,
  { to, reason, json }: Options & { to: "clear" | "block"; reason: string },
): Promise<void> {
  const why = reason.trim();
  if (why === "" || why.length > RISK_REASON_CHARS_MAX)
    throw new CliError("bad_reason", { max: RISK_REASON_CHARS_MAX });
  const { riskService } = await cli.container();
  const mark = await riskService[to](ACTOR, key, why);
  if (json) cli.output.json({ ok: true, mark });
  else cli.output.good(`${key} is ${mark.state}; it counts everywhere within two seconds`);
}

const signText = (sign: { sign: string; seen: number } | undefined) =>
  sign ? `${sign.sign.replaceAll("_", " ")} (${sign.seen})` : "";
const toneOf = ({ mark }: RiskRow) => (mark?.state === "blocked" ? "bad" : mark ? "good" : "plain");
