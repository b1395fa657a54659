import { Argument, type Command } from "commander";
import { addCommand, type Cli } from "../cli.ts";
import { completionScript, SHELLS, type Shell } from "../completion-script.ts";

export function addCompletionCommand(program: Command, cli: Cli): void {
  addCommand(program, {
    name: "completion",
    about: "Print what makes a shell complete the commands and options of ticketctl.",
    examples: [
      ["completion bash > ~/.local/share/bash-completion/completions/ticketctl", "for bash"],
      ["completion zsh > ~/.ticketctl-completion", "for zsh; source it in .zshrc"],
      ["completion fish > ~/.config/fish/completions/ticketctl.fish", "for fish"],
    ],
  })
    .addArgument(new Argument("<shell>", "whose completion").choices(SHELLS))
    .action((shell: Shell, options: { json?: boolean }) => {
      const script = completionScript(program, shell);
      if (options.json) cli.output.json({ ok: true, shell, script });
      else cli.output.line(script);
    });
}
