import { expect, test } from "vitest";
import type { EventSummary } from "../event/event-store.ts";
import type { Order } from "../order/order.ts";
import { orderPaidMail } from "./order-mail.ts";

const event = {
  title: "The Glass Orchard",
  startsAtMs: Date.UTC(2026, 11, 10, 18, 30),
  timeZone: "Europe/Zurich",
  venue: { name: "Lindenhof Theatre", address: "Lindenhof 4, 8001", city: "Zurich" },
} as EventSummary;
const order = {
  id: "0ee3524d-c23e-8c6e-aa8d-d7a30e68b790",
  reference: "M74Z-ZQ79",
  email: "fan@onsale.example",
  currency: "CHF",
  totalMinor: 16730,
  items: [
    { place: { section: "Stalls left", row: "C", seat: "5" }, ticketType: "child" },
    { place: { section: "Floor", row: null, seat: null }, ticketType: "adult" },
  ],
} as unknown as Order;

test("the mail names what, when at the venue, which places in people's words, the sum and where the tickets are", () => {
  const mail = orderPaidMail({
    order,
    event,
    ordersUrl: "https://tickets.example/orders",
    typeLabels: new Map([["child", "Child under 14"]]),
  });
  expect(mail.to).toBe("fan@onsale.example");
  expect(mail.subject).toBe("Your tickets: The Glass Orchard");
  expect(mail.text).toContain("Thursday, 10 December 2026");
  expect(mail.text).toContain("19:30, Lindenhof Theatre, Lindenhof 4, 8001 Zurich\n");
  expect(mail.text).toContain("Stalls left, row C, seat 5 (Child under 14)");
  expect(mail.text).toContain("  Floor (adult)");
  expect(mail.text).toContain("Paid: 167.30 CHF");
  expect(mail.text).toContain(`https://tickets.example/orders/${order.id}`);
});
