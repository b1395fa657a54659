import { createRequire } from "node:module";
import { makeBoundedNotes } from "@onsale/api/bounded-notes";
import type { NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { afterEach, expect, test, vi } from "vitest";
import { authLogger } from "./auth-logger.ts";

type Auth = (request: Request, config: NextAuthConfig) => Promise<Response>;
/** What next-auth runs behind Next's types, which cannot be loaded without Next. */
const { Auth } = (await import(createRequire(import.meta.resolve("next-auth")).resolve("@auth/core"))) as {
  Auth: Auth;
};

const get = (path: string) => new Request(`http://shop.example/api/auth/${path}`);
const post = (path: string, body: string, type = "application/json") =>
  new Request(`http://shop.example/api/auth/${path}`, {
    method: "POST",
    body,
    headers: { "content-type": type },
  });
/** Made anew for each time: a body is read once. */
const STRANGE = () => [
  get("callback/x"),
  get("callback/credentials"),
  get("signin/x"),
  get("nothing/of/the/kind"),
  get("webauthn-options/x"),
  get(`${"a".repeat(5_000)}`),
  post("callback/credentials", "{"),
  post("callback/credentials", "{}"),
  post("callback/x", "{}"),
  post("session", "{}"),
  post("signout", "a=b", "application/x-www-form-urlencoded"),
  new Request("http://shop.example/api/auth/session", { method: "PUT" }),
];

afterEach(() => vi.restoreAllMocks());

test("whatever strangers send to /api/auth, the log gets single lines without a stack, and a bounded number", async () => {
  const printed = (["error", "warn", "log"] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation(() => undefined),
  );
  const written: { kind: string; said: string }[] = [];
  const note = makeBoundedNotes({ nowMs: () => 0, write: (one) => written.push(one) });
  const config: NextAuthConfig = {
    basePath: "/api/auth",
    secret: "s".repeat(32),
    trustHost: true,
    providers: [Credentials({ credentials: {}, authorize: () => null })],
    logger: authLogger(note),
  };
  for (let round = 0; round < 20; round++)
    for (const request of STRANGE()) await Auth(request, { ...config });
  expect(printed.flatMap(({ mock }) => mock.calls)).toEqual([]);
  expect(written.length).toBeGreaterThan(0);
  expect(written.length).toBeLessThan(10);
  expect(written.map(({ said }) => said).join("")).not.toMatch(/\n\s+at /);
});
