import { readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";

export type CliEnvironment = Readonly<Record<string, string | undefined>>;

/** Written by `npm run demo` while it runs, so that `ticketctl` in a second terminal finds the same services. */
const DEMO_ENV_FILE = path.join(import.meta.dirname, "..", "..", "..", ".onsale", "env");

/** The language and the region that the person at this terminal set, in the order in which programs ask: "de_CH.UTF-8". */
export const terminalLanguage = (): string =>
  ["LC_ALL", "LC_MESSAGES", "LANG"].map((name) => process.env[name] ?? "").find((value) => value !== "") ??
  "";

/** The process's environment; what it lacks comes from a running demo. The only reader of process.env in this app. */
export function readEnvironment(): CliEnvironment {
  const own = process.env;
  if (own["DATABASE_URL"] !== undefined || own["REDIS_URL"] !== undefined) return own;
  return { ...readDemoEnv(), ...own };
}

function readDemoEnv(): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync(DEMO_ENV_FILE, "utf8"));
  } catch {
    return {};
  }
}
