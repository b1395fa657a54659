import { EventId } from "@onsale/core/shared/ids";
import { afterEach, expect, test, vi } from "vitest";
import { readInTurn } from "./read-in-turn.ts";
import { makeStockMessages, type StockMessage, type StockListener } from "./stock-messages.ts";

const EVENT = EventId.parse("0b8f1f5e-6f1c-4f0e-9d7e-2f0d7f6a1c11");

/** A feed whose changes the test makes. */
function makeFeed() {
  const listeners = new Set<StockListener>();
  let listened = 0;
  let id = 0;
  const idOf = async () => `${id}-0`;
  const messages = makeStockMessages({
    idOf,
    listen: async (_, listener) => {
      listened += 1;
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  return {
    messages,
    idOf,
    listeners,
    listened: () => listened,
    change(seatNo: number) {
      id += 1;
      const delta = { id: `${id}-0`, seats: [{ seatNo, state: 1 as const }], areas: [] };
      for (const listener of listeners) listener(delta);
    },
    reset: () => listeners.forEach((listener) => listener("reset")),
  };
}

test("a thousand readers are one listener, and what they get is one and the same object", async () => {
  const feed = makeFeed();
  const got: (StockMessage | Error)[] = [];
  const stops = await Promise.all(
    Array.from({ length: 1_000 }, () => feed.messages(EVENT, (message) => got.push(message))),
  );
  expect(feed.listened()).toBe(1);
  for (const seatNo of [4, 5, 4]) feed.change(seatNo);
  await expect.poll(() => got.length).toBe(1_000);
  expect(new Set(got).size).toBe(1);
  expect(got[0]).toMatchObject({ id: "3-0", data: { kind: "delta", seats: [4, 1, 5, 1] } });
  for (const stop of stops) stop();
  expect(feed.listeners.size).toBe(0);
});

afterEach(() => {
  vi.useRealTimers();
});

test("a reader that does not read is told to start over, and then goes on", async () => {
  vi.useFakeTimers();
  const feed = makeFeed();
  const over = new AbortController();
  const slow = readInTurn(feed, { eventId: EVENT, since: null, signal: over.signal });
  const first = slow.next();
  await vi.advanceTimersByTimeAsync(0);
  for (let n = 1; n <= 53; n++) {
    feed.change(n);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect((await first).value).toMatchObject({ id: "1-0" });
  expect((await slow.next()).value).toEqual({ id: "53-0", data: { kind: "reset" } });
  const next = slow.next();
  feed.change(7);
  await vi.advanceTimersByTimeAsync(100);
  expect((await next).value).toMatchObject({ id: "54-0", data: { kind: "delta" } });
  over.abort();
  expect((await slow.next()).done).toBe(true);
  expect(feed.listeners.size).toBe(0);
});

test("a reader that is a little behind gets what it missed as one message", async () => {
  vi.useFakeTimers();
  const feed = makeFeed();
  const over = new AbortController();
  const slow = readInTurn(feed, { eventId: EVENT, since: null, signal: over.signal });
  const first = slow.next();
  await vi.advanceTimersByTimeAsync(0);
  for (const seatNo of [1, 2, 3, 2]) {
    feed.change(seatNo);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect((await first).value).toMatchObject({ id: "1-0", data: { seats: [1, 1] } });
  expect((await slow.next()).value).toMatchObject({
    id: "4-0",
    data: { kind: "delta", seats: [2, 1, 3, 1] },
  });
  over.abort();
  expect((await slow.next()).done).toBe(true);
});
