import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { OrderId } from "../shared/ids.ts";
import type { SandboxBook, SandboxPayment } from "./sandbox-book.ts";

const aPayment = (change: Partial<SandboxPayment> = {}): SandboxPayment => ({
  providerRef: `sbx_${randomUUID()}`,
  orderId: OrderId.parse(randomUUID()),
  state: "authorised",
  method: "card_ok",
  amountMinor: 5_000,
  currency: "EUR",
  returnUrl: "http://127.0.0.1/orders",
  actionUrl: null,
  declineReason: null,
  ...change,
});

/** What every book of the sandbox keeps to, whatever it is written in. */
export function describeSandboxBook(name: string, open: () => SandboxBook): void {
  // oxlint-disable-next-line vitest/valid-title -- it is a string
  describe(name, () => {
    test("calls with one key at the same moment open one payment, and none of them fails", async () => {
      for (let round = 0; round < 40; round += 1) {
        const key = randomUUID();
        const payment = aPayment({ providerRef: `sbx_${key}` });
        // oxlint-disable-next-line no-await-in-loop -- each round is a race of its own
        const opened = await Promise.all(Array.from({ length: 8 }, () => open().open(key, payment)));
        expect(new Set(opened.map(({ providerRef }) => providerRef))).toEqual(new Set([payment.providerRef]));
      }
    });

    test("a key that was used before answers with what it opened", async () => {
      const [key, first] = [randomUUID(), aPayment()];
      await open().open(key, first);
      expect(await open().open(key, aPayment({ amountMinor: 1 }))).toEqual(first);
      expect(await open().findByKey(key)).toEqual(first);
    });

    test("a payment is found by its reference and its order as it was opened, the newest of an order first", async () => {
      const first = aPayment({ actionUrl: "http://bank/x", state: "requires_action" });
      const second = aPayment({ orderId: first.orderId, state: "declined", declineReason: "card_declined" });
      await open().open(randomUUID(), first);
      await open().open(randomUUID(), second);
      expect(await open().find(first.providerRef)).toEqual(first);
      expect(await open().findByOrder(first.orderId)).toEqual(second);
      expect([
        await open().find("sbx_none"),
        await open().findByKey(randomUUID()),
        await open().findByOrder(OrderId.parse(randomUUID())),
        await open().move("sbx_none", ["authorised"], "captured"),
      ]).toEqual([null, null, null, null]);
    });

    test("of those who move a payment at once, one has moved it", async () => {
      const payment = aPayment({ state: "requires_action" });
      await open().open(randomUUID(), payment);
      const answers = await Promise.all(
        (["declined", "authorised", "voided", "authorised"] as const).map((to) =>
          open().move(payment.providerRef, ["requires_action"], to),
        ),
      );
      expect(answers.filter((answer) => answer?.moved)).toHaveLength(1);
      const now = await open().find(payment.providerRef);
      expect(answers.find((answer) => answer?.moved)?.payment).toEqual(now);
    });

    test("the whole book is read page by page, each payment once", async () => {
      const refs = new Set<string>();
      for (let i = 0; i < 7; i += 1) {
        const payment = aPayment();
        refs.add(payment.providerRef);
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await open().open(randomUUID(), payment);
      }
      const seen: string[] = [];
      for (let after: string | null = null, page = 1; page > 0;) {
        // oxlint-disable-next-line no-await-in-loop -- a page names the next
        const entries = await open().list({ after, limit: 3 });
        expect(entries.every(({ openedAtMs }) => openedAtMs > 1.7e12)).toBe(true);
        seen.push(...entries.map(({ providerRef }) => providerRef));
        [after, page] = [seen.at(-1) ?? null, entries.length];
      }
      expect(seen.filter((ref) => refs.has(ref)).toSorted()).toEqual([...refs].toSorted());
      expect(new Set(seen).size).toBe(seen.length);
    });
  });
}
