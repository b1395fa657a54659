import { randomBytes } from "node:crypto";
import path from "node:path";
import { anyFreePort } from "../../scripts/services/free-port.ts";
import { startProgram, untilHealthy } from "./shop.ts";

const CLI = path.join(import.meta.dirname, "..", "..", "apps", "cli", "src", "main.ts");

export type Provider = {
  readonly pid: number;
  /** What a shop is started with, so that it finds the provider. */
  readonly env: { readonly SANDBOX_URL: string; readonly SANDBOX_KEY: string };
  readonly stop: () => Promise<void>;
};

/** The sandbox as a third party: a process with books of its own, in memory. Each answer takes `delayMs` longer. */
export async function startProvider(delayMs: number): Promise<Provider> {
  const port = await anyFreePort();
  const SANDBOX_URL = `http://127.0.0.1:${port}`;
  const SANDBOX_KEY = randomBytes(32).toString("base64url");
  const program = startProgram({
    args: [CLI, ...`serve-sandbox --port ${port} --books :memory: --delay-ms ${delayMs}`.split(" ")],
    env: { PATH: process.env["PATH"], NODE_ENV: "production", SANDBOX_KEY },
  });
  try {
    await untilHealthy(SANDBOX_URL);
  } catch (error) {
    await program.stop();
    throw error;
  }
  return { pid: program.pid, env: { SANDBOX_URL, SANDBOX_KEY }, stop: program.stop };
}
