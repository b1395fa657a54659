import type { Command, Option } from "commander";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

type Word = readonly [word: string, about: string];
type Level = {
  readonly path: string;
  readonly words: readonly Word[];
  readonly options: readonly LongOption[];
};
type LongOption = {
  readonly name: string;
  readonly short: string | undefined;
  readonly about: string;
  /** What stands after it: one of these, something that nobody can list, or nothing. */
  readonly value: readonly string[] | "free" | "none";
};

/** A script without any call of ticketctl, which takes half a second to start: the commands are written into it. */
export function completionScript(program: Command, shell: Shell): string {
  const levels = levelsOf(program, []);
  if (shell === "fish") return fishScript(levels);
  const bash = bashScript(levels);
  return shell === "bash"
    ? bash
    : `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bash}`;
}

function levelsOf(command: Command, path: readonly string[]): Level[] {
  const help = command.createHelp();
  const children = help.visibleCommands(command).filter((child) => child.name() !== "help");
  const choices = help
    .visibleArguments(command)
    .flatMap((argument) => argument.argChoices ?? [])
    .map((choice) => [choice, ""] as const);
  const nouns = children.map((child) => [child.name(), child.description()] as const);
  return [
    {
      path: path.join(" "),
      words: [...nouns, ...choices],
      options: help.visibleOptions(command).map(longOption),
    },
    ...children.flatMap((child) => levelsOf(child, [...path, child.name()])),
  ];
}

function longOption({ long, short, flags, description, argChoices, ...option }: Option): LongOption {
  const value = option.required || option.optional ? (argChoices ?? "free") : "none";
  return { name: long ?? flags, short, about: description, value };
}

/**
 * The words typed so far that name a command, one after the other; an argument ends them. After an option come its values;
 * bash takes "--format=csv" apart into three words, zsh leaves it whole.
 */
function bashScript(levels: readonly Level[]): string {
  const known = levels.filter(({ path }) => path !== "").map(({ path }) => `"${path}"`);
  const words = levels.map(({ path, words: nouns, options }) => {
    const all = [...nouns.map(([word]) => word), ...options.map(({ name }) => name)];
    return `    "${path}") words="${all.join(" ")}" ;;`;
  });
  const values = levels.flatMap(({ path, options }) =>
    options.flatMap(({ name, short, value }) => {
      if (value === "none") return [];
      const after = [name, ...(short === undefined ? [] : [short])].map((flag) => `"${path} ${flag}"`);
      return [`    ${after.join("|")}) words="${value === "free" ? "" : value.join(" ")}" ;;`];
    }),
  );
  return [
    "_ticketctl() {",
    `  local cur="\${COMP_WORDS[COMP_CWORD]}" before="" kept="" path="" words="" i next`,
    `  ((COMP_CWORD > 0)) && before="\${COMP_WORDS[COMP_CWORD-1]}"`,
    `  if [[ "$cur" == "=" ]]; then cur=""`,
    `  elif [[ "$before" == "=" ]]; then before="\${COMP_WORDS[COMP_CWORD-2]}"`,
    `  elif [[ "$cur" == --*=* ]]; then before="\${cur%%=*}"; kept="$before="; cur="\${cur#*=}"`,
    "  fi",
    "  for ((i = 1; i < COMP_CWORD; i++)); do",
    `    next="\${path:+$path }\${COMP_WORDS[i]}"`,
    `    case "$next" in`,
    `      ${known.join("|")}) path="$next" ;;`,
    "    esac",
    "  done",
    `  case "$path" in`,
    ...words,
    "  esac",
    `  case "$path $before" in`,
    ...values,
    "  esac",
    `  COMPREPLY=($(compgen -P "$kept" -W "$words" -- "$cur"))`,
    "}",
    // Where no word fits, a file name does.
    "complete -o default -F _ticketctl ticketctl",
  ].join("\n");
}

function fishScript(levels: readonly Level[]): string {
  const known = levels.filter(({ path }) => path !== "").map(({ path }) => `'${path}'`);
  const lines = levels.flatMap(({ path, words, options }) => {
    const line = (what: string, about: string) =>
      `complete -c ticketctl -n "__ticketctl_at '${path}'" ${what} -d '${quoted(about)}'`;
    return [
      ...words.map(([word, about]) => line(`-f -a '${word}'`, about)),
      ...options.map(({ name, short, about, value }) =>
        line(
          `-l ${name.slice(2)}${short === undefined ? "" : ` -s ${short.slice(1)}`}${valueInFish(value)}`,
          about,
        ),
      ),
    ];
  });
  return [
    "function __ticketctl_at",
    "  set -l path ''",
    "  for word in (commandline -opc)[2..-1]",
    `    set -l next (string trim "$path $word")`,
    `    contains -- "$next" ${known.join(" ")}; and set path "$next"`,
    "  end",
    `  test "$path" = "$argv[1]"`,
    "end",
    ...lines,
  ].join("\n");
}

/** -x: one of these alone. -r: a value that may be a file. */
function valueInFish(value: LongOption["value"]): string {
  if (value === "none") return "";
  return value === "free" ? " -r" : ` -x -a '${value.join(" ")}'`;
}

/** The first sentence, within single quotes. */
const quoted = (text: string) =>
  (text.split(/(?<=\.) /)[0] ?? "").replaceAll("\\", "\\\\").replaceAll("'", "\\'");
