import { expect, test } from "vitest";
import type { EventSummary } from "../event/event-store.ts";
import type { OrderState } from "../order/order.ts";
import { AccountId, OrderId } from "../shared/ids.ts";
import type { LetterOrder } from "./letter-orders.ts";
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

const letterOrder = (state: OrderState, totalMinor = 16_730, number = 0): LetterOrder => ({
  id: OrderId.parse(`0ee3524d-c23e-8c6e-aa8d-00000000000${number}`),
  eventId: event.id,
  accountId: AccountId.parse("00000000-0000-4000-8000-00000000000a"),
  reference: "M74Z-ZQ79",
  email: `fan${number}@onsale.example`,
  locale: "de-CH",
  currency: "CHF",
  totalMinor,
  items: [],
  state,
  createdAtMs: 7,
});

function desk(orders: readonly LetterOrder[], { refused = "" } = {}) {
  const sent: Letter[] = [];
  const returned: string[] = [];
  const asked = { orders: 0, events: 0 };
  const findEvent = () => {
    asked.events++;
    return Promise.resolve(event);
  };
  const mails = makeMailService({
    orders: {
      find: () => {
        asked.orders++;
        return Promise.resolve([...orders]);
      },
    },
    events: { findEvent },
    catalog: { event: findEvent, ticketTypeLabels: () => Promise.resolve(new Map()) },
    givePassBack: ({ id }) => Promise.resolve(void returned.push(id)),
    mailer: {
      async send(letter) {
        if (letter.to === refused) throw new Error("no such mailbox");
        sent.push(letter);
      },
    },
    ordersUrl: "https://tickets.example/orders",
  });
  return { mails, sent, returned, asked };
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
    const order = letterOrder(state, total);
    const { mails, sent } = desk([order]);
    await mails.eventCancelled([order.id]);
    expect(sent).toMatchObject([
      {
        kind: "event_cancelled",
        to: "fan0@onsale.example",
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
    const order = letterOrder(state);
    const { mails, sent } = desk([order]);
    expect(await mails.eventCancelled([order.id])).toMatchObject([
      { status: "rejected", reason: { code: "checkout.pending" } },
    ]);
    expect(sent).toEqual([]);
  },
);

test("of many paid orders the one whose mail is refused, and the one that nobody knows, keep back no other", async () => {
  const orders = [1, 2, 3].map((number) => letterOrder("paid", 16_730, number));
  const { mails, sent, returned, asked } = desk(orders, { refused: "fan2@onsale.example" });
  const unknown = letterOrder("paid", 16_730, 9).id;
  const outcomes = await mails.ordersPaid([unknown, ...orders.map(({ id }) => id)]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected", "fulfilled"]);
  expect(sent.map(({ to }) => to)).toEqual(["fan1@onsale.example", "fan3@onsale.example"]);
  // Who paid gives the pass back, also where the mail has to wait.
  expect(returned).toEqual(orders.map(({ id }) => id));
  expect(asked).toEqual({ orders: 1, events: 1 });
});
