import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describeSandboxBook } from "@onsale/core/payment/sandbox-book.contract";
import { OrderId } from "@onsale/core/shared/ids";
import { afterAll, expect, test } from "vitest";
import { openSqliteSandboxBook } from "./sqlite-sandbox-book.ts";

const dir = mkdtempSync(path.join(tmpdir(), "onsale-books-"));
afterAll(() => rmSync(dir, { recursive: true }));
const clock = { nowMs: () => Date.now() };

const book = openSqliteSandboxBook(":memory:", clock);
describeSandboxBook("the sandbox's books in SQLite", () => book);

test("what a sandbox has in its file is there after a restart, and no second sandbox writes into it meanwhile", async () => {
  const file = path.join(dir, "books.db");
  const first = openSqliteSandboxBook(file, clock);
  const payment = {
    providerRef: "sbx_kept",
    orderId: OrderId.parse("5f0c2b0e-6a43-4a1b-8f0e-0d9a3c1b2a4f"),
    state: "requires_action",
    method: "card_3ds",
    amountMinor: 5_000,
    currency: "EUR",
    returnUrl: "http://127.0.0.1/orders",
    actionUrl: "http://127.0.0.1/confirm",
    declineReason: null,
  } as const;
  await first.open("key", payment);
  await first.move(payment.providerRef, ["requires_action"], "declined");
  expect(() => openSqliteSandboxBook(file, clock)).toThrow("database is locked");
  first.close();
  const second = openSqliteSandboxBook(file, clock);
  expect(await second.findByKey("key")).toEqual({ ...payment, state: "declined" });
  second.close();
});
