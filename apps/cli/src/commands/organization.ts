import { schemaFaults } from "@onsale/core/shared/schema-faults";
import { Email } from "@onsale/core/account/email";
import { OrganizationDraft } from "@onsale/core/organization/organization";
import { OrganizationRole } from "@onsale/core/actor/organization-role";
import type { OrganizationService } from "@onsale/core/organization/organization-service";
import type { AccountId } from "@onsale/core/shared/ids";
import { type Command, InvalidArgumentError, Option } from "commander";
import { ACTOR, addCommand, addGroup, type Cli } from "../cli.ts";
import { CliError } from "../cli-error.ts";
import { formatSortable } from "@onsale/core/shared/format";

type Options = { readonly json?: boolean };
const ORG = "harbour-arena";
const SOMEBODY = "kim@harbour.example";

export function addOrganizationCommands(program: Command, cli: Cli): void {
  const group = addGroup(
    program,
    "org",
    "Organizations: who sells. Venues, layouts and events are theirs, and members work for them.",
  );
  addCommand(group, {
    name: "list",
    about: "All organizations of this installation, by name.",
    examples: [["org list", "with the slugs that --org takes"]],
  }).action((options: Options) => list(cli, options));
  addCommand(group, {
    name: "show",
    about: "One organization, its members and its open invitations.",
    examples: [[`org show ${ORG}`, "by slug or id"]],
  })
    .argument("<org>", "slug or id")
    .action((key: string, options: Options) => show(cli, key, options));
  addDraftOptions(
    addCommand(group, {
      name: "create",
      about: "Make an organization. Its owner is an account that is there, or invited afterwards.",
      examples: [
        [
          `org create ${ORG} --name "Harbour Arena" --contact tickets@harbour.example --currency EUR --time-zone Europe/Amsterdam --owner ${SOMEBODY}`,
          "with its owner",
        ],
      ],
    }).argument("<slug>", "in addresses: small letters, digits and dashes"),
    { isNew: true },
  )
    .option("--owner <email>", "the account that owns it")
    .action((slug: string, options: DraftOptions & { owner?: string }) => create(cli, slug, options));
  addDraftOptions(
    addCommand(group, {
      name: "edit",
      about: "Change settings of an organization; what is not named stays.",
      examples: [[`org edit ${ORG} --contact box-office@harbour.example`, "where fans write to"]],
    }).argument("<org>", "slug or id"),
    { isNew: false },
  )
    .option("--slug <slug>", "another address; links to the old one end")
    .action((key: string, options: DraftOptions & { slug?: string }) => edit(cli, key, options));
  addMemberCommands(group, cli);
}

type DraftOptions = Options & {
  readonly name?: string;
  readonly legalName?: string;
  readonly address?: string;
  readonly currency?: string;
  readonly timeZone?: string;
  readonly contact?: string;
};

function addDraftOptions(command: Command, { isNew }: { isNew: boolean }): Command {
  const option = (flags: string, about: string) =>
    command.addOption(new Option(flags, about).makeOptionMandatory(isNew));
  option("--name <name>", "as fans know it");
  option("--contact <email>", "where fans write to");
  option("--currency <code>", "of new events, such as EUR");
  option("--time-zone <zone>", "of new events, such as Europe/Zurich");
  return command
    .option("--legal-name <name>", "as contracts and receipts name it")
    .option("--address <address>", "in one line");
}

