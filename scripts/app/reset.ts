import { readdirSync, rmSync } from "node:fs";
import path from "node:path";

import { PlainError } from "../bootstrap/say.mjs";
import { postgresHomes } from "../services/postgres-files.ts";

/** Programs that were installed, and what other runs record of themselves, are not data of the demo. */
const KEPT = new Set(["tools", "run"]);

/** Forgets all data and secrets of the demo in this folder. */
export function resetDemo(stateDir: string, externalUrls: readonly (string | undefined)[]): void {
  if (externalUrls.some((url) => url !== undefined))
    throw new PlainError(
      "--reset empties only the demo's own Postgres and Redis, and DATABASE_URL or REDIS_URL points elsewhere: empty those yourself, or unset both and run the same command again.",
    );
  for (const home of postgresHomes(stateDir)) rmSync(home, { recursive: true, force: true });
  let names: string[];
  try {
    names = readdirSync(stateDir);
  } catch {
    return;
  }
  // A throwaway folder may belong to a test run that is under way.
  for (const name of names.filter((entry) => !KEPT.has(entry) && !entry.startsWith("throwaway-")))
    rmSync(path.join(stateDir, name), { recursive: true, force: true });
}
