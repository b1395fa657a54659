import { readFile, writeFile } from "node:fs/promises";
import { type Charset, decodeText, isGuess } from "@onsale/core/shared/decode-text";
import { guessWords } from "@onsale/words/file-words";
import type { Cli } from "./cli.ts";
import { CliError } from "./cli-error.ts";
import { TERMINAL_LOCALE } from "./terminal-locale.ts";

export const FILE_BYTES_MAX = 200_000_000;

/** The text of a file, or of standard input for "-", in any encoding that `decodeText` reads. */
export async function readText(file: string): Promise<string> {
  return (await readTextFile(file)).text;
}

/** The same of a file to import; where its encoding was a guess, that is said. */
export async function readImport({ output }: Pick<Cli, "output">, file: string): Promise<string> {
  const { text, charset } = await readTextFile(file);
  if (isGuess(charset)) output.warn(guessWords(TERMINAL_LOCALE));
  return text;
}

async function readTextFile(file: string): Promise<{ text: string; charset: Charset }> {
  const bytes = await readBytes(file);
  if (bytes.length > FILE_BYTES_MAX) {
    throw new CliError("file_too_large", { file, bytes: bytes.length, max: FILE_BYTES_MAX });
  }
  const read = decodeText(bytes);
  if (!read.ok) throw new CliError("file_unreadable", { file, ...read.fault });
  return read;
}

async function readBytes(file: string): Promise<Buffer> {
  if (file === "-") {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks);
  }
  return asRefusal(file, "read", () => readFile(file));
}

export async function writeText(file: string, text: string): Promise<void> {
  await asRefusal(file, "write", () => writeFile(file, text));
}

async function asRefusal<T>(file: string, to: "read" | "write", act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    throw new CliError("file_failed", { file, to, reason }, { cause });
  }
}
