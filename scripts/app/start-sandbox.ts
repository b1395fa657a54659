import path from "node:path";

import { type Child, type ChildSpec, startChild } from "../services/child-process.ts";
import type { HeldPort } from "../services/free-port.ts";

export interface SandboxOptions extends Pick<ChildSpec, "logFile" | "graceMs" | "recorder"> {
  readonly root: string;
  /** It listens on this very socket; who calls before it is up waits there. */
  readonly held: HeldPort;
  /** A file, or `:memory:`. */
  readonly books: string;
  readonly key: string | undefined;
  /** Of the shop that is told how payments went. */
  readonly shopUrl: string;
}

/** The payment provider as a process of its own: it knows the key and nothing else of the shop's. */
export async function startSandbox(options: SandboxOptions): Promise<Child> {
  const { root, held, books, key, shopUrl, ...child } = options;
  const cli = path.join(root, "apps", "cli", "src", "main.ts");
  const sandbox = await startChild({
    ...child,
    name: "sandbox",
    command: process.execPath,
    args: [cli, "serve-sandbox", "--books", books, "--webhook-url", `${shopUrl}/api/webhooks/sandbox`],
    cwd: root,
    env: { SANDBOX_KEY: key, HANDED_SOCKET: "1", NODE_ENV: "production" },
    listener: held.listener,
  });
  await held.release();
  return sandbox;
}
