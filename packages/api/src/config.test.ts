import { expect, test } from "vitest";
import { loadConfig } from "./config.ts";

const ENV = {
  DATABASE_URL: "postgres://u:p@127.0.0.1/onsale",
  REDIS_URL: "redis://127.0.0.1",
  AUTH_SECRET: "0123456789abcdef0123456789abcdef",
  TICKET_SIGNING_KEY: "A".repeat(43),
};

test("limits stand as documented and challenges are our own unless something else is set", () => {
  expect(loadConfig(ENV)).toMatchObject({
    limitsScale: 1,
    turnstile: null,
    metricsToken: null,
    dataCentresFile: null,
  });
  const keys = { TURNSTILE_SITE_KEY: "site", TURNSTILE_SECRET_KEY: "secret" };
  expect(loadConfig({ ...ENV, ...keys }).turnstile).toEqual({ siteKey: "site", secretKey: "secret" });
});

test.each([
  { TURNSTILE_SITE_KEY: "site" },
  { TURNSTILE_SECRET_KEY: "secret" },
  { METRICS_TOKEN: "short" },
  { AUTH_SECRET_1: "short" },
  { LIMITS_SCALE: "0" },
  { SANDBOX_MAILBOX: "1", PUBLIC_URL: "https://tickets.example" },
  { SANDBOX_MAILBOX: "1", MAIL_URL: "smtp://mail.example" },
  { MIGRATION_DATABASE_URL: "postgres://owner:p@127.0.0.1/another" },
])("half a setting ends the start: %o", (more) => {
  expect(() => loadConfig({ ...ENV, ...more })).toThrow("The environment is not complete");
});

test("of several secrets the one with the highest number signs, all are read, and none is there twice", () => {
  const [first, second] = ["1".repeat(32), "2".repeat(32)];
  const { AUTH_SECRET } = ENV;
  expect(loadConfig({ ...ENV, AUTH_SECRET_1: "" }).authSecrets).toEqual([AUTH_SECRET]);
  expect(loadConfig({ ...ENV, AUTH_SECRET_1: first }).authSecrets).toEqual([first, AUTH_SECRET]);
  const all = { ...ENV, AUTH_SECRET_1: first, AUTH_SECRET_2: AUTH_SECRET, AUTH_SECRET_3: second };
  expect(loadConfig(all).authSecrets).toEqual([second, AUTH_SECRET, first]);
});
