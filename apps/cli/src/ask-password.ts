import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { readText } from "./files.ts";
import type { Output } from "./output.ts";
import { CliError } from "./cli-error.ts";

/** Never from an argument, which stands in the shell's history and in every list of processes. */
export async function askPassword(
  { terminal }: Output,
  { fromStdin, of }: { fromStdin: boolean; of: string },
): Promise<string> {
  if (fromStdin) return (await readText("-")).replace(/\r?\n$/, "");
  if (!process.stdin.isTTY || !terminal.stderrIsTty) throw new CliError("no_terminal");
  const first = await silently(terminal.stderr, `Password of ${of}: `);
  const again = await silently(terminal.stderr, "The same once more: ");
  if (first === again) return first;
  throw new CliError("passwords_differ");
}

/** Reads one line without showing what is typed. */
async function silently(say: (text: string) => void, question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  say(question);
  try {
    return await lines.question("");
  } finally {
    lines.close();
    say("\n");
  }
}
