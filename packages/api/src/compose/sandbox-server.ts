import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CONFIRM_PATH } from "@onsale/providers/sandbox/confirm-page";
import { makeSandboxBank } from "@onsale/providers/sandbox/sandbox-bank";
import { makeSandboxServer } from "@onsale/providers/sandbox/sandbox-server";
import { openSqliteSandboxBook } from "@onsale/providers/sandbox/sqlite-sandbox-book";
import { makeTellShop } from "@onsale/providers/sandbox/tell-shop";
import { listen } from "../http/listen.ts";

export type SandboxServerSettings = {
  readonly host: string;
  /** 0: whichever is free. */
  readonly port: number;
  /** The socket comes from whoever starts this process. */
  readonly handedSocket: boolean;
  /** Where browsers reach it; null: where it listens. */
  readonly publicUrl: string | null;
  /** A file, or `:memory:`. */
  readonly books: string;
  readonly key: string;
  /** null: webhooks are sent to nobody. */
  readonly webhookUrl: string | null;
  readonly webhookSecret: string;
  readonly delayMs: number;
  readonly instanceId: string | null;
  readonly onFault: (error: unknown) => void;
};

/** Connections of the shop stay open between its calls, longer than its side keeps them. */
const OPTIONS = { keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 60_000 };

export type RunningSandbox = { readonly url: string; close(): Promise<void> };

/** The sandbox provider as a process of its own: its own books, its own page, and no other of our services. */
export async function startSandboxServer(settings: SandboxServerSettings): Promise<RunningSandbox> {
  const clock = { nowMs: () => Date.now() };
  const book = openSqliteSandboxBook(settings.books, clock);
  const server = createServer(OPTIONS);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      listen(server, settings, resolve);
    });
  } catch (error) {
    book.close();
    throw error;
  }
  const url = settings.publicUrl?.replace(/\/$/, "") ?? urlOf(server);
  const { webhookUrl, webhookSecret: secret } = settings;
  const bank = makeSandboxBank({
    book,
    tell: makeTellShop({ url: webhookUrl, secret, clock }),
    actionUrl: (path) => `${url}${CONFIRM_PATH}${path}`,
  });
  server.on("request", makeSandboxServer({ ...settings, bank, publicUrl: url }));
  await bank.resume();
  return { url, close: () => close(server).then(() => book.close()) };
}

function urlOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo; // a TCP server's address has these
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

/** Calls under way are answered. */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await closed;
}
