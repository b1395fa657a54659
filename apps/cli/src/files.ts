import { readFile, writeFile } from "node:fs/promises";
import { type Charset, decodeText } from "@onsale/core/shared/decode-text";
import { decodeWords } from "@onsale/words/file-words";
import { CliError } from "./cli-error.ts";
import { TERMINAL_LOCALE } from "./terminal-locale.ts";

export const FILE_BYTES_MAX = 200_000_000;

/** The text of a file, or of standard input for "-", in any encoding that `decodeText` reads. */
export async function readText(file: string): Promise<string> {
  return (await readTextFile(file)).text;
}

/** The same with the encoding it was read in, for commands that say so. */
export async function readTextFile(file: string): Promise<{ text: string; charset: Charset }> {
  const bytes = await readBytes(file);
  if (bytes.length > FILE_BYTES_MAX) {
    throw new CliError(
      "import.invalid",
      `"${file}" has ${bytes.length} bytes; at most ${FILE_BYTES_MAX} are read.`,
    );
  }
  const read = decodeText(bytes);
  if (!read.ok)
    throw new CliError("import.invalid", `"${file}": ${decodeWords(read.fault, TERMINAL_LOCALE)}`);
  return read;
}

async function readBytes(file: string): Promise<Buffer> {
  if (file === "-") {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks);
  }
  return withPlainWords(file, "read", () => readFile(file));
}

export async function writeText(file: string, text: string): Promise<void> {
  await withPlainWords(file, "written", () => writeFile(file, text));
}

async function withPlainWords<T>(file: string, verb: "read" | "written", act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const why: Record<string, string> = {
      ENOENT: verb === "read" ? `There is no file "${file}".` : `There is no folder for "${file}".`,
      EISDIR: `"${file}" is a folder, not a file.`,
      EACCES: `"${file}" may not be ${verb}.`,
      ENOSPC: `"${file}" cannot be written: the disk is full.`,
    };
    throw new CliError("input.invalid", why[code] ?? `"${file}" cannot be ${verb} (${code}).`, { cause });
  }
}
