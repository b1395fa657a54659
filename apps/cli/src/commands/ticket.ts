import { makeTicketSigner, makeTicketVerifier } from "@onsale/api/keys/ticket-signer";
import { AppError } from "@onsale/core/shared/errors";
import { type TicketCodeCheck, verifyTicketCode } from "@onsale/core/ticket/ticket-code";
import type { Command } from "commander";
import { addCommand, addGroup, type Cli } from "../cli.ts";
import { EXIT } from "../exit-codes.ts";
import { readText } from "../files.ts";

type Options = { readonly json?: boolean; readonly key?: string };
type Verifier = ReturnType<typeof makeTicketVerifier>;
type Checked = { readonly code: string; readonly check: TicketCodeCheck };

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
      "Check the code of a ticket offline, with the public key alone. It says whether the ticket is genuine, not whether it was used.",
    examples: [
      ["ticket verify ONS1.AQEB...", "by the key of this installation"],
      ["ticket verify - --key door.pub < codes.txt", "one code per line, at a door without network"],
    ],
  })
    .argument("<code>", "what the QR code says; - for standard input, one per line")
    .option(
      "--key <file>",
      "file with the public key (32 bytes in base64url); default: TICKET_PUBLIC_KEY or TICKET_SIGNING_KEY",
    )
    .action((code: string, options: Options) => run(cli, code, options));
}

async function run(cli: Cli, code: string, options: Options): Promise<void> {
  const verifier = await verifierOf(cli, options.key);
  const codes = code === "-" ? (await readText("-")).split(/\s+/).filter((one) => one !== "") : [code.trim()];
  if (codes.length === 0) throw new AppError("ticket.bad_code", "There is no code to check.");
  const checked = codes.map((one) => ({ code: one, check: verifyTicketCode(one, verifier.verify) }));
  const ok = checked.every(({ check }) => check.kind === "valid");
  if (!ok) cli.exitCode = EXIT.refused;
  if (options.json) {
    const tickets = checked.map(({ code: shown, check }) => ({ code: shown, ...check }));
    cli.output.json(code === "-" ? { ok, tickets } : { ok, ...tickets[0] });
  } else for (const one of checked) print(cli, one);
}

function print({ output }: Cli, { code, check }: Checked): void {
  if (check.kind === "refused") {
    output.bad(`${code.slice(0, 40)}: ${WHY[check.why]}`);
    return;
  }
  const { ticketId, eventId, seatNo, areaNo, accessible } = check.claim;
  output.good("A genuine ticket");
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
  throw new AppError("input.invalid", "No key to check with: give --key FILE, or set TICKET_PUBLIC_KEY.");
}

function publicVerifier(key: string): Verifier {
  if (!isKey(key))
    throw new AppError("input.invalid", "That is no public key: 32 bytes in base64url, 43 characters.");
  return makeTicketVerifier(key);
}

const isKey = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);
