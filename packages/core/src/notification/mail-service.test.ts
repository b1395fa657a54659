import { expect, test } from "vitest";
import type { EventSummary } from "../event/event-store.ts";
import type { Order, OrderState } from "../order/order.ts";
import { makeMailService } from "./mail-service.ts";
import type { Letter } from "../mail/letter.ts";

const event = {
  id: "6f9c0c4e-7a3b-4c2d-9e1f-0a1b2c3d4e5f",
  title: "The Glass Orchard",
  startsAtMs: Date.UTC(2026, 11, 10, 18, 30),
  timeZone: "Europe/Zurich",
  venue: { name: "Lindenhof Theatre", city: "Zurich" },
  cancelledBecause: "The hall is flooded",
} as EventSummary;

async function mailFor(state: OrderState, totalMinor = 16_730): Promise<Letter[]> {
  const order = {
    id: "0ee3524d-c23e-8c6e-aa8d-d7a30e68b790",
    eventId: event.id,
    reference: "M74Z-ZQ79",
    email: "fan@onsale.example",
    locale: "de-CH",
    currency: "CHF",
    totalMinor,
    state,
  } as Order;
  const sent: Letter[] = [];
  const mails = makeMailService({
    orders: { find: () => Promise.resolve({ order, payment: null, eventState: "cancelled" }) },
    events: { findEvent: () => Promise.resolve(event) },
    mailer: { send: (mail) => Promise.resolve(void sent.push(mail)) },
    ordersUrl: "https://tickets.example/orders",
    ticketTypeLabel: (_, key) => Promise.resolve(key),
  });
  await mails.eventCancelled(order.id);
  return sent;
}

test.each([
  ["paid", 16_730, "kept"],
  ["paid", 0, "nothing_paid"],
  ["refunded", 16_730, "returned"],
  ["cancelled", 16_730, "never_taken"],
  ["failed", 16_730, "never_taken"],
] as const)(
  "of a %s order over %i the letter about a cancelled event tells: %s",
  async (state, total, money) => {
    expect(await mailFor(state, total)).toMatchObject([
      {
        kind: "event_cancelled",
        to: "fan@onsale.example",
        locale: "de-CH",
        facts: {
          reference: "M74Z-ZQ79",
          totalMinor: total,
          money,
          because: event.cancelledBecause,
          event: { title: "The Glass Orchard" },
        },
      },
    ]);
  },
);

test.each(["awaiting_payment", "committed"] as const)(
  "an order that is still %s is told nothing before it is clear how it ended",
  async (state) => {
    await expect(mailFor(state)).rejects.toMatchObject({ code: "checkout.pending" });
  },
);
