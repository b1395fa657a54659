import type { Command } from "commander";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

type Level = { readonly path: string; readonly words: readonly (readonly [word: string, about: string])[] };

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
  const options = help
    .visibleOptions(command)
    .map((option) => [option.long ?? option.flags, option.description] as const);
  const choices = help
    .visibleArguments(command)
    .flatMap((argument) => argument.argChoices ?? [])
    .map((choice) => [choice, ""] as const);
  const nouns = children.map((child) => [child.name(), child.description()] as const);
  const words = [...nouns, ...choices, ...options];
  return [
    { path: path.join(" "), words },
    ...children.flatMap((child) => levelsOf(child, [...path, child.name()])),
  ];
}

/** The words typed so far that name a command, one after the other; an argument ends them. */
function bashScript(levels: readonly Level[]): string {
  const known = levels.filter(({ path }) => path !== "").map(({ path }) => `"${path}"`);
  const cases = levels.map(
    ({ path, words }) => `    "${path}") words="${words.map(([word]) => word).join(" ")}" ;;`,
  );
  return [
    "_ticketctl() {",
    `  local cur="\${COMP_WORDS[COMP_CWORD]}" path="" words="" i next`,
    "  for ((i = 1; i < COMP_CWORD; i++)); do",
    `    next="\${path:+$path }\${COMP_WORDS[i]}"`,
    `    case "$next" in`,
    `      ${known.join("|")}) path="$next" ;;`,
    "    esac",
    "  done",
    `  case "$path" in`,
    ...cases,
    "  esac",
    `  COMPREPLY=($(compgen -W "$words" -- "$cur"))`,
    "}",
    // Where no word fits, a file name does.
    "complete -o default -F _ticketctl ticketctl",
  ].join("\n");
}

function fishScript(levels: readonly Level[]): string {
  const known = levels.filter(({ path }) => path !== "").map(({ path }) => `'${path}'`);
  const lines = levels.flatMap(({ path, words }) =>
    words.map(([word, about]) => {
      const what = word.startsWith("--") ? `-l ${word.slice(2)}` : `-f -a '${word}'`;
      return `complete -c ticketctl -n "__ticketctl_at '${path}'" ${what} -d '${quoted(about)}'`;
    }),
  );
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

/** The first sentence, within single quotes. */
const quoted = (text: string) =>
  (text.split(/(?<=\.) /)[0] ?? "").replaceAll("\\", "\\\\").replaceAll("'", "\\'");
