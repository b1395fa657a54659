import { type Command, Option } from "commander";
import { LineSettings, type LineState } from "@onsale/core/line/line";
import { addCommand, addGroup, type Cli } from "../cli.ts";
import { draw } from "../line/draw-command.ts";
import { duration, hexOf } from "../line/line-options.ts";
import { move, pull } from "../line/lever-commands.ts";
import { remove, setUp, show, waves } from "../line/line-commands.ts";
import { verify } from "../line/verify-command.ts";
import { watch } from "../line/watch-command.ts";
import { wholeNumber } from "../options.ts";

const EVENT = "night-of-strings-2027-03-05";
const CAP_MAX = 200_000;
const INFLOW_MAX = 20_000;
const WAVES_MAX = 200;
const ENTRY_HEX = 32;
const HASH_HEX = 64;

export function addLineCommands(program: Command, cli: Cli): void {
  const group = addGroup(program, "line", "Set up the line before a sale, run it, and check its draw.");
  addLooks(group, cli);
  addSetup(group, cli);
  addMoves(group, cli);
  addDials(group, cli);
  addVerify(group, cli);
}

/** A verb of one line: the event, and which of its lines. */
function addLineCommand(
  group: Command,
  {
    verb,
    about,
    examples,
  }: { verb: string; about: string; examples: readonly (readonly [string, string])[] },
): Command {
  return addCommand(group, {
    name: verb,
    about,
    examples: examples.map(([rest, does]) => [`line ${verb} ${rest}`.trim(), does] as const),
  })
    .argument("<event>", "slug or id")
    .option("--window <key>", "the line of this sale window (default: public, or the only one)");
}

function addLooks(group: Command, cli: Cli): void {
  addLineCommand(group, {
    verb: "show",
    about: "Every line of an event: state, times, rules, and how it stands right now.",
    examples: [[EVENT, "all its lines"]],
  }).action((event: string, options) => show(cli, event, options));
  addLineCommand(group, {
    verb: "waves",
    about: "Who was let in when, and what set the size of each wave. Newest first.",
    examples: [[`${EVENT} --limit 60`, "the last minute of a busy line"]],
  })
    .option("--limit <n>", "at most this many", wholeNumber(1, WAVES_MAX), 20)
    .option("--before <seq>", "those before this wave", wholeNumber(1, 2 ** 31))
    .action((event: string, options) => waves(cli, event, options));
  addLineCommand(group, {
    verb: "watch",
    about:
      "A live view, painted in place on a terminal; one line a second in a pipe, one JSON object a second with --json. Ends with the line, or with Ctrl-C.",
    examples: [
      [EVENT, "on a second screen"],
      [`${EVENT} --json --seconds 60 > release.ndjson`, "a minute for later"],
    ],
  })
    .option("--seconds <n>", "stop after so many", wholeNumber(1, 86_400))
    .action((event: string, options) => watch(cli, event, options));
}

function addSetup(group: Command, cli: Cli): void {
  addLineCommand(group, {
    verb: "setup",
    about:
      "Make a line for a sale window, or change one whose lobby was never open. What is left out keeps its value. A time is now, +10m, 2027-03-05 10:00 on the venue's clock, or an instant with its zone.",
    examples: [
      [`${EVENT} --cap 400 --inflow 40`, "draws when the public sale opens"],
      [`${EVENT} --window friends --draws '2027-03-04 09:00' --verified-email`, "for a presale"],
      [`${EVENT} --public-value-source 'drand round 5123456'`, "the draw waits for that value"],
    ],
  })
    .option("--lobby <time>", "the lobby opens (default: half an hour before the draw)")
    .option("--draws <time>", "the draw and the first wave (default: when the window opens)")
    .option("--cap <n>", "inside at once (default: 500)", wholeNumber(1, CAP_MAX))
    .option("--inflow <n>", "let in per second at most (default: 50)", wholeNumber(1, INFLOW_MAX))
    .option("--pass <time>", "a pass without a sign of life ends after this (default: 2m)", duration)
    .option("--inside <time>", "time to choose and pay (default: 15m)", duration)
    .option("--grace <time>", "a missed turn is kept for this (default: 10m)", duration)
    .addOption(
      new Option("--one-per <what>", "one place per account, or per mailbox").choices(
        LineSettings.shape.onePer.unwrap().options,
      ),
    )
    .option("--verified-email", "only accounts with a confirmed address may join")
    .option("--no-verified-email", "any account may join")
    .option("--public-value-source <text>", "names the value that the draw waits for; '' for none")
    .option("--notice <text>", "shown to fans in the lobby and the line")
    .option("--yes", "yes, also while this sale is open: it stops at once")
    .action((event: string, options) => setUp(cli, event, options));
  addLineCommand(group, {
    verb: "remove",
    about: "Take back a line whose lobby was never open; the sale goes on without it. Needs --yes.",
    examples: [[`${EVENT} --yes`, "it was set up by mistake"]],
  })
    .option("--yes", "yes, remove it")
    .action((event: string, options) => remove(cli, event, options));
}

