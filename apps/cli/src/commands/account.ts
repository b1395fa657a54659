import { Role } from "@onsale/core/actor/account";
import type { AccountRow } from "@onsale/core/account/account-admin-store";
import { PAGE_MAX } from "@onsale/core/shared/page";
import { Argument, type Command, Option } from "commander";
import { askPassword } from "../ask-password.ts";
import { ACTOR, addCommand, addGroup, type Cli } from "../cli.ts";
import { wholeNumber } from "../options.ts";
import { formatSortable } from "@onsale/core/shared/format";

type Options = { readonly json?: boolean };
type Reasoned = Options & { readonly reason: string };
const STAFF = "ada@onsale.example";
const LIMIT = 50;

export function addAccountCommands(program: Command, cli: Cli): void {
  const group = addGroup(program, "account", "Make accounts, change their role, disable accounts.");
  addCommand(group, {
    name: "create",
    about: "Make an account with a role. The password is asked for, or read from standard input.",
    examples: [
      [`account create ${STAFF} --role operator --name Ada`, "asks for the password twice"],
      [`account create ${STAFF} --role fan --name Ada --password-stdin < password.txt`, "in a script"],
    ],
  })
    .argument("<email>", "the address to sign in with")
    .addOption(roleOption().makeOptionMandatory())
    .requiredOption("--name <name>", "what others see")
    .option("--password-stdin", "read the password from standard input")
    .action((email: string, options: CreateOptions) => create(cli, email, options));
  addCommand(group, {
    name: "role",
    about: "Give an account another role. Its sessions end.",
    examples: [
      [`account role ${STAFF} operator --reason "runs the installation"`, "by e-mail address or id"],
    ],
  })
    .argument("<account>", "e-mail address or id")
    .addArgument(new Argument("<role>", "what the account may do").choices(Role.options))
    .requiredOption("--reason <words>", "kept in the audit trail")
    .action((key: string, role: Role, options: Reasoned) => setRole(cli, { ...options, key, role }));
  addDisable(group, cli, { verb: "disable", about: "Let nobody sign in with an account. Its sessions end." });
  addDisable(group, cli, { verb: "enable", about: "Let a disabled account sign in again." });
  addCommand(group, {
    name: "list",
    about: "Operators, or accounts of another role, by address. Members of organizations: `org member list`.",
    examples: [
      ["account list", "operators"],
      ["account list --role fan --json", "for a script, with the cursor of the next page"],
    ],
  })
    .addOption(roleOption())
    .option("--limit <n>", "at most this many", wholeNumber(1, PAGE_MAX), LIMIT)
    .option("--after <cursor>", "go on where the page before ended")
    .action((options: ListOptions) => list(cli, options));
}

const roleOption = () => new Option("--role <role>", "what the account may do").choices(Role.options);

type CreateOptions = Options & {
  readonly role: Role;
  readonly name: string;
  readonly passwordStdin?: boolean;
};

async function create(cli: Cli, email: string, options: CreateOptions): Promise<void> {
  const { services } = await cli.container();
  const password = await askPassword(cli.output, { fromStdin: options.passwordStdin === true, of: email });
  const { role, name } = options;
  const account = await services.accountAdmin.create(ACTOR, { email, name, password, role });
  if (options.json)
    cli.output.json({ ok: true, account: { id: account.id, email: account.email, name, role } });
  else cli.output.good(`${account.email} is ${article(role)}`);
}

async function setRole(cli: Cli, { json, ...change }: Reasoned & { key: string; role: Role }): Promise<void> {
  const { services } = await cli.container();
  const account = await services.accountAdmin.setRole(ACTOR, { ...change });
  if (json) cli.output.json({ ok: true, account });
  else cli.output.good(`${account.email} is ${article(account.role)}; sessions with another role are over`);
}

function addDisable(
  group: Command,
  cli: Cli,
  { verb, about }: { verb: "disable" | "enable"; about: string },
): void {
  addCommand(group, {
    name: verb,
    about,
    examples: [[`account ${verb} ${STAFF} --reason "left the team"`, "by e-mail address or id"]],
  })
    .argument("<account>", "e-mail address or id")
    .requiredOption("--reason <words>", "kept in the audit trail")
    .action(async (key: string, { reason, json }: Reasoned) => {
      const { services } = await cli.container();
      const disabled = verb === "disable";
      const account = await services.accountAdmin.setDisabled(ACTOR, { key, disabled, reason });
      if (json) cli.output.json({ ok: true, account });
      else if (disabled) cli.output.good(`${account.email} is disabled; its sessions are over`);
      else cli.output.good(`${account.email} may sign in`);
    });
}

type ListOptions = Options & { readonly role?: Role; readonly limit: number; readonly after?: string };

async function list(cli: Cli, { role, limit, after, json }: ListOptions): Promise<void> {
  const { services } = await cli.container();
  const roles = [role ?? "operator"] as const;
  const page = await services.accountAdmin.list(ACTOR, { roles, limit, after: after ?? null });
  const { items, total, next } = page;
  if (json) return cli.output.json({ ok: true, accounts: items, total, next });
  if (total === 0) return cli.output.note("No such accounts. `ticketctl account create` makes one.");
  cli.output.table(items, [
    { head: "account", of: ({ email }) => email },
    { head: "name", of: ({ name }) => name },
    { head: "role", of: (row) => row.role },
    { head: "since", of: ({ createdAtMs }) => formatSortable(createdAtMs, "UTC") },
    { head: "", of: stateOf, tone: (row) => (row.disabledAtMs === null ? "plain" : "bad") },
  ]);
  if (next !== null) cli.output.note(`${items.length} of ${total}; the next page: --after '${next}'`);
}

const stateOf = ({ disabledAtMs }: AccountRow) =>
  disabledAtMs === null ? "" : `disabled ${formatSortable(disabledAtMs, "UTC")}`;
const article = (role: Role) => (role === "fan" ? "a fan" : `an ${role}`);
