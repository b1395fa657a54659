import { expect, test } from "vitest";
import type { Purchase } from "../line/place-service.ts";
import type { OrderWithPayment } from "../order/order-store.ts";
import { AccountId, EventId, OrderId } from "../shared/ids.ts";
import { makePassReturn } from "./pass-return.ts";

const accountId = AccountId.parse("00000000-0000-4000-8000-00000000000a");
const eventId = EventId.parse("00000000-0000-4000-8000-00000000000e");
const orderId = OrderId.parse("00000000-0000-4000-8000-000000000001");

const paid = { id: orderId, accountId, eventId, createdAtMs: 7 };

/** `line`: one stands before the event, which is when a purchase's time is asked for. */
function desk({ line = true, away = false, known = true } = {}) {
  const given: { accountId: AccountId; eventId: EventId; atMs: number | null }[] = [];
  const kept: string[] = [];
  let reads = 0;
  const order = { order: paid } as unknown as OrderWithPayment;
  const passReturn = makePassReturn({
    orders: {
      find: () => {
        reads++;
        return Promise.resolve(known ? order : null);
      },
    },
    places: {
      async bought(purchase: Purchase) {
        if (away) throw new Error("the room is away");
        const atMs = line ? await purchase.orderedAtMs() : null;
        if (atMs !== null) given.push({ accountId, eventId, atMs });
      },
    },
    onKept: (_error, id) => kept.push(id),
  });
  return { passReturn, given, kept, reads: () => reads };
}

test("who paid gives the pass back, whether checkout says so or the job that mails the tickets", async () => {
  for (const say of ["checkout", "job"]) {
    const { passReturn, given } = desk();
    if (say === "checkout") await passReturn.afterPaying(orderId, { accountId, eventId });
    else await passReturn.ofPaidOrder(paid);
    expect(given).toEqual([{ accountId, eventId, atMs: 7 }]);
  }
});

test("a purchase in an event without a line reads no order for it", async () => {
  const { passReturn, reads } = desk({ line: false });
  await passReturn.afterPaying(orderId, { accountId, eventId });
  expect(reads()).toBe(0);
});

test("a room that is away keeps neither the buyer nor the tickets' mail waiting", async () => {
  const { passReturn, kept } = desk({ away: true });
  await passReturn.afterPaying(orderId, { accountId, eventId });
  await passReturn.ofPaidOrder(paid);
  expect(kept).toEqual([orderId, orderId]);
});

test("an order that is not there gives nothing back", async () => {
  const { passReturn, given } = desk({ known: false });
  await passReturn.afterPaying(orderId, { accountId, eventId });
  expect(given).toEqual([]);
});
