import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { keepSecrets, newSecrets, parseSecrets } from "./secrets.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "onsale-secrets-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test("secrets are made once, and only the owner can read them", () => {
  const first = keepSecrets(dir);
  expect(keepSecrets(dir)).toEqual(first);
  expect(statSync(path.join(dir, "secrets.json")).mode & 0o777).toBe(0o600);
});

test("no two installations share a secret", () => {
  const [a, b] = [newSecrets(), newSecrets()];
  expect(a.AUTH_SECRET).not.toBe(b.AUTH_SECRET);
  expect(a.databasePassword).not.toBe(b.databasePassword);
  expect(a.TICKET_SIGNING_KEY).not.toBe(b.TICKET_SIGNING_KEY);
  expect(Buffer.from(a.TICKET_SIGNING_KEY, "base64url")).toHaveLength(32);
});

test("a file that lacks one is replaced as a whole", () => {
  writeFileSync(path.join(dir, "secrets.json"), '{"AUTH_SECRET":"x"}');
  expect(parseSecrets('{"AUTH_SECRET":"x"}')).toBeUndefined();
  expect(keepSecrets(dir).AUTH_SECRET).not.toBe("x");
});
