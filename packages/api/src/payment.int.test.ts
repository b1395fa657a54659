import { fan as asFan } from "@onsale/core/actor/actor";
import { insideCall } from "@onsale/core/actor/call";
import { type PaymentProvider, ProviderUnavailable } from "@onsale/core/payment/payment-provider";
import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import { HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { saleWith } from "./testing/sale-with.ts";
import { describeApp, key, seatItems } from "./testing/test-app.ts";

/** No worker runs here: what is not done by these tests is not done. */
describeApp("an order between its payment and its end", (app) => {
  /** An order in Postgres whose fan has been sent to the bank. */
  async function waitingOrder() {
    const { container } = app();
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const held = await caller.hold.create({ eventId, operationId: key(), items: seatItems(0, 1) });
    const starting = caller.checkout.start({
      eventId,
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_3ds",
    });
    await expect.poll(() => app().writeOrders(eventId), { timeout: 10_000 }).toBe(true);
    const { orderId, actionUrl } = await starting;
    const providerRef = actionUrl?.split("/").at(-1) ?? "";
    return {
      caller,
      orderId,
      providerRef,
      approve: () => container.sandboxBook.move(providerRef, ["requires_action"], "authorised"),
      find: async () => {
        const found = await container.orders.find(orderId);
        return { order: found?.order.state, payment: found?.payment?.state };
      },
      seat: async () => (await container.inventory.snapshot(eventId))?.seats[0],
    };
  }

  /** The app's own payment flow with a bank that behaves otherwise. */
  const flowWith = (provider: Partial<PaymentProvider>) => saleWith(app().container, { provider }).payments;
  const silent = () => Promise.reject(new ProviderUnavailable("no answer"));

  test("whose seats were sold to it keeps its payment when it is given up before the capture", async () => {
    const waiting = await waitingOrder();
    await waiting.approve();
    expect(await flowWith({ capture: silent }).expire(waiting.orderId)).toMatchObject({ kind: "pending" });
    expect(await waiting.find()).toEqual({ order: "committed", payment: "authorised" });
    expect(await waiting.seat()).toBe(SEAT_STATE.sold);
    const { payments } = app().container.services;
    expect(await payments.goOn(waiting.orderId)).toEqual({ kind: "paid" });
    expect(await waiting.find()).toEqual({ order: "paid", payment: "captured" });
  });

  test("that was paid in the last moment is finished and not given up", async () => {
    const waiting = await waitingOrder();
    await waiting.approve();
    expect(await flowWith({}).expire(waiting.orderId)).toEqual({ kind: "paid" });
  });

  test("keeps its seats while the provider does not say whether the money came", async () => {
    const waiting = await waitingOrder();
    const flow = flowWith({ find: silent, voidPayment: silent });
    expect(await flow.expire(waiting.orderId)).toMatchObject({ kind: "pending" });
    expect(await waiting.find()).toEqual({ order: "awaiting_payment", payment: "requires_action" });
    expect(await waiting.seat()).toBe(SEAT_STATE.claimed);
  });

  test("that nobody paid is given up once: the authorisation is void, the seats are free", async () => {
    const waiting = await waitingOrder();
    const over = { kind: "over", reason: "expired" };
    const flow = flowWith({});
    expect(await flow.expire(waiting.orderId)).toEqual(over);
    expect(await flow.expire(waiting.orderId)).toEqual(over);
    expect(await waiting.find()).toEqual({ order: "cancelled", payment: "voided" });
    expect(await waiting.seat()).toBe(SEAT_STATE.free);
  });

  test("paid another way while nobody works the queue waits there, and is not told how the try before stands", async () => {
    const { caller, orderId } = await waitingOrder();
    const answer = await caller.checkout.pay({ orderId, method: "card_ok", after: 1 });
    expect(answer).toMatchObject({ state: "pending", waitsFor: "queue", actionUrl: null });
  }, 30_000);

  test("asks for the money once, however many ask at the same time", async () => {
    const waiting = await waitingOrder();
    await waiting.approve();
    const { payments } = app().container.services;
    const answers = await Promise.all(Array.from({ length: 10 }, () => payments.goOn(waiting.orderId)));
    expect(answers.every(({ kind }) => kind === "paid")).toBe(true);
    const { sql } = app().container.database;
    const entries = await sql`SELECT FROM ledger_entry WHERE order_id = ${waiting.orderId}`;
    expect(entries).toHaveLength(1);
  });

  test("given up and approved at the same moment is sold and paid, or ended and given back; twenty times", async () => {
    for (let i = 0; i < 20; i++) {
      const waiting = await waitingOrder();
      const flow = flowWith({});
      await Promise.all([
        flow.expire(waiting.orderId),
        waiting.approve().then(() => flow.goOn(waiting.orderId)),
        flow.expire(waiting.orderId),
      ]);
      await flow.goOn(waiting.orderId);
      const { order, payment } = await waiting.find();
      expect(["paid/captured", "cancelled/voided"]).toContain(`${order}/${payment}`);
    }
  });

  test.each(["card_3ds", "card_ok"])(
    "given up while the bank still thinks about %s gives back what the bank reserves then",
    async (method) => {
      const { container } = app();
      const { services, orders, provider } = container;
      const eventId = await app().openEvent();
      const fan = await app().account();
      const held = await app()
        .as(fan)
        .hold.create({ eventId, operationId: key(), items: seatItems(0, 1) });
      const { writer } = saleWith(container, {
        provider: {
          authorise: async (input) => {
            await services.payments.expire(input.orderId);
            return provider.authorise(input);
          },
        },
      });
      const holdId = HoldId.parse(held.hold.id);
      const request = { eventId, holdId, quoteHash: held.quote.hash, idempotencyKey: key(), method };
      const starting = services.checkout.start(asFan(fan), insideCall(), request);
      await expect.poll(() => writer.writeOrders([eventId], 20), { timeout: 10_000 }).toBe(true);
      const { orderId, progress } = await starting;
      expect(progress).toEqual({ kind: "over", reason: "expired" });
      expect((await container.sandboxBook.findByOrder(orderId))?.state).toBe("voided");
      expect((await orders.find(orderId))?.payment?.state).toBe("voided");
    },
  );

  test("a bank that is silent when money should go back is asked again by the job until it gives it back", async () => {
    const waiting = await waitingOrder();
    await flowWith({ voidPayment: silent }).expire(waiting.orderId);
    expect(await waiting.find()).toMatchObject({ order: "cancelled" });
    await expect(flowWith({ voidPayment: silent }).returnMoney(waiting.orderId)).rejects.toThrow(
      "payment.unavailable",
    );
    await flowWith({}).returnMoney(waiting.orderId);
    expect(await waiting.find()).toEqual({ order: "cancelled", payment: "voided" });
  });
});
