import { explain } from "./explain.mjs";

/** A failure that a person can act on: one sentence of what is wrong and what to do. Shown without a stack. */
export class PlainError extends Error {}

/** @type {NodeJS.WriteStream} */
let out = process.stdout;

/** For a program whose standard output is data: from here on, words and steps go to standard error. */
export function sayOnStandardError() {
  out = process.stderr;
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** @param {string} text */
export function say(text) {
  out.write(`${text}\n`);
}

/**
 * Runs one named step and prints how long it took, also when it fails.
 * @template T
 * @param {string} title
 * @param {() => T | Promise<T>} run
 * @returns {Promise<T>}
 */
export async function step(title, run) {
  const begun = performance.now();
  if (out.isTTY) out.write(`  … ${title}`);
  const lead = out.isTTY ? "\r\u001B[K" : "";
  try {
    const result = await run();
    out.write(`${lead}  ✓ ${title} (${seconds(performance.now() - begun)})\n`);
    return result;
  } catch (error) {
    out.write(`${lead}  ✗ ${title} (${seconds(performance.now() - begun)})\n`);
    throw error;
  }
}

/** Faults of the machine rather than of this program. */
const SYSTEM_CODES = new Set(["ENOSPC", "EDQUOT", "EACCES", "EPERM", "EROFS"]);

/**
 * The last word of a program: a plain sentence for what a person can mend, the whole error for what they cannot.
 * @param {unknown} error
 */
export function sayError(error) {
  process.stderr.write(`\n${describeError(error)}\n`);
}

/** @param {unknown} error */
function describeError(error) {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof PlainError) return error.message;
  const full = error.stack ?? error.message;
  const isSystem = "code" in error && SYSTEM_CODES.has(String(error.code));
  const sentence = isSystem ? explain(error.message) : undefined;
  return sentence === undefined ? full : `${sentence}\n\n${error.message}`;
}
