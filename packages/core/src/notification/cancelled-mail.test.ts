import { expect, test } from "vitest";
import type { EventSummary } from "../event/event-store.ts";
import type { Order, OrderState } from "../order/order.ts";
import { makeMailService } from "./mail-service.ts";
import type { Mail } from "../mail/mailer.ts";

const event = {
  id: "6f9c0c4e-7a3b-4c2d-9e1f-0a1b2c3d4e5f",
  title: "The Glass Orchard",
  startsAtMs: Date.UTC(2026, 11, 10, 18, 30),
  timeZone: "Europe/Zurich",
  venue: { name: "Lindenhof Theatre", city: "Zurich" },
} as EventSummary;

async function mailFor(state: OrderState, totalMinor = 16_730, of = event): Promise<Mail[]> {
  const order = {
    id: "0ee3524d-c23e-8c6e-aa8d-d7a30e68b790",
    eventId: event.id,
    reference: "M74Z-ZQ79",
    email: "fan@onsale.example",
    currency: "CHF",
    totalMinor,
    state,
  } as Order;
  const sent: Mail[] = [];
  const mails = makeMailService({
    orders: { find: () => Promise.resolve({ order, payment: null, eventState: "cancelled" }) },
    events: { findEvent: () => Promise.resolve(of) },
    mailer: { send: (mail) => Promise.resolve(void sent.push(mail)) },
    ordersUrl: "https://tickets.example/orders",
    ticketTypeLabel: (_, key) => Promise.resolve(key),
  });
  await mails.eventCancelled(order.id);
  return sent;
}

test("who paid hears that the tickets are void and that the money did not go back by itself", async () => {
  const [mail] = await mailFor("paid");
  expect(mail?.to).toBe("fan@onsale.example");
  expect(mail?.subject).toBe("Cancelled: The Glass Orchard");
  expect(mail?.text).toContain("Thursday, 10 December 2026");
  expect(mail?.text).toContain("M74Z-ZQ79");
  expect(mail?.text).toContain("You paid 167.30 CHF. It has not been returned yet");
  expect(mail?.text).toContain("https://tickets.example/orders/0ee3524d");
  expect((await mailFor("paid", 0))[0]?.text).not.toContain("returned");
});

test("names in it become no links and no addresses", async () => {
  const named = {
    ...event,
    title: "Refunds: pay.evil.example",
    venue: { name: "eve@evil.example", city: "http://x.test" },
  };
  const [mail] = await mailFor("paid", 100, named as EventSummary);
  expect(`${mail?.subject}${mail?.text}`).not.toMatch(/evil\.example|eve@|http:\/\/x/);
});

test("says why, where that was said, in words that lead nowhere", async () => {
  const because = { ...event, cancelledBecause: "The hall is flooded, see pay.evil.example" };
  const [mail] = await mailFor("paid", 100, because);
  expect(mail?.text).toContain("Why: The hall is flooded");
  expect(mail?.text).not.toContain("evil.example");
  expect((await mailFor("paid"))[0]?.text).not.toContain("Why:");
});

test.each(["cancelled", "failed"] as const)(
  "whose order was %s hears that nothing was charged",
  async (state) => {
    const [mail] = await mailFor(state);
    expect(mail?.text).toContain("nothing was charged");
    expect(mail?.text).not.toContain("You paid");
  },
);

test.each(["awaiting_payment", "committed"] as const)(
  "an order that is still %s is told nothing before it is clear how it ended",
  async (state) => {
    await expect(mailFor(state)).rejects.toMatchObject({ code: "checkout.pending" });
  },
);
