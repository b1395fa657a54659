import { system } from "@onsale/core/actor/actor";
import type { Container } from "@onsale/api/compose/container";
import type { Command } from "commander";
import { addCommand, type Cli } from "../cli.ts";
import type { CliEnvironment } from "../config.ts";
import { readText } from "../files.ts";
import { migratedWords } from "../migrated-words.ts";
import { CliError } from "../cli-error.ts";

const ACTOR = system("setup");

export function addSetupCommand(program: Command, cli: Cli): void {
  addCommand(program, {
    name: "setup",
    about:
      "Bring the database up to date and, while there is no operator, make the one of OPERATOR_EMAIL and OPERATOR_PASSWORD (or OPERATOR_PASSWORD_FILE). Again, it changes nothing.",
    examples: [["setup", "at every start, before the storefront and the worker"]],
  }).action(async (options: { json?: boolean }) => {
    const container = await cli.container();
    const applied = await container.migrate();
    const operator = await firstOperator(container, cli.env);
    if (options.json)
      return cli.output.json({ ok: true, applied: applied.migrations, functions: applied.objects, operator });
    cli.output.good(migratedWords(applied));
    if (operator === "created") cli.output.good(`${cli.env["OPERATOR_EMAIL"] ?? ""} is the first operator`);
    if (operator === "missing")
      cli.output.note(
        "There is no operator yet: set OPERATOR_EMAIL and OPERATOR_PASSWORD and run this again, or use `ticketctl account create`.",
      );
  });
}

async function firstOperator(
  { services }: Container,
  env: CliEnvironment,
): Promise<"created" | "exists" | "missing"> {
  const email = env["OPERATOR_EMAIL"] ?? "";
  if (email === "") return (await services.accountAdmin.hasOperator()) ? "exists" : "missing";
  return services.accountAdmin.ensureFirstOperator(ACTOR, { email, password: await passwordOf(env) });
}

/** A file is how secrets reach containers without standing in their environment. */
async function passwordOf(env: CliEnvironment): Promise<string> {
  const file = env["OPERATOR_PASSWORD_FILE"] ?? "";
  const password = env["OPERATOR_PASSWORD"] ?? "";
  if (file !== "") return (await readText(file)).replace(/\r?\n$/, "");
  if (password !== "") return password;
  throw new CliError("no_password");
}
