import { OrderId } from "@onsale/core/shared/ids";
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgSandboxBook } from "./pg-sandbox-book.ts";

describeWithDatabase("the sandbox's books", (database) => {
  test("calls with one key at the same moment open one payment, and none of them fails", async () => {
    const book = makePgSandboxBook(database());
    for (let round = 0; round < 40; round += 1) {
      const key = randomUUID();
      const payment = {
        providerRef: `sbx_${key}`,
        orderId: OrderId.parse(randomUUID()),
        state: "authorised" as const,
        method: "card_ok",
        amountMinor: 5_000,
        currency: "EUR",
        returnUrl: "http://127.0.0.1/orders",
        actionUrl: null,
        declineReason: null,
      };
      // oxlint-disable-next-line no-await-in-loop -- each round is a race of its own
      const opened = await Promise.all(Array.from({ length: 8 }, () => book.open(key, payment)));
      expect(new Set(opened.map(({ providerRef }) => providerRef))).toEqual(new Set([payment.providerRef]));
    }
  });
});
