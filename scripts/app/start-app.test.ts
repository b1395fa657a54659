import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createListener } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseEnv } from "node:util";

import { expect, test } from "vitest";

import { newSecrets } from "./secrets.ts";
import { type Child, type ChildSpec, startChild } from "../services/child-process.ts";
import { holdAnyPort } from "../services/free-port.ts";
import { recordRun } from "../services/run-records.ts";
import { appEnv, envFileOf, waitUntilHealthy } from "./start-app.ts";

const where = {
  databaseUrl: "postgresql://onsale:p%40ss@127.0.0.1:5442/onsale",
  redisUrl: "redis://127.0.0.1:6389",
  port: 3001,
};

test("a second terminal reads from the file what the servers were told", () => {
  const secrets = newSecrets();
  const read = parseEnv(envFileOf(secrets, where));
  expect(Object.keys(read).length).toBeGreaterThanOrEqual(6);
  expect(appEnv(secrets, where)).toMatchObject(read);
});

test("the address that is public is the one that is listened on", () => {
  expect(appEnv(newSecrets(), where)).toMatchObject({ PORT: "3001", PUBLIC_URL: "http://127.0.0.1:3001" });
});

/** A process with the given program, ended with the test. */
async function withChild(
  program: string,
  more: Partial<ChildSpec>,
  work: (child: Child) => Promise<void>,
): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), "onsale-start-"));
  const recorder = recordRun(dir, "test");
  const child = await startChild({
    name: "web",
    command: process.execPath,
    args: ["--input-type=module", "--eval", program],
    cwd: path.resolve(import.meta.dirname, "..", ".."),
    env: process.env,
    logFile: path.join(dir, "web.log"),
    graceMs: 2_000,
    recorder,
    ...more,
  });
  try {
    await work(child);
  } finally {
    await child.stop();
    recorder.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

test("a stranger's server on our port is never taken for our own, however well it says it is", async () => {
  const stranger = createServer((_, res) => res.end(JSON.stringify({ ok: true, instance: "stranger" })));
  await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
  const address = stranger.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  try {
    await withChild("setInterval(() => {}, 1000)", {}, async (web) => {
      const waiting = waitUntilHealthy({ web, url, instance: "ours", limitMs: 500 });
      await expect(waiting).rejects.toThrow(`another server answers at ${url}`);
    });
  } finally {
    stranger.close();
  }
});

test("the port is the server's own from the choice to the answer: it answers on the socket that was held", async () => {
  await using held = await holdAnyPort();
  const program = `
    import { createServer } from "node:http";
    import { listen } from "./packages/api/src/http/listen.ts";
    const server = createServer((req, res) => res.end(JSON.stringify({ instance: process.env.INSTANCE_ID })));
    // A storefront prepares its pages first, so the socket waits for it in the channel.
    const start = () => listen(server, { port: 1, host: "127.0.0.1", handedSocket: true }, () => {});
    const turns = (left) => setImmediate(() => (left === 0 ? start() : turns(left - 1)));
    turns(1000);`;
  const env = { ...process.env, INSTANCE_ID: "ours" };
  await withChild(program, { env, listener: held.listener }, async (web) => {
    await held.release();
    const stranger = createListener();
    const refused = await new Promise<string | undefined>((resolve) => {
      stranger.once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
      stranger.listen(held.port, "127.0.0.1", () => stranger.close(() => resolve("listens")));
    });
    expect(refused).toBe("EADDRINUSE");
    await waitUntilHealthy({ web, url: `http://127.0.0.1:${held.port}`, instance: "ours" });
  });
});
