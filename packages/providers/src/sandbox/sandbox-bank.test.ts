import { OrderId } from "@onsale/core/shared/ids";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeSandboxBank } from "./sandbox-bank.ts";
import { openSqliteSandboxBook } from "./sqlite-sandbox-book.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const HOUR_MS = 3_600_000;
const ask = {
  idempotencyKey: "f7a2b3c4-0000-4000-8000-000000000001",
  orderId: OrderId.parse("5f0c2b0e-6a43-4a1b-8f0e-0d9a3c1b2a4f"),
  attempt: 1,
  amountMinor: 5_250,
  currency: "EUR",
  returnUrl: "http://127.0.0.1/orders/1",
};

function open(book = openSqliteSandboxBook(":memory:", { nowMs: () => 0 })) {
  const told: string[] = [];
  const tell = async ({ state }: { state: string }) => void told.push(state);
  return { book, told, bank: makeSandboxBank({ book, tell, actionUrl: (path) => `http://bank/${path}` }) };
}

test.each(["card_late_webhook", "card_duplicate_webhook"])(
  "%s: what the shop cancelled meanwhile is not authorised any more, and nobody is told that it is",
  async (method) => {
    const { bank, told } = open();
    const { providerRef } = await bank.authorise({ ...ask, method });
    await bank.voidPayment({ idempotencyKey: "k", providerRef });
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect(told).toEqual([]);
    expect((await bank.find(providerRef))?.state).toBe("voided");
  },
);

test("no bank decides by itself about a payment that its fan decides about", async () => {
  const { bank, told } = open();
  const { providerRef } = await bank.authorise({ ...ask, method: "card_3ds" });
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect((await bank.find(providerRef))?.state).toBe("requires_action");
  await bank.confirm.answer(providerRef, false);
  await bank.authorise({ ...ask, method: "card_3ds" });
  await bank.authorise({ ...ask, method: "card_duplicate_webhook" });
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect(told).toEqual(["declined"]);
  expect((await bank.find(providerRef))?.state).toBe("declined");
});

test("a bank that had not made up its mind goes on with it after a restart", async () => {
  const before = open();
  const { providerRef } = await before.bank.authorise({ ...ask, method: "card_late_webhook" });
  vi.clearAllTimers();
  const after = open(before.book);
  await after.bank.resume();
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect(after.told).toEqual(["authorised"]);
  expect((await after.bank.find(providerRef))?.state).toBe("authorised");
});
