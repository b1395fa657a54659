import { randomUUID } from "node:crypto";
import {
  type PaymentProvider,
  type ProviderEvent,
  type ProviderPayment,
  ProviderUnavailable,
} from "@onsale/core/payment/payment-provider";
import { OrderId } from "@onsale/core/shared/ids";
import { describe, expect, test } from "vitest";

/** A sandbox, however it is reached. */
export type SandboxUnderTest = {
  readonly provider: PaymentProvider & { findByOrder(orderId: OrderId): Promise<ProviderPayment | null> };
  /** The press of a button on the bank's page; the status of its answer. */
  readonly answer: (actionUrl: string, decision: "approve" | "refuse") => Promise<number>;
  /** The webhooks that came, each with a signature that holds. */
  readonly told: () => readonly ProviderEvent[];
};

/** What a shop relies on, whether its sandbox is part of it or a process of its own. */
export function describeSandbox(name: string, open: () => SandboxUnderTest): void {
  const call = (method: string) => ({
    idempotencyKey: randomUUID(),
    orderId: OrderId.parse(randomUUID()),
    attempt: 1,
    amountMinor: 5_250,
    currency: "EUR",
    method,
    returnUrl: "http://127.0.0.1/orders/1",
  });
  const authorised = async () => {
    const input = call("card_ok");
    return { input, payment: await open().provider.authorise(input) };
  };
  const waiting = async () => {
    const input = call("card_3ds");
    const payment = await open().provider.authorise(input);
    return { input, ref: payment.providerRef, actionUrl: payment.actionUrl ?? "" };
  };
  const stateOf = async (ref: string) => (await open().provider.find(ref))?.state;
  const toldOf = (ref: string) =>
    open()
      .told()
      .filter(({ providerRef }) => providerRef === ref);

  // oxlint-disable-next-line vitest/valid-title -- it is a string
  describe(name, () => {
    test("authorises, captures and pays back, each as often as it is asked and once", async () => {
      const { provider } = open();
      const { input, payment } = await authorised();
      expect(payment).toEqual({
        providerRef: expect.stringMatching(/^sbx_[0-9a-f]{32}$/),
        state: "authorised",
        amountMinor: 5_250,
        currency: "EUR",
        actionUrl: null,
        declineReason: null,
      });
      expect(await provider.authorise(input)).toEqual(payment);
      const { providerRef } = payment;
      const money = { idempotencyKey: randomUUID(), providerRef, amountMinor: 5_250 };
      expect([await provider.capture(money), await provider.capture(money)]).toEqual(
        Array(2).fill({ ...payment, state: "captured" }),
      );
      expect((await provider.voidPayment(money)).state).toBe("captured");
      expect([(await provider.refund(money)).state, (await provider.refund(money)).state]).toEqual([
        "refunded",
        "refunded",
      ]);
    });

    test("gives up what was reserved, and captures it no more", async () => {
      const { provider } = open();
      const { providerRef } = (await authorised()).payment;
      const money = { idempotencyKey: randomUUID(), providerRef, amountMinor: 5_250 };
      expect((await provider.voidPayment(money)).state).toBe("voided");
      expect((await provider.capture(money)).state).toBe("voided");
    });

    test("a card that is declined says why, and one that it does not know is declined", async () => {
      for (const method of ["card_declined", "card_gold"]) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        const payment = await open().provider.authorise(call(method));
        expect(payment).toMatchObject({ state: "declined", declineReason: "card_declined", actionUrl: null });
      }
    });

    test("an answer that was lost is found by its key and by its order, for the money is reserved", async () => {
      const { provider } = open();
      const input = call("card_stall");
      await expect(provider.authorise(input)).rejects.toThrow(ProviderUnavailable);
      const found = await provider.findByKey(input.idempotencyKey);
      expect(found).toMatchObject({ state: "authorised", amountMinor: 5_250 });
      expect(await provider.findByOrder(input.orderId)).toEqual(found);
      expect(await provider.find(found?.providerRef ?? "")).toEqual(found);
    });

    test("what was never asked for is not found, and nothing is done with it", async () => {
      const { provider } = open();
      expect([
        await provider.find("sbx_none"),
        await provider.findByKey(randomUUID()),
        await provider.findByOrder(OrderId.parse(randomUUID())),
      ]).toEqual([null, null, null]);
      const money = { idempotencyKey: randomUUID(), providerRef: "sbx_none", amountMinor: 1 };
      for (const step of ["capture", "voidPayment", "refund"] as const)
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await expect(provider[step](money)).rejects.toMatchObject({
          name: "ProviderRefusal",
          code: "unknown_payment",
        });
    });

    test("a key names one call: with another amount or order it is refused", async () => {
      const { input, payment } = await authorised();
      for (const other of [{ amountMinor: 1 }, { currency: "CHF" }, { orderId: OrderId.parse(randomUUID()) }])
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await expect(open().provider.authorise({ ...input, ...other })).rejects.toMatchObject({
          name: "ProviderRefusal",
          code: "key_reused",
        });
      expect(await open().provider.find(payment.providerRef)).toEqual(payment);
    });

    test("a fan who approves on the bank's page has authorised it, and the shop is told once", async () => {
      const { ref, actionUrl } = await waiting();
      expect(await stateOf(ref)).toBe("requires_action");
      expect([await open().answer(actionUrl, "approve"), await open().answer(actionUrl, "approve")]).toEqual([
        303, 303,
      ]);
      expect(await stateOf(ref)).toBe("authorised");
      await expect.poll(() => toldOf(ref).map(({ type }) => type)).toEqual(["payment.authorised"]);
    });

    test("a payment that its fan refused is never authorised: not by a later approval, a repeated call or a capture", async () => {
      const { provider, answer } = open();
      const { input, ref, actionUrl } = await waiting();
      expect(await answer(actionUrl, "refuse")).toBe(303);
      expect(await answer(actionUrl, "approve")).toBe(409);
      expect((await provider.authorise(input)).state).toBe("declined");
      const money = { idempotencyKey: randomUUID(), providerRef: ref, amountMinor: 5_250 };
      expect((await provider.capture(money)).state).toBe("declined");
      expect(await stateOf(ref)).toBe("declined");
      await expect.poll(() => toldOf(ref).map(({ type }) => type)).toEqual(["payment.declined"]);
    });

    test("who refuses after the payment was approved is told that it was too late", async () => {
      const { ref, actionUrl } = await waiting();
      expect([await open().answer(actionUrl, "approve"), await open().answer(actionUrl, "refuse")]).toEqual([
        303, 409,
      ]);
      expect(await stateOf(ref)).toBe("authorised");
    });

    test("of an approval and a refusal at the same moment one is heard, and the other one is told so", async () => {
      for (let round = 0; round < 10; round += 1) {
        // oxlint-disable-next-line no-await-in-loop -- each round is a race of its own
        const { ref, actionUrl } = await waiting();
        const decisions = ["approve", "refuse"] as const;
        // oxlint-disable-next-line no-await-in-loop -- each round is a race of its own
        const statuses = await Promise.all(decisions.map((decision) => open().answer(actionUrl, decision)));
        expect(statuses.toSorted((a, b) => a - b)).toEqual([303, 409]);
        // oxlint-disable-next-line no-await-in-loop -- each round is a race of its own
        expect(await stateOf(ref)).toBe(statuses[0] === 303 ? "authorised" : "declined");
      }
    });

    test.each(["card_late_webhook", "card_duplicate_webhook"])(
      "%s: a bank that decides by itself shows no page to refuse on, and tells in the end",
      async (method) => {
        const { providerRef, state, actionUrl } = await open().provider.authorise(call(method));
        expect([state, actionUrl]).toEqual(["requires_action", null]);
        const times = method === "card_late_webhook" ? 1 : 3;
        const told = {
          eventId: `evt_${providerRef}_payment.authorised`,
          providerRef,
          type: "payment.authorised",
        };
        await expect
          .poll(() => toldOf(providerRef), { timeout: 10_000 })
          .toEqual(Array.from({ length: times }, () => told));
        expect(await stateOf(providerRef)).toBe("authorised");
      },
    );
  });
}
