import { EventId, HoldId } from "@onsale/core/shared/ids";
import { SIGNATURE_HEADER, signWebhook } from "@onsale/providers/sandbox/sandbox-webhook";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveApp } from "../testing/serve-app.ts";
import { describeApp, key, seatItems } from "../testing/test-app.ts";

describeApp("webhooks of the payment provider", (app) => {
  let server: Awaited<ReturnType<typeof serveApp>>;
  beforeAll(async () => {
    app().work();
    server = await serveApp(app().container);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const secret = () => app().container.config.sandboxWebhookSecret;
  const deliver = async (body: string, signature: string | null) => {
    const headers = {
      "content-type": "application/json",
      ...(signature === null ? {} : { [SIGNATURE_HEADER]: signature }),
    };
    const url = `${server.url}/api/webhooks/sandbox`;
    return (await fetch(url, { method: "POST", body, headers })).status;
  };
  async function count(table: "webhook_event" | "ticket" | "ledger_entry"): Promise<number> {
    const { sql } = app().container.database;
    const [row] = await sql<{ n: number }[]>`SELECT count(*)::integer AS n FROM ${sql(table)}`;
    return row?.n ?? 0;
  }

  /** An order that waits until its fan's bank has said yes. */
  async function waitingOrder() {
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const held = await caller.hold.create({ eventId, operationId: key(), items: seatItems(0, 1) });
    const started = await caller.checkout.start({
      eventId: EventId.parse(held.hold.eventId),
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_3ds",
    });
    expect(started.state).toBe("requires_action");
    const providerRef = started.actionUrl?.split("/").at(-1) ?? "";
    const stateOf = async () => (await app().container.orders.find(started.orderId))?.order.state;
    return { providerRef, stateOf };
  }

  test("forged, stale, altered and unsigned deliveries are 400 and leave no row", async () => {
    const { providerRef, stateOf } = await waitingOrder();
    const body = JSON.stringify({ id: `evt_${key()}`, type: "payment.authorised", providerRef });
    const now = Date.now();
    const right = signWebhook(body, secret(), now);
    const refused = {
      forged: signWebhook(body, "a secret of somebody else", now),
      stale: signWebhook(body, secret(), now - 10 * 60_000),
      "from the future": signWebhook(body, secret(), now + 10 * 60_000),
      "of another body": signWebhook(`${body} `, secret(), now),
      "with a newer time": right.replace(/t=\d+/, `t=${Math.floor(now / 1_000) + 1}`),
      garbage: "v1=zz",
      unsigned: null,
    };
    for (const [name, signature] of Object.entries(refused))
      expect({ name, status: await deliver(body, signature) }).toEqual({ name, status: 400 });
    expect(await deliver("not json", signWebhook("not json", secret(), now))).toBe(400);
    expect(await count("webhook_event")).toBe(0);
    expect(await stateOf()).toBe("awaiting_payment");
    await app().container.sandboxBook.move(providerRef, ["requires_action"], "authorised");
    expect(await deliver(body, right)).toBe(200);
    await expect.poll(stateOf, { timeout: 10_000 }).toBe("paid");
  });

  test("ten deliveries of one event at once are ten times 200 and one effect", async () => {
    const before = {
      events: await count("webhook_event"),
      tickets: await count("ticket"),
      entries: await count("ledger_entry"),
    };
    const { providerRef, stateOf } = await waitingOrder();
    await app().container.sandboxBook.move(providerRef, ["requires_action"], "authorised");
    const body = JSON.stringify({ id: `evt_${key()}`, type: "payment.authorised", providerRef });
    const signature = signWebhook(body, secret(), Date.now());
    const answers = await Promise.all(Array.from({ length: 10 }, () => deliver(body, signature)));
    expect(answers).toEqual(Array.from({ length: 10 }, () => 200));
    await expect.poll(stateOf, { timeout: 10_000 }).toBe("paid");
    expect(await count("webhook_event")).toBe(before.events + 1);
    expect(await count("ticket")).toBe(before.tickets + 2);
    expect(await count("ledger_entry")).toBe(before.entries + 1);
  });

  test("what a webhook claims is not believed: the provider is asked how the payment stands", async () => {
    const { providerRef, stateOf } = await waitingOrder();
    const body = JSON.stringify({ id: `evt_${key()}`, type: "payment.captured", providerRef });
    expect(await deliver(body, signWebhook(body, secret(), Date.now()))).toBe(200);
    expect(await stateOf()).toBe("awaiting_payment");
  });

  test("a body over 64 KB is refused, and GET is not a delivery", async () => {
    const body = JSON.stringify({ id: "x".repeat(70_000), type: "t", providerRef: "r" });
    expect(await deliver(body, signWebhook(body, secret(), Date.now()))).toBe(413);
    expect((await fetch(`${server.url}/api/webhooks/sandbox`)).status).toBe(404);
  });
});
