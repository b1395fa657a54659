import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, expect, test } from "vitest";

const MAIN = path.join(import.meta.dirname, "main.ts");
const KEY = "a key that the shop knows";
const dir = mkdtempSync(path.join(tmpdir(), "onsale-sandbox-"));
const books = path.join(dir, "books.db");
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(dir, { recursive: true });
});

function run(args: readonly string[], env: Record<string, string> = { SANDBOX_KEY: KEY }) {
  const child = spawn(process.execPath, [MAIN, "serve-sandbox", "--json", "--port", "0", ...args], {
    // Whatever a demo of this checkout left: this command asks for no service.
    env: { NODE_ENV: "production", DATABASE_URL: "postgres://nobody@127.0.0.1:1/none", ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });
  children.push(child);
  const line = once(createInterface(child.stdout), "line").then(
    ([text]) => JSON.parse(String(text)) as unknown,
  );
  const ended = once(child, "exit").then(([code, signal]) => (signal ?? code) as number | string);
  return { child, line, ended };
}

async function start(args: readonly string[] = []) {
  const { child, line, ended } = run(["--books", books, ...args]);
  const { ok, url } = (await line) as { ok: boolean; url: string };
  expect(ok).toBe(true);
  const call = async (where: string, body?: object) => {
    const answer = await fetch(`${url}/v1/payments${where}`, {
      method: body ? "POST" : "GET",
      headers: { authorization: `Bearer ${KEY}`, "idempotency-key": "attempt-1" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return { child, ended, url, call };
}

const PURCHASE = {
  orderId: "5f0c2b0e-6a43-4a1b-8f0e-0d9a3c1b2a4f",
  attempt: 1,
  amountMinor: 5_250,
  currency: "EUR",
  method: "card_3ds",
  returnUrl: "http://127.0.0.1/orders/1",
};

test("a restart forgets nothing, however the process ended, and SIGTERM ends it well", async () => {
  const first = await start();
  const { body: asked } = await first.call("", PURCHASE);
  expect(asked).toMatchObject({ state: "requires_action" });
  expect(await (await fetch(String(asked["actionUrl"]))).text()).toContain("Confirm 52.50 EUR");
  first.child.kill("SIGKILL");
  expect(await first.ended).toBe("SIGKILL");

  const second = await start();
  const kept = await second.call("?key=attempt-1");
  expect(kept.body).toMatchObject({
    payments: [{ providerRef: asked["providerRef"], state: "requires_action" }],
  });
  const voided = await second.call(`/${String(asked["providerRef"])}/void`, {});
  expect(voided).toMatchObject({ status: 200, body: { state: "voided" } });
  second.child.kill("SIGTERM");
  expect(await second.ended).toBe(0);

  const third = await start();
  expect((await third.call(`/${String(asked["providerRef"])}`)).body).toMatchObject({ state: "voided" });
});

test("two processes never share one file of books: the second is refused with what to do", async () => {
  const own = path.join(dir, "own.db");
  const first = run(["--books", own]);
  expect(await first.line).toMatchObject({ ok: true });
  const second = run(["--books", own]);
  expect(await second.line).toMatchObject({
    ok: false,
    error: { code: "service.unavailable", message: expect.stringContaining("database is locked") },
  });
  expect(await second.ended).toBe(9);
});

test("without a key of its own it does not start: nobody knows one by default", async () => {
  for (const env of [{}, { SANDBOX_KEY: "short" }]) {
    const { line, ended } = run(["--books", ":memory:"], env);
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    expect(await line).toMatchObject({ ok: false, error: { details: { why: "no_sandbox_key" } } });
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    expect(await ended).toBe(2);
  }
});
