import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeSandboxMailboxPage } from "./sandbox-mailbox-page.ts";

const mail = { to: "ada@fans.example", subject: "A link", text: "secret", messageId: "m" };
const page = makeSandboxMailboxPage({
  mailbox: { list: () => Promise.resolve([mail]) },
  config: { publicUrl: "http://127.0.0.1:3000" },
});
const server = createServer((req, res) => void page(req, res));
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function ask(host: string) {
  const { port } = server.address() as AddressInfo; // a TCP server's address has a port
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    request({ host: "127.0.0.1", port, path: "/sandbox/mail", headers: { host }, agent: false }, (res) => {
      void text(res).then((body) => resolve({ status: res.statusCode, body }));
    })
      .on("error", reject)
      .end();
  });
}

test.each(["127.0.0.1:3000", "localhost:3000", "[::1]:3000"])("%s is shown its mails", async (host) => {
  expect(await ask(host)).toMatchObject({ status: 200, body: expect.stringContaining("secret") });
});

test.each(["rebound.evil.example:3000", "127.0.0.1.evil.example", "localhost.evil.example:3000"])(
  "a page of another site whose name leads here (%s) is shown none",
  async (host) => {
    const { status, body } = await ask(host);
    expect(status).toBe(404);
    expect(body).not.toContain("secret");
  },
);
