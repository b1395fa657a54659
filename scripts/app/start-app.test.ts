import { parseEnv } from "node:util";

import { expect, test } from "vitest";

import { newSecrets } from "./secrets.ts";
import { appEnv, envFileOf } from "./start-app.ts";

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
