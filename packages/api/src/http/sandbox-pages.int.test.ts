import { createHash } from "node:crypto";
import { EventId, HoldId } from "@onsale/core/shared/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveApp } from "../testing/serve-app.ts";
import { describeApp, key, seatItems } from "../testing/test-app.ts";

describeApp("the sandbox's confirm page", (app) => {
  let server: Awaited<ReturnType<typeof serveApp>>;
  beforeAll(async () => {
    app().work();
    server = await serveApp(app().container);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function waitingPayment() {
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const held = await caller.hold.create({ eventId, operationId: key(), items: seatItems(0) });
    const { orderId, actionUrl } = await caller.checkout.start({
      eventId: EventId.parse(held.hold.eventId),
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_3ds",
    });
    const { pathname } = new URL(actionUrl ?? "");
    const stateOf = async () => (await app().container.sandboxBook.findByOrder(orderId))?.state;
    return { orderId, path: pathname, ref: pathname.split("/").at(-1) ?? "", stateOf };
  }
  const answer = (path: string) =>
    fetch(server.url + path, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: server.origin },
      body: "answer=approve",
      redirect: "manual",
    });

  test("is not found by what anybody can work out of an order's id, nor by another payment's secret", async () => {
    const [payment, other] = [await waitingPayment(), await waitingPayment()];
    // What the name of a payment is made of: the order's id, which stands in the fan's address bar.
    expect(payment.ref).toMatch(/^sbx_[0-9a-f]{32}$/);
    const [secret = "", otherSecret = ""] = [payment, other].map(({ path }) => path.split("/").at(-2));
    expect(secret).not.toBe(otherSecret);
    expect(secret).not.toContain(createHash("sha256").update(payment.orderId).digest("hex").slice(0, 8));
    const guesses = [
      `/sandbox/confirm/${payment.ref}`,
      `/sandbox/confirm/${"A".repeat(32)}/${payment.ref}`,
      `/sandbox/confirm/${otherSecret}/${payment.ref}`,
      `/sandbox/confirm/${secret.toUpperCase()}/${payment.ref}`,
    ];
    for (const guess of guesses) {
      // oxlint-disable-next-line no-await-in-loop -- one guess after the other
      const statuses = [(await fetch(server.url + guess)).status, (await answer(guess)).status];
      expect(statuses).toEqual([404, 404]);
    }
    expect(await payment.stateOf()).toBe("requires_action");
  });

  test("answers for the fan who was sent there", async () => {
    const payment = await waitingPayment();
    expect(await (await fetch(server.url + payment.path)).text()).toContain("Was that you?");
    expect((await answer(payment.path)).status).toBe(303);
    expect(["authorised", "captured"]).toContain(await payment.stateOf());
  });
});
