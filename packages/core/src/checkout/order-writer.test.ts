import { expect, test } from "vitest";
import type { CommitOutcome, OrderDraft } from "../order/order-draft.ts";
import type { OrderWithPayment } from "../order/order-store.ts";
import { EventId, OrderId } from "../shared/ids.ts";
import { makeOrderWriter } from "./order-writer.ts";

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const orderId = (n: number) => OrderId.parse(id(n));
const [one, two] = [EventId.parse(id(901)), EventId.parse(id(902))];

/** Each order of the stream holds its own seats; what Postgres says of them is given. */
function desk(written: readonly { eventId: EventId; outcome: CommitOutcome }[], keptHold = "") {
  const done: string[] = [];
  const drafts = written.map(
    ({ eventId }, n) =>
      ({ eventId, orderId: orderId(n), holdId: id(100 + n), replyTo: `web-${n}` }) as OrderDraft,
  );
  const batches = [one, two].map((eventId) => ({
    eventId,
    orders: drafts.flatMap((draft, n) => (draft.eventId === eventId ? [{ entryId: `e${n}`, draft }] : [])),
  }));
  const order = { order: { holdId: keptHold } } as unknown as OrderWithPayment;
  const writeOrders = makeOrderWriter({
    queue: {
      read: () => Promise.resolve(batches),
      answer: (all) => Promise.resolve(void done.push(...all.map(({ replyTo }) => `answered ${replyTo}`))),
      acknowledge: (_, entries) =>
        Promise.resolve(void done.push(...entries.map((e) => `acknowledged ${e}`))),
    },
    orders: {
      commitOrders: (batch) =>
        Promise.resolve(batch.flatMap((draft) => written[drafts.indexOf(draft)]?.outcome ?? [])),
      find: () => Promise.resolve(order),
    },
    holds: {
      settleFreed: (all) =>
        Promise.resolve(void done.push(...all.map(({ holdId }) => `freed ${holdId.slice(-3)}`))),
    },
    mend: (eventId) => Promise.resolve(done.push(`mended ${eventId.slice(-3)}`)),
  });
  return { writeOrders, done };
}
const committed = { kind: "committed", orderId: orderId(0), replayed: false } as const;

test("an order is answered and acknowledged only after its refused neighbours' seats went back", async () => {
  const { writeOrders, done } = desk([
    { eventId: one, outcome: committed },
    { eventId: one, outcome: { kind: "event_closed", orderId: orderId(1) } },
  ]);
  expect(await writeOrders([one, two])).toBe(true);
  expect(done).toEqual([
    "freed 101",
    "answered web-0",
    "answered web-1",
    "acknowledged e0",
    "acknowledged e1",
  ]);
});

test("a shard that promised what Postgres has sold is mended, once and no other", async () => {
  const { writeOrders, done } = desk([
    { eventId: two, outcome: { kind: "seats_taken", orderId: orderId(0), seatNos: [1] } },
    { eventId: two, outcome: { kind: "area_full", orderId: orderId(1), areaNos: [0] } },
    { eventId: one, outcome: { kind: "limit", orderId: orderId(2), max: 6, bought: 6 } },
  ]);
  await writeOrders([one, two]);
  expect(done.filter((step) => step.startsWith("mended"))).toEqual(["mended 902"]);
  expect(done.filter((step) => step.startsWith("freed"))).toEqual(["freed 102", "freed 100", "freed 101"]);
});

test("a key sent again keeps the hold of the order that it names and frees any other", async () => {
  const reused = { eventId: one, outcome: { kind: "key_reused", orderId: orderId(0) } } as const;
  const same = desk([reused], id(100));
  await same.writeOrders([one]);
  expect(same.done).not.toContain("freed 100");
  const other = desk([reused], id(999));
  await other.writeOrders([one]);
  expect(other.done).toContain("freed 100");
});
