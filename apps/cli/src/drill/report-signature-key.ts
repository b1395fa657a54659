import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { CliEnvironment } from "../config.ts";
import { CliError } from "../cli-error.ts";

const STATE_DIR = path.join(import.meta.dirname, "..", "..", "..", "..", ".onsale");
const KEY_FILE = "report-signing-key";
const SEED = /^[A-Za-z0-9_-]{43}$/;

/**
 * The 32 bytes, in base64url, that sign this machine's reports: REPORT_SIGNING_KEY, else a key that is made once and kept
 * where only its owner reads it. Throws input.invalid when either is no key.
 */
export async function reportSigningKey(env: CliEnvironment, stateDir = STATE_DIR): Promise<string> {
  const known = await knownSigningKey(env, stateDir);
  return known ?? requireKey(await makeKept(path.join(stateDir, KEY_FILE)), KEY_FILE);
}

/** The same without making one; null: this machine has signed nothing yet. */
export async function knownSigningKey(env: CliEnvironment, stateDir = STATE_DIR): Promise<string | null> {
  const given = env["REPORT_SIGNING_KEY"];
  if (given) return requireKey(given.trim(), "REPORT_SIGNING_KEY");
  const kept = await readKept(path.join(stateDir, KEY_FILE));
  return kept === null ? null : requireKey(kept, KEY_FILE);
}

async function readKept(file: string): Promise<string | null> {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

/** Two drills that start at once end with the same key: the file appears whole, and the first one wins. */
async function makeKept(file: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  const part = `${file}.${randomBytes(4).toString("hex")}`;
  await writeFile(part, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  try {
    await link(part, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    await rm(part, { force: true });
  }
  return (await readFile(file, "utf8")).trim();
}

function requireKey(text: string, where: string): string {
  if (SEED.test(text)) return text;
  throw new CliError("not_a_report_key", { from: where });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
