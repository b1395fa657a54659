import path from "node:path";

import { say, sayError } from "./bootstrap/say.mjs";

/** What a check found, a line each, and what it read. */
export type Found = { readonly faults: readonly string[]; readonly says: string };

/** Runs a check on this tree as a program: 1 where something was found, or where the check itself failed. */
export async function tellFaults(check: (root: string) => Found | Promise<Found>): Promise<void> {
  try {
    const { faults, says } = await check(path.resolve(import.meta.dirname, ".."));
    for (const fault of faults) say(fault);
    say(says);
    process.exitCode = faults.length === 0 ? 0 : 1;
  } catch (error) {
    sayError(error);
    process.exitCode = 1;
  }
}