const MOVES: readonly {
  readonly verb: string;
  readonly to: LineState;
  readonly about: string;
  readonly does: string;
  readonly done: string;
  readonly final?: boolean;
}[] = [
  {
    verb: "open",
    to: "lobby",
    about:
      "Open the lobby now: fans may join, the commitment of the draw is published, the settings are fixed.",
    does: "before its time",
    done: "The lobby is open",
  },
  {
    verb: "pause",
    to: "paused",
    about: "Let nobody in from the next second on. Those inside may finish; everybody keeps their number.",
    does: "at once",
    done: "Paused",
  },
  {
    verb: "resume",
    to: "open",
    about: "Go on after a pause where the line stopped, or let fans join again after a drain.",
    does: "waves go on within a second",
    done: "Open",
  },
  {
    verb: "drain",
    to: "draining",
    about: "Let nobody join any more; those in the line are still let in. `resume` takes it back.",
    does: "towards the end of a sale",
    done: "Draining",
  },
  {
    verb: "close",
    to: "closed",
    about:
      "End the line for good: those who wait lose their place, and what is left is sold without it. Needs --yes.",
    does: "cannot be undone",
    done: "Closed",
    final: true,
  },
];

function addMoves(group: Command, cli: Cli): void {
  for (const { verb, about, does, final = false, ...rest } of MOVES) {
    const command = addLineCommand(group, {
      verb,
      about,
      examples: [[final ? `${EVENT} --yes` : EVENT, does]],
    });
    if (final) command.option("--yes", "yes, for good");
    command.action((event: string, options) => move(cli, event, { ...rest, verb, final, ...options }));
  }
  addLineCommand(group, {
    verb: "draw",
    about:
      "Close the lobby before its time and draw (needs --yes), or give a lobby that is closed the value its draw waits for.",
    examples: [
      [`${EVENT} --yes`, "now; who comes later stands behind"],
      [`${EVENT} --public-value 8a2f...`, "once it is known, after the lobby closed"],
    ],
  })
    .option("--public-value <text>", "exactly as its source shows it; it cannot be changed")
    .option("--yes", "yes, close the lobby now")
    .action((event: string, options) => draw(cli, event, options));
}

function addDials(group: Command, cli: Cli): void {
  addLineCommand(group, {
    verb: "cap",
    about: "How many may be inside at once. A lower cap sends nobody out.",
    examples: [[`${EVENT} 300`, "nobody new until fewer than 300 are inside"]],
  })
    .argument("<n>", "passes that are valid at once", wholeNumber(0, CAP_MAX))
    .action((event: string, cap: number, options) => pull(cli, event, { levers: { cap }, options }));
  addLineCommand(group, {
    verb: "inflow",
    about: "How many may be let in within one second.",
    examples: [[`${EVENT} 20`, "a gentler start"]],
  })
    .argument("<n>", "fans per second", wholeNumber(0, INFLOW_MAX))
    .action((event: string, inflowPerSecond: number, options) =>
      pull(cli, event, { levers: { inflowPerSecond }, options }),
    );
  addLineCommand(group, {
    verb: "slow",
    about: "Let in this share of what the other limits allow; 100 is full pace.",
    examples: [
      [`${EVENT} 25`, "a quarter"],
      [`${EVENT} 100`, "full pace again"],
    ],
  })
    .argument("<percent>", "1 to 100", wholeNumber(1, 100))
    .action((event: string, pacePct: number, options) => pull(cli, event, { levers: { pacePct }, options }));
  addLineCommand(group, {
    verb: "notice",
    about: "Words to everybody in the lobby and the line; '' takes them away.",
    examples: [
      [
        `${EVENT} 'Doors open an hour later. Your place is safe.'`,
        "read with the next look, within half a minute",
      ],
    ],
  })
    .argument("<text>", "at most 500 characters")
    .action((event: string, notice: string, options) => pull(cli, event, { levers: { notice }, options }));
}

function addVerify(group: Command, cli: Cli): void {
  addCommand(group, {
    name: "verify",
    about:
      "Recompute a draw from its published file alone: seed against commitment, order, root. Exit code 2 when it does not hold, with the rule and the place. docs/fair-draw.md has the rule.",
    examples: [
      [`line verify ${EVENT}`, "the draw of this installation"],
      ["line verify --file draw.json --entry 5f0c...", "somebody else's, without any service"],
      [
        "line verify --url https://onsale.example/api/lines/ID/draw.json --commitment 9f86...",
        "with what was published before",
      ],
      ["line verify --path path.json --root 3b1d...", "that an entry took part, without the file"],
    ],
  })
    .argument("[event]", "slug or id; its line's file and what was published before it")
    .option("--window <key>", "the line of this sale window (default: public, or the only one)")
    .option("--file <file>", "a draw.json, or - for standard input")
    .option("--url <url>", "where a draw.json is")
    .option("--entry <id>", "whose number to tell; 32 hex digits", hexOf(ENTRY_HEX))
    .option("--path <file>", "an inclusion path as a fan has it, to check as well")
    .option("--commitment <hex>", "as it was published when the lobby opened", hexOf(HASH_HEX))
    .option("--root <hex>", "as it was published when the lobby had closed", hexOf(HASH_HEX))
    .action((event: string | undefined, options) => verify(cli, event, options));
}