/** What was said on the command line, in the shape of a draft. */
function said({ name, legalName, address, currency, timeZone, contact }: DraftOptions) {
  const fields = { name, legalName, address, currency, timeZone, contactEmail: contact };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function draftOf(input: unknown): OrganizationDraft {
  const parsed = OrganizationDraft.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new CliError("not_an_organization", { faults: schemaFaults(parsed.error.issues) });
}

async function list(cli: Cli, { json }: Options): Promise<void> {
  const { services } = await cli.container();
  const organizations = await services.organizations.list(ACTOR);
  if (json) return cli.output.json({ ok: true, organizations });
  if (organizations.length === 0)
    return cli.output.note("No organizations. `ticketctl org create` makes one.");
  cli.output.table(organizations, [
    { head: "organization", of: ({ name }) => name },
    { head: "slug", of: ({ slug }) => slug },
    { head: "contact", of: ({ contactEmail }) => contactEmail },
    { head: "currency", of: ({ currency }) => currency },
    { head: "time zone", of: ({ timeZone }) => timeZone },
    { head: "id", of: ({ id }) => id },
  ]);
}

async function show(cli: Cli, key: string, { json }: Options): Promise<void> {
  const { services } = await cli.container();
  const organization = await services.organizations.require(key);
  const [members, invitations] = await Promise.all([
    services.organizations.members(ACTOR, organization.id),
    services.organizations.invitations(ACTOR, organization.id),
  ]);
  if (json) return cli.output.json({ ok: true, organization, members, invitations });
  cli.output.line(cli.output.strong(organization.name));
  cli.output.pairs([
    ["slug", organization.slug],
    ["legal name", organization.legalName || organization.name],
    ["address", organization.address || "none"],
    ["contact", organization.contactEmail],
    ["currency", organization.currency],
    ["time zone", organization.timeZone],
    ["id", organization.id],
  ]);
  printMembers(cli, members, invitations);
}

async function create(cli: Cli, slug: string, options: DraftOptions & { owner?: string }): Promise<void> {
  const { services } = await cli.container();
  const draft = draftOf({ slug, ...said(options) });
  const owner = options.owner === undefined ? null : await accountOf(cli, options.owner);
  const organization = await services.organizations.create(ACTOR, draft, owner);
  if (options.json) return cli.output.json({ ok: true, organization });
  cli.output.good(`${organization.name} is there`);
  if (owner === null)
    cli.output.note(`It has no owner yet: ticketctl org member invite ${slug} ADDRESS --role owner`);
}

async function edit(cli: Cli, key: string, options: DraftOptions & { slug?: string }): Promise<void> {
  const { services } = await cli.container();
  const { id, version, createdAtMs: _createdAtMs, ...now } = await services.organizations.require(key);
  const slug = options.slug === undefined ? {} : { slug: options.slug };
  const draft = draftOf({ ...now, ...said(options), ...slug });
  const organization = await services.organizations.save(ACTOR, id, { version, draft });
  if (options.json) cli.output.json({ ok: true, organization });
  else
    cli.output.good(
      organization.version === version ? "Nothing was different" : `${organization.name} was changed`,
    );
}

function addMemberCommands(group: Command, cli: Cli): void {
  const member = addGroup(group, "member", "Who works for an organization, and as what.");
  const roles = OrganizationRole.options.join(", ");
  addCommand(member, {
    name: "list",
    about: "Members by address, and invitations that are open.",
    examples: [[`org member list ${ORG}`, "a table"]],
  })
    .argument("<org>", "slug or id")
    .action(async (key: string, { json }: Options) => {
      const { services } = await cli.container();
      const { id } = await services.organizations.require(key);
      const [members, invitations] = await Promise.all([
        services.organizations.members(ACTOR, id),
        services.organizations.invitations(ACTOR, id),
      ]);
      if (json) cli.output.json({ ok: true, members, invitations });
      else printMembers(cli, members, invitations);
    });
  addCommand(member, {
    name: "invite",
    about: "Send somebody a mail with a link that makes them a member. It is good for a week.",
    examples: [[`org member invite ${ORG} ${SOMEBODY} --role box_office`, "an open one is replaced"]],
  })
    .argument("<org>", "slug or id")
    .argument("<email>", "where the mail goes; the account has this address too")
    .addOption(
      new Option("--role <role>", "what the member may do")
        .choices(OrganizationRole.options)
        .makeOptionMandatory(),
    )
    .action(async (key: string, email: string, { role, json }: Options & { role: OrganizationRole }) => {
      const { services } = await cli.container();
      const { id, name } = await services.organizations.require(key);
      const draft = { email: addressOf(email), role };
      const invitationId = await services.organizations.invite(ACTOR, id, draft);
      if (json) cli.output.json({ ok: true, invitationId });
      else cli.output.good(`${draft.email} is invited to ${name} as ${words(role)}`);
    });
  addCommand(member, {
    name: "role",
    about: "Give a member another role. It counts at once.",
    examples: [[`org member role ${ORG} ${SOMEBODY} manager`, roles]],
  })
    .argument("<org>", "slug or id")
    .argument("<email>", "the member's address")
    .argument("<role>", roles, oneRole)
    .action(async (...[key, email, role, { json }]: [string, string, OrganizationRole, Options]) => {
      const { services } = await cli.container();
      const { id, name } = await services.organizations.require(key);
      await services.organizations.setRole(ACTOR, id, { account: await accountOf(cli, email), role });
      if (json) cli.output.json({ ok: true, role });
      else cli.output.good(`${email} is ${words(role)} of ${name}`);
    });
  addCommand(member, {
    name: "remove",
    about: "End what a member may do here, at once. The account stays.",
    examples: [[`org member remove ${ORG} ${SOMEBODY}`, "the last owner stays"]],
  })
    .argument("<org>", "slug or id")
    .argument("<email>", "the member's address")
    .action(async (key: string, email: string, { json }: Options) => {
      const { services } = await cli.container();
      const { id, name } = await services.organizations.require(key);
      await services.organizations.remove(ACTOR, id, await accountOf(cli, email, { inviting: false }));
      if (json) cli.output.json({ ok: true });
      else cli.output.good(`${email} is no member of ${name} any more`);
    });
}

type Members = Awaited<ReturnType<OrganizationService["members"]>>;
type Invitations = Awaited<ReturnType<OrganizationService["invitations"]>>;

function printMembers({ output }: Cli, members: Members, invitations: Invitations): void {
  if (members.length === 0) output.note("No members yet.");
  else
    output.table(members, [
      { head: "member", of: ({ email }) => email },
      { head: "name", of: ({ name }) => name },
      { head: "role", of: ({ role }) => words(role) },
      { head: "since", of: ({ sinceMs }) => formatSortable(sinceMs, "UTC") },
    ]);
  if (invitations.length === 0) return;
  output.table(invitations, [
    { head: "invited", of: ({ email }) => email },
    { head: "as", of: ({ role }) => words(role) },
    { head: "until", of: ({ expiresAtMs }) => formatSortable(expiresAtMs, "UTC") },
    { head: "by", of: ({ invitedBy }) => invitedBy },
  ]);
}

const words = (role: OrganizationRole) => role.replace("_", " ");

function oneRole(text: string): OrganizationRole {
  const parsed = OrganizationRole.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`A role is one of ${OrganizationRole.options.join(", ")}.`);
}

function addressOf(text: string): string {
  const parsed = Email.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new CliError("not_an_email", { text });
}

/** `inviting`: without an account, an invitation is the way on. */
async function accountOf(cli: Cli, email: string, { inviting } = { inviting: true }): Promise<AccountId> {
  const { accounts } = await cli.container();
  const found = await accounts.findForSignIn(addressOf(email));
  if (found) return found.account.id;
  throw new CliError("no_account", { email, inviting });
}
