import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type ProviderEvent, ProviderUnavailable } from "@onsale/core/payment/payment-provider";
import { OrderId } from "@onsale/core/shared/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CONFIRM_PATH, makeConfirmPage } from "./confirm-page.ts";
import { makeSandboxBank } from "./sandbox-bank.ts";
import { makeSandboxHttpProvider, readSandboxBooks } from "./sandbox-http-provider.ts";
import { makeReadWebhook, makeSandboxProvider } from "./sandbox-provider.ts";
import { makeSandboxServer } from "./sandbox-server.ts";
import { describeSandbox } from "./sandbox.contract.ts";
import { openSqliteSandboxBook } from "./sqlite-sandbox-book.ts";
import { makeTellShop } from "./tell-shop.ts";

const clock = { nowMs: () => Date.now() };
const [secret, key, origin] = ["a secret of the shop", "a key of the shop", "http://bank.example"];
const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address has a port
  return `http://127.0.0.1:${port}`;
}
afterAll(() => {
  for (const server of servers) server.close().closeAllConnections();
});

const told: ProviderEvent[] = [];
let webhookUrl = "";
const readWebhook = makeReadWebhook({ secret, clock });
beforeAll(async () => {
  webhookUrl = await serve((req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => {
      const event = readWebhook(Buffer.concat(chunks), req.headers as Record<string, string>);
      if (event) told.push(event);
      res.end();
    });
  });
});

let embedded: ReturnType<typeof makeSandboxProvider>;
beforeAll(() => {
  embedded = makeSandboxProvider({
    book: openSqliteSandboxBook(":memory:", clock),
    clock,
    webhookSecret: secret,
    webhookUrl,
    actionUrl: (path) => origin + CONFIRM_PATH + path,
    lateMs: 50,
  });
});
describeSandbox("the sandbox in the shop's own process", () => ({
  provider: embedded,
  async answer(actionUrl, decision) {
    const page = makeConfirmPage(embedded.confirm, origin);
    const readForm = async () => ({ text: `answer=${decision}` });
    const answer = await page({ method: "POST", url: new URL(actionUrl).pathname, origin, readForm });
    return answer?.status ?? 0;
  },
  told: () => told,
}));

/** A sandbox behind a socket of the loopback, with what a test wants otherwise. */
async function serveBank(change: { delayMs?: number } = {}) {
  let listener: RequestListener = () => undefined;
  const url = await serve((req, res) => listener(req, res));
  const bank = makeSandboxBank({
    book: openSqliteSandboxBook(":memory:", clock),
    tell: makeTellShop({ url: webhookUrl, secret, clock }),
    actionUrl: (path) => url + CONFIRM_PATH + path,
    lateMs: 50,
  });
  const onFault = (error: unknown) => {
    throw error;
  };
  listener = makeSandboxServer({
    bank,
    key,
    publicUrl: url,
    delayMs: 0,
    instanceId: null,
    onFault,
    ...change,
  });
  return { url, provider: makeSandboxHttpProvider({ url, key, webhookSecret: secret, clock }) };
}

let remote: Awaited<ReturnType<typeof serveBank>>;
beforeAll(async () => void (remote = await serveBank()));
async function press(actionUrl: string, decision: string, from = new URL(actionUrl).origin): Promise<number> {
  const answer = await fetch(actionUrl, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: from },
    body: `answer=${decision}`,
    redirect: "manual",
  });
  return answer.status;
}
describeSandbox("the sandbox over HTTP", () => ({
  provider: remote.provider,
  answer: press,
  told: () => told,
}));

const ask = {
  idempotencyKey: "f7a2b3c4-0000-4000-8000-000000000001",
  orderId: OrderId.parse("5f0c2b0e-6a43-4a1b-8f0e-0d9a3c1b2a4f"),
  attempt: 1,
  amountMinor: 5_250,
  currency: "EUR",
  method: "card_3ds",
  returnUrl: "http://127.0.0.1/orders/1",
};

