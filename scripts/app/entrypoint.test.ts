import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { afterEach, beforeEach, expect, test } from "vitest";

const ENTRYPOINT = path.resolve(import.meta.dirname, "..", "..", "deploy", "entrypoint.sh");
const NAMES = ["AUTH_SECRET", "TICKET_SIGNING_KEY", "SANDBOX_KEY"];
const PRINT = `console.log(JSON.stringify(${JSON.stringify(NAMES)}.map((name) => process.env[name] ?? null)))`;
const SHOP = { DATABASE_URL: "postgresql://onsale_app@postgres/onsale" };
const WITH_SANDBOX = { ...SHOP, SANDBOX_URL: "http://sandbox:3100" };

let volume: string;
beforeEach(() => {
  volume = mkdtempSync(path.join(tmpdir(), "onsale-entrypoint-"));
});
afterEach(() => rmSync(volume, { recursive: true }));

/** What the command of a container with this environment is told; a compose file names what nobody set as empty. */
async function start(env: Record<string, string>): Promise<(string | null)[]> {
  const { stdout } = await promisify(execFile)(ENTRYPOINT, [process.execPath, "--eval", PRINT], {
    env: {
      NODE_ENV: "production",
      PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`,
      SECRETS_DIR: volume,
      AUTH_SECRET: "",
      ...env,
    },
  });
  return JSON.parse(stdout) as (string | null)[];
}

test("containers that start at once share one set of secrets, which outlives them and only their owner reads", async () => {
  const told = await Promise.all(Array.from({ length: 5 }, () => start(WITH_SANDBOX)));
  const [first = []] = told;
  expect(new Set(first).size).toBe(3);
  for (const secret of first) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(told).toEqual(told.map(() => first));
  expect(await start(WITH_SANDBOX)).toEqual(first);
  expect(readdirSync(volume).toSorted()).toEqual(["sandbox.env", "secrets.env"]);
  for (const name of readdirSync(volume)) expect(statSync(path.join(volume, name)).mode & 0o777).toBe(0o600);
});

test("a secret that was given is the one that counts, also beside one that is kept", async () => {
  const [auth, , key] = await start(WITH_SANDBOX);
  const given = { TICKET_SIGNING_KEY: "given", SANDBOX_KEY: "" };
  expect(await start({ ...WITH_SANDBOX, ...given })).toEqual([auth, "given", key]);
  expect(await start({ ...WITH_SANDBOX, AUTH_SECRET: "mine", SANDBOX_KEY: "ours" })).toEqual([
    "mine",
    expect.any(String),
    "ours",
  ]);
});

test("where everything is given nothing is made, and no key without a sandbox", async () => {
  expect(await start({ ...SHOP, AUTH_SECRET: "mine", TICKET_SIGNING_KEY: "ours" })).toEqual([
    "mine",
    "ours",
    null,
  ]);
  expect(readdirSync(volume)).toEqual([]);
});

test("the sandbox is told the key that the shop shows it, and none of the shop's own secrets", async () => {
  const { SANDBOX_URL } = WITH_SANDBOX;
  const [, , key] = await start(WITH_SANDBOX);
  expect(await start({ SANDBOX_URL })).toEqual(["", null, key]);
});
