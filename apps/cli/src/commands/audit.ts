import type { Container } from "@onsale/api/compose/container";
import { Email } from "@onsale/core/account/email";
import { countWords, PAGE_MAX } from "@onsale/core/shared/page";
import { type Command, InvalidArgumentError } from "commander";
import { addCommand, addGroup, type Cli } from "../cli.ts";
import { EXIT } from "../exit-codes.ts";
import { isUuid, wholeNumber } from "../options.ts";
import { formatSortable } from "@onsale/core/shared/format";
import { plural } from "../words.ts";
import { CliError } from "../cli-error.ts";
import { AUDIT_WRONGS_EN } from "../words/en-audit.ts";

const EVENT = "night-of-strings-2027-03-05";
const LIMIT = 50;
type Options = { readonly json?: boolean };
type ListOptions = Options & { readonly limit: number; readonly after?: string };
type Kept = { readonly seq: number; readonly hash: string };

export function addAuditCommands(program: Command, cli: Cli): void {
  const group = addGroup(
    program,
    "audit",
    "Read the trail of what was done, and check that nobody changed it.",
  );
  addCommand(group, {
    name: "list",
    about: "What was done to an event, an account, a layout or a venue, by whom, the latest first.",
    examples: [
      [`audit list ${EVENT}`, "by slug or id"],
      ["audit list ada@onsale.example", "an account, by address or id; a layout by id"],
    ],
  })
    .argument("<of>", "an event's slug, an account's address, or an id")
    .option("--limit <n>", "at most this many", wholeNumber(1, PAGE_MAX), LIMIT)
    .option("--after <cursor>", "go on where the page before ended")
    .action((of: string, options: ListOptions) => list(cli, of, options));
  addCommand(group, {
    name: "verify",
    about:
      "Recompute the chain of hashes: each entry covers the one before, so none can be changed, removed or put in between.",
    examples: [
      ["audit verify", "every chain; exit code 3 when one is broken"],
      [`audit verify ${EVENT}`, "prints its last entry, to be kept elsewhere"],
      [`audit verify ${EVENT} --kept 412:9f2c...`, "and that what was kept is still in it"],
    ],
  })
    .argument("[of]", "an event's slug, an account's address, or an id; without it every chain")
    .option("--kept <seq:hash>", "an entry noted before, which must still be there", parseKept)
    .action((of: string | undefined, options: Options & { kept?: Kept }) => verify(cli, of, options));
}

function parseKept(text: string): Kept {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim().toLowerCase()) ?? [];
  if (seq === undefined || hash === undefined)
    throw new InvalidArgumentError("Give it as `audit verify` printed it: 412:9f2c...");
  return { seq: Number(seq), hash };
}

async function list(cli: Cli, of: string, options: ListOptions): Promise<void> {
  const container = await cli.container();
  const chain = await chainOf(container, of);
  const page = await container.audit.list({ chain, limit: options.limit, after: options.after ?? null });
  const { items, total, next } = page;
  if (options.json) return cli.output.json({ ok: true, chain, entries: items, total, next });
  if (total === 0) return cli.output.note("Nothing stands in this trail.");
  cli.output.table(items, [
    { head: "#", of: ({ seq }) => seq, align: "right" },
    { head: "when (UTC)", of: ({ atMs }) => formatSortable(atMs, "UTC") },
    { head: "who", of: ({ actor }) => actor },
    { head: "what", of: ({ action }) => action },
    { head: "detail", of: ({ detail }) => shortened(JSON.stringify(detail)) },
  ]);
  if (next !== null)
    cli.output.note(
      `${countWords(items.length, total, ["entry", "entries"])}; the next page: --after '${next}'`,
    );
}

const DETAIL_CHARS = 100;
/** Long details are whole with --json, and said to be cut here. */
const shortened = (text: string) =>
  text.length <= DETAIL_CHARS ? text : `${text.slice(0, DETAIL_CHARS)}… (--json)`;

async function verify(
  cli: Cli,
  of: string | undefined,
  { kept, json }: Options & { kept?: Kept },
): Promise<void> {
  const container = await cli.container();
  if (of === undefined && kept) throw new CliError("kept_of_whom");
  const chain = of === undefined ? null : await chainOf(container, of);
  const verdict = await container.audit.verify(chain);
  const last = chain === null ? null : await container.audit.link(chain, null);
  const found = chain !== null && kept ? await container.audit.link(chain, kept.seq) : null;
  const isKept = kept === undefined || found?.hash === kept.hash;
  const ok = verdict.faultCount === 0 && isKept;
  if (!ok) cli.exitCode = EXIT.drift;
  if (json) return cli.output.json({ ok, ...verdict, last, ...(kept && { kept: isKept }) });
  const { output } = cli;
  const size = `${plural(verdict.entries, "entry", "entries")} in ${plural(verdict.chains, "chain")}`;
  if (verdict.faultCount === 0) output.good(`${size}: each follows from the one before`);
  else {
    output.bad(`${size}: ${plural(verdict.faultCount, "fault")}`);
    output.table(verdict.faults, [
      { head: "chain", of: (fault) => fault.chain },
      { head: "#", of: ({ seq }) => seq, align: "right" },
      { head: "wrong", of: ({ wrong }) => AUDIT_WRONGS_EN[wrong] },
    ]);
  }
  if (!isKept) output.bad(`Entry ${kept.seq} is not the one that was kept: the trail was written anew`);
  if (last) output.line(`  last entry, to be kept elsewhere: ${last.seq}:${last.hash}`);
}

async function chainOf({ accounts, events }: Container, of: string): Promise<string> {
  if (of.includes("@")) {
    const found = await accounts.findForSignIn(Email.safeParse(of).data ?? of);
    if (found) return found.account.id;
    throw new CliError("no_account", { email: of, inviting: false });
  }
  const event = await events.findEvent(of);
  if (event) return event.id;
  if (isUuid(of)) return of.toLowerCase();
  throw new CliError("no_event", { event: of });
}