test("nothing is done for who does not show the key, nor told; the shop may try again with the right one", async () => {
  const stranger = makeSandboxHttpProvider({
    url: remote.url,
    key: "some other key...",
    webhookSecret: secret,
    clock,
  });
  await expect(stranger.authorise(ask)).rejects.toThrow(ProviderUnavailable);
  const statuses = [
    (await fetch(`${remote.url}/v1/payments`)).status,
    (await fetch(`${remote.url}/v1/payments`, { headers: { authorization: key } })).status,
    (await fetch(`${remote.url}/v1/payments?key=x`, { headers: { authorization: `Bearer ${key}x` } })).status,
  ];
  expect(statuses).toEqual([401, 401, 401]);
  expect(await remote.provider.findByKey(ask.idempotencyKey)).toBeNull();
});

test("the bank's page takes an answer from itself alone, and shows nothing to who guesses its address", async () => {
  const { provider } = remote;
  const { actionUrl, providerRef } = await provider.authorise(ask);
  const address = actionUrl ?? "";
  expect(await press(address, "approve", "http://127.0.0.1:3000")).toBe(403);
  const forged = address.replace(/[^/]{32}(?=\/sbx)/, "A".repeat(32));
  expect(await press(forged, "approve")).toBe(404);
  expect(await (await fetch(forged)).text()).toContain("Open your order in the shop");
  expect(await press(address, "x".repeat(2_000))).toBe(413);
  expect(await (await fetch(address)).text()).toContain("Was that you?");
  expect((await provider.find(providerRef))?.state).toBe("requires_action");
  expect(await press(address, "refuse")).toBe(303);
  expect(await (await fetch(address)).text()).toContain("It was refused, and nothing was taken.");
});

test("the books are read from end to end, without where a fan confirms", async () => {
  const { url, provider } = await serveBank();
  const keys = Array.from({ length: 2_345 }, (_, i) => `key-${i}`);
  const opened = await Promise.all(
    keys.map((idempotencyKey) => provider.authorise({ ...ask, idempotencyKey })),
  );
  const entries = await readSandboxBooks({ url, key });
  expect(entries.map(({ providerRef }) => providerRef)).toEqual(
    opened.map(({ providerRef }) => providerRef).toSorted(),
  );
  expect(entries.every(({ actionUrl, orderId }) => actionUrl === null && orderId === ask.orderId)).toBe(true);
});

test("a call that is none is refused by name, and one that is too large is not read", async () => {
  const post = async (
    path: string,
    body: string,
    more: Record<string, string> = { "idempotency-key": "k" },
  ) => {
    const answer = await fetch(`${remote.url}/v1/payments${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, ...more },
      body,
    });
    const { error } = (await answer.json()) as { error: { code: string } };
    return [answer.status, error.code];
  };
  expect(await post("", "{")).toEqual([400, "invalid_call"]);
  expect(await post("", JSON.stringify({ ...ask, amountMinor: 0.5 }))).toEqual([400, "invalid_call"]);
  expect(await post("", JSON.stringify(ask), {})).toEqual([400, "invalid_call"]);
  expect(await post("/sbx_x/burn", "{}")).toEqual([400, "invalid_call"]);
  expect(await post("/sbx_x/void/twice", "{}")).toEqual([405, "not_allowed"]);
  expect(await post("/sbx_x/void", "{}")).toEqual([404, "unknown_payment"]);
  expect(await post("", "x".repeat(20_000))).toEqual([413, "too_large"]);
});

test("a sandbox that is away, breaks off, fails or is another server leaves the outcome open, and its books unread rather than empty", async () => {
  const breaks = await serve((req) => req.socket.destroy());
  const fails = await serve((_, res) => void res.writeHead(500).end("{}"));
  const odd = await serve((_, res) => void res.end("<html>"));
  const none = await serve((_, res) => void res.writeHead(404).end("{}"));
  for (const url of ["http://127.0.0.1:1", breaks, fails, odd, none]) {
    const provider = makeSandboxHttpProvider({ url, key, webhookSecret: secret, clock });
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await expect(provider.authorise(ask)).rejects.toThrow(ProviderUnavailable);
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await expect(provider.find("sbx_x")).rejects.toThrow(ProviderUnavailable);
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await expect(provider.findByKey("k")).rejects.toThrow(ProviderUnavailable);
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await expect(readSandboxBooks({ url, key })).rejects.toThrow(ProviderUnavailable);
  }
});

test("a bank that is told to be slow holds each answer back, and does it once", async () => {
  const { provider } = await serveBank({ delayMs: 80 });
  const from = performance.now();
  await Promise.all([provider.authorise(ask), provider.authorise(ask)]);
  expect(performance.now() - from).toBeGreaterThan(79);
});
