import { spawn } from "node:child_process";
import path from "node:path";

import { lastLines, run } from "../bootstrap/run.mjs";
import { PlainError } from "../bootstrap/say.mjs";

const entry = (root: string) => path.join(root, "apps", "cli", "src", "main.ts");

export interface Ticketctl {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a command of ticketctl to its end; what it printed is shown only when it fails. Returns its standard output. */
export async function ticketctl({ root, env }: Ticketctl, args: readonly string[]): Promise<string> {
  const done = await run(process.execPath, [entry(root), ...args], { cwd: root, env });
  if (done.code !== 0)
    throw new PlainError(
      `ticketctl ${args.join(" ")} failed with exit code ${done.code}.\n\n${lastLines(done.output, 30)}`,
    );
  return done.stdout;
}

/** The same, in the open. `onStart` is given a way to stop it. Returns the exit code. */
export function ticketctlInTheOpen(
  { root, env }: Ticketctl,
  args: readonly string[],
  onStart: (runner: { stop: () => void }) => void,
): Promise<number> {
  return new Promise((resolve, reject) => {
    // On CI colour is on by default, also where the output goes to a file.
    const plain = process.stdout.isTTY ? {} : { NO_COLOR: "1" };
    const child = spawn(process.execPath, [entry(root), ...args], {
      cwd: root,
      env: { ...env, ...plain },
      stdio: ["ignore", "inherit", "inherit"],
    });
    onStart({ stop: () => child.kill("SIGTERM") });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** The storefront, the worker and later commands get the application's role alone. */
export async function migrateAsOwner({ root, env }: Ticketctl, ownerUrl: string): Promise<void> {
  await ticketctl({ root, env: { ...env, MIGRATION_DATABASE_URL: ownerUrl } }, ["migrate"]);
}
