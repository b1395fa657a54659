import { makeTicketSigner, makeTicketVerifier } from "@onsale/api/keys/ticket-signer";
import { type TicketCodeCheck, verifyTicketCode } from "@onsale/core/ticket/ticket-code";
import type { Command } from "commander";
import { addCommand, addGroup, type Cli } from "../cli.ts";
import { EXIT } from "../exit-codes.ts";
import { readText } from "../files.ts";
import { CliError } from "../cli-error.ts";

type Options = { readonly json?: boolean; readonly key?: string; readonly online?: boolean };
type Verifier = ReturnType<typeof makeTicketVerifier>;
/** What a genuine ticket is good for now; "unknown": this installation never issued it. */
type Standing = "valid" | "used" | "void" | "cancelled" | "unknown";
type Checked = { readonly code: string; readonly check: TicketCodeCheck; readonly standing?: Standing };

const STANDING = {
  valid: "it lets somebody in",
  used: "it was used already",
  void: "it was called back",
  cancelled: "its event was cancelled",
  unknown: "it was never issued here",
} as const satisfies Record<Standing, string>;

const WHY = {
  not_a_ticket: "this is no ticket code",
  unknown_version: "this code is of a version that this program does not know",
  forged: "the signature is not ours: altered, or made by somebody else",
} as const satisfies Record<Extract<TicketCodeCheck, { kind: "refused" }>["why"], string>;

export function addTicketCommands(program: Command, cli: Cli): void {
  const group = addGroup(program, "ticket", "Check tickets.");
  addCommand(group, {
    name: "verify",
    about:
      "Check the code of a ticket offline, with the public key alone. It says whether the ticket is genuine; with --online also whether it was used or called back, or its event cancelled.",
    examples: [
      ["ticket verify ONS1.AQEB...", "by the key of this installation"],
      ["ticket verify ONS1.AQEB... --online", "and ask this installation what it is good for"],
      ["ticket verify - --key door.pub < codes.txt", "one code per line, at a door without network"],
    ],
  })
    .argument("<code>", "what the QR code says; - for standard input, one per line")
    .option(
      "--key <file>",
      "file with the public key (32 bytes in base64url); default: TICKET_PUBLIC_KEY or TICKET_SIGNING_KEY",
    )
    .option("--online", "ask this installation too: used, called back, event cancelled")
    .action((code: string, options: Options) => run(cli, code, options));
}

async function run(cli: Cli, code: string, options: Options): Promise<void> {
  const verifier = await verifierOf(cli, options.key);
  const codes = code === "-" ? (await readText("-")).split(/\s+/).filter((one) => one !== "") : [code.trim()];
  if (codes.length === 0) throw new CliError("no_ticket_code");
  const offline = codes.map((one) => ({ code: one, check: verifyTicketCode(one, verifier.verify) }));
  const checked: Checked[] = options.online
    ? await Promise.all(offline.map((one) => withStanding(cli, one)))
    : offline;
  const ok = checked.every(({ check, standing = "valid" }) => check.kind === "valid" && standing === "valid");
  if (!ok) cli.exitCode = EXIT.refused;
  if (options.json) {
    const tickets = checked.map(({ code: shown, check, standing }) => ({
      code: shown,
      ...check,
      ...(standing && { standing }),
    }));
    cli.output.json(code === "-" ? { ok, tickets } : { ok, ...tickets[0] });
  } else for (const one of checked) print(cli, one);
}

async function withStanding(cli: Cli, one: Checked): Promise<Checked> {
  if (one.check.kind !== "valid") return one;
  const { orders, events } = await cli.container();
  const ticket = await orders.findTicket(one.check.claim.ticketId);
  if (!ticket) return { ...one, standing: "unknown" };
  const event = await events.findEvent(ticket.eventId);
  if (event?.state === "cancelled") return { ...one, standing: "cancelled" };
  return { ...one, standing: ticket.status === "issued" ? "valid" : ticket.status };
}

function print({ output }: Cli, { code, check, standing }: Checked): void {
  if (check.kind === "refused") {
    output.bad(`${code.slice(0, 40)}: ${WHY[check.why]}`);
    return;
  }
  const { ticketId, eventId, seatNo, areaNo, accessible } = check.claim;
  if (standing === undefined) output.good("A genuine ticket");
  else if (standing === "valid") output.good(`A genuine ticket, and ${STANDING.valid}`);
  else output.bad(`A genuine ticket, but ${STANDING[standing]}`);
  output.pairs([
    ["ticket", ticketId],
    ["event", eventId],
    ["place", seatNo === null ? `standing area ${areaNo}` : `seat number ${seatNo}`],
    ...(accessible ? ([["accessible", "yes"]] as const) : []),
  ]);
}

async function verifierOf({ env }: Cli, keyFile: string | undefined): Promise<Verifier> {
  if (keyFile !== undefined) return publicVerifier((await readText(keyFile)).trim());
  const publicKey = env["TICKET_PUBLIC_KEY"];
  if (publicKey) return publicVerifier(publicKey.trim());
  const seed = env["TICKET_SIGNING_KEY"];
  if (seed && isKey(seed)) return makeTicketSigner(seed);
  throw new CliError("no_public_key");
}

function publicVerifier(key: string): Verifier {
  if (!isKey(key)) throw new CliError("not_a_public_key");
  return makeTicketVerifier(key);
}

const isKey = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);
