import { formatFigure } from "../format.ts";
import { isDeepStrictEqual } from "node:util";
import { makeTicketSigner } from "@onsale/api/keys/ticket-signer";
import type { SignedReport } from "@onsale/core/drill/report-schema";
import { type Command, InvalidArgumentError } from "commander";
import { addCommand, type Cli } from "../cli.ts";
import { fingerprintOf } from "../drill/report-signature.ts";
import { knownSigningKey } from "../drill/report-signature-key.ts";
import { refuseReport, verifyReport } from "../drill/report-verify.ts";
import { readText } from "../files.ts";
import { checkDraw, readDraw } from "../line/verify-file.ts";
import { AppError } from "@onsale/core/shared/errors";

type Options = { readonly json?: boolean; readonly publicKey?: string; readonly draw?: string };

export function addDrillVerifyCommand(drill: Command, cli: Cli): void {
  drill.enablePositionalOptions();
  addCommand(drill, {
    name: "verify",
    about:
      "Check a drill's report: that nothing was altered since it was signed, that its figures agree, and that the draw is the one that it tells of. Exit code 2 when it is refused, with the place and the rule.",
    examples: [
      ["drill verify report/report.json --draw report/draw.json", "the report and its draw"],
      ["drill verify report.json --public-key 6fX0...", "signed by nobody else"],
    ],
  })
    .argument("<file>", "the report as JSON; - for standard input")
    .option("--public-key <key>", "refuse a report that another key signed; 32 bytes in base64url", publicKey)
    .option("--draw <file>", "the draw.json that was written beside the report")
    .action((file: string, options: Options) => run(cli, file, options));
}

function publicKey(text: string): string {
  if (/^[A-Za-z0-9_-]{43}$/.test(text)) return text;
  throw new InvalidArgumentError("A public key is 32 bytes in base64url, 43 characters.");
}

async function run(cli: Cli, file: string, options: Options): Promise<void> {
  const report = verifyReport(await readText(file), options);
  const entries = options.draw === undefined ? null : await drawnAsReported(report, options.draw);
  const { signature, drill, ok } = report;
  const fingerprint = fingerprintOf(signature.publicKey);
  const whose = options.publicKey === undefined ? await whoseKey(cli, signature.publicKey) : "asked";
  if (options.json) {
    const signer = { publicKey: signature.publicKey, fingerprint, signedAt: signature.signedAt, whose };
    cli.output.json({ ok: true, drill, held: ok, signer, draw: entries === null ? null : { entries } });
    return;
  }
  const { output } = cli;
  output.good(
    `The report of drill ${drill} is as it was signed on ${signature.signedAt}, and its figures agree`,
  );
  output.good(`signed by ${fingerprint}, ${WHOSE[whose]}`);
  if (entries !== null) output.good(`the draw of ${formatFigure(entries)} entries is the one it tells of`);
  output.pairs([
    ["public key", signature.publicKey],
    ["commit", report.commit ?? "not known"],
    ["seed", String(report.seed)],
    ["machine", `${report.machine.cpus} x ${report.machine.cpuModel}`],
    ["the drill", ok ? "held every promise and target" : "failed, and the report says why"],
  ]);
  if (whose === "unknown")
    output.warn(
      "Anybody can sign with a key of their own: get the signer's from a place you trust and give it as --public-key.",
    );
}

const WHOSE = {
  asked: "the key that was asked for",
  own: "the key of this machine",
  unknown: "a key that nobody vouched for",
} as const;

async function whoseKey({ env }: Cli, signer: string): Promise<keyof typeof WHOSE> {
  // A key that cannot be read is nobody's.
  const own = await knownSigningKey(env).catch(() => null);
  return own !== null && makeTicketSigner(own).publicKey === signer ? "own" : "unknown";
}

/** How many entries took part. Throws report.refused, or draw.refused when the draw does not follow its own rule. */
async function drawnAsReported({ line }: SignedReport, file: string): Promise<number> {
  const told = line?.draw;
  if (!told) refuseReport({ why: "no_draw" });
  const draw = await readDraw({ file });
  const found = fieldsOf(draw);
  const wanted = { commitment: told.commitment, entriesRoot: told.entriesRoot };
  if (!isDeepStrictEqual(found, wanted)) refuseReport({ why: "draw", at: "line.draw" });
  const { entries } = await checkDraw(draw, { ...wanted, onProgress: () => undefined });
  if (entries !== told.entries) refuseReport({ why: "draw", at: "line.draw.entries", entries });
  return entries;
}

function fieldsOf(draw: unknown): Record<string, unknown> {
  if (typeof draw !== "object" || draw === null || !("entriesRoot" in draw) || !("commitment" in draw))
    throw new AppError("draw.refused", { why: "not_a_draw" });
  return { commitment: draw.commitment, entriesRoot: draw.entriesRoot };
}
