import { expect, test } from "vitest";
import { HoldId } from "../shared/ids.ts";
import type { OpenOrder } from "../order/open-order.ts";
import type { CommitOutcome, OrderDraft } from "../order/order-draft.ts";
import { EventId, OrderId } from "../shared/ids.ts";
import { EventLost } from "../order/order-store.ts";
import type { OrderAnswer } from "./order-answer.ts";
import { makeOrderWriter } from "./order-writer.ts";

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const orderId = (n: number) => OrderId.parse(id(n));
const [one, two] = [EventId.parse(id(901)), EventId.parse(id(902))];
const NOW_MS = 1_800_000_000_000;

const told = (answer: OrderAnswer) => ("progress" in answer ? answer.progress.kind : answer.refused.kind);

/**
 * Each order of the stream holds its own seats; what Postgres says of them is given. "broken": its data fails the batch;
 * "lost": its event is another worker's by now.
 */
function desk(
  written: readonly { eventId: EventId; outcome: CommitOutcome | "broken" | "lost"; askedAtMs?: number }[],
  keptHold = "",
) {
  const done: string[] = [];
  const faults: unknown[] = [];
  const drafts = written.map(({ eventId, askedAtMs = NOW_MS }, n) => ({
    eventId,
    orderId: orderId(n),
    holdId: HoldId.parse(id(100 + n)),
    items: [],
    askedAtMs,
    payWithinMs: 600_000,
    replyTo: { channel: "web", name: `${n}` },
  })) as unknown as OrderDraft[];
  const batches = [one, two].map((eventId) => ({
    eventId,
    entries: drafts.flatMap((draft, n) => (draft.eventId === eventId ? [{ entryId: `e${n}`, draft }] : [])),
  }));
  const writer = makeOrderWriter({
    queue: {
      read: () => Promise.resolve(batches.filter(({ entries }) => entries.length > 0)),
      answer: (all) =>
        Promise.resolve(
          void done.push(...all.map(({ replyTo, answer }) => `answered ${replyTo.name} ${told(answer)}`)),
        ),
      acknowledge: (_, entries) =>
        Promise.resolve(void done.push(...entries.map((entry) => `acknowledged ${entry}`))),
      setAside: (_, { entryId }) => Promise.resolve(void done.push(`aside ${entryId}`)),
    },
    orders: {
      commitOrders: (batch) => {
        const outcomes = batch.flatMap((draft) => written[drafts.indexOf(draft)]?.outcome ?? []);
        if (outcomes.includes("broken")) return Promise.reject(new TypeError("one is to blame"));
        if (outcomes.includes("lost")) return Promise.reject(new EventLost());
        return Promise.resolve(outcomes.filter((outcome) => typeof outcome === "object"));
      },
      openOrders: () => Promise.resolve(keptHold ? [{ holdId: keptHold } as OpenOrder] : []),
    },
    holds: {
      settleFreed: (all) =>
        Promise.resolve(void done.push(...all.map(({ holdId }) => `freed ${holdId.slice(-3)}`))),
    },
    payments: {
      begin: ({ orderId: begun }) => {
        done.push(`paying ${Number(begun.slice(-3))}`);
        return Promise.resolve({ kind: "paid" });
      },
      goOn: () => Promise.resolve({ kind: "paid" }),
      pay: () => Promise.resolve({ kind: "paid" }),
      giveBack: () => Promise.resolve({ kind: "paid" }),
    },
    owner: { fencesOf: () => null, lost: (eventId) => void done.push(`lost ${eventId.slice(-3)}`) },
    clock: { nowMs: () => NOW_MS },
    isOneToBlame: (error) => error instanceof TypeError,
    mend: (eventId) => Promise.resolve(done.push(`mended ${eventId.slice(-3)}`)),
    onError: (error) => void faults.push(error),
  });
  return {
    done,
    faults,
    run: async () => {
      expect(await writer.writeOrders([one, two])).toBe(true);
      await writer.settled();
    },
  };
}
const committed = { kind: "committed", orderId: orderId(0), replayed: false } as const;

test("entries are acknowledged only after the seats of refused neighbours went back, and paid for after that", async () => {
  const { run, done } = desk([
    { eventId: one, outcome: committed },
    { eventId: one, outcome: { kind: "event_closed", orderId: orderId(1) } },
  ]);
  await run();
  expect(done).toEqual([
    "freed 101",
    "answered 1 event_closed",
    "acknowledged e0",
    "acknowledged e1",
    "paying 0",
    "answered 0 paid",
  ]);
});

test("a draft whose data fails its batch is put aside alone, its seats go back, and the others are written", async () => {
  const { run, done } = desk([
    { eventId: one, outcome: committed },
    { eventId: one, outcome: "broken" },
    { eventId: one, outcome: committed },
  ]);
  await run();
  expect(done.filter((step) => /aside|freed|paying/.test(step))).toEqual([
    "aside e1",
    "freed 101",
    "paying 0",
    "paying 2",
  ]);
});

test("who waited past the time in which it could be paid is not charged any more", async () => {
  const { run, done } = desk([{ eventId: one, outcome: committed, askedAtMs: NOW_MS - 600_001 }]);
  await run();
  expect(done).toEqual(["freed 100", "answered 0 too_late", "acknowledged e0"]);
});

test("a shard that promised what Postgres has sold is mended, once and no other", async () => {
  const { run, done } = desk([
    { eventId: two, outcome: { kind: "seats_taken", orderId: orderId(0), seatNos: [1] } },
    { eventId: two, outcome: { kind: "area_full", orderId: orderId(1), areaNos: [0] } },
    { eventId: one, outcome: { kind: "limit", orderId: orderId(2), max: 6, bought: 6 } },
  ]);
  await run();
  expect(done.filter((step) => step.startsWith("mended"))).toEqual(["mended 902"]);
  expect(done.filter((step) => step.startsWith("freed")).toSorted()).toEqual([
    "freed 100",
    "freed 101",
    "freed 102",
  ]);
});

test("a key sent again keeps the hold of the order that it names and frees any other", async () => {
  const reused = { eventId: one, outcome: { kind: "key_reused", orderId: orderId(0) } } as const;
  const same = desk([reused], id(100));
  await same.run();
  expect(same.done).not.toContain("freed 100");
  const other = desk([reused], id(999));
  await other.run();
  expect(other.done).toContain("freed 100");
});

test("an event that another worker took over is left to it, which is no fault that anybody has to hear of", async () => {
  const { done, faults, run } = desk([{ eventId: one, outcome: "lost" }]);
  await run();
  expect(done).toEqual(["lost 901"]);
  expect(faults).toEqual([]);
});
