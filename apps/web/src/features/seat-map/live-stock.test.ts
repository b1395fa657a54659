import { encodeSnapshot } from "@onsale/core/inventory/snapshot-wire";
import { compileLayout } from "@onsale/core/layout/seat-plan";
import { expect, test } from "vitest";
import { makeLiveStock } from "./live-stock.ts";
import { smallPlan } from "./testing/small-plan.ts";

const plan = compileLayout(smallPlan());
const snapshotAt = (id: string, sold: readonly number[] = []) => {
  const seats = new Uint8Array(plan.seatCount);
  for (const seatNo of sold) seats[seatNo] = 3;
  return encodeSnapshot({ id, epoch: "e", seats, areas: [] });
};
const wait = () => Promise.resolve();

test("a change that arrives while the snapshot is on its way is not lost", async () => {
  let deliver: (bytes: Uint8Array) => void = () => undefined;
  const live = makeLiveStock(plan, {
    fetchSnapshot: () => new Promise((resolve) => (deliver = resolve)),
    wait,
  });
  const loaded = live.load("0-0");
  live.apply({ id: "6-0", seats: [7, 1], areas: [] });
  deliver(snapshotAt("5-0"));
  await loaded;
  expect(live.stock.states[7]).toBe(1);
  expect(live.stock.lastId).toBe("6-0");
});

test("a snapshot older than the reset that asked for it is asked for again", async () => {
  const answers = [snapshotAt("5-0"), snapshotAt("9-0", [3])];
  const live = makeLiveStock(plan, {
    fetchSnapshot: () => Promise.resolve(answers.shift() ?? new Uint8Array()),
    wait,
  });
  await live.load("8-0");
  expect(live.stock.states[3]).toBe(2);
  expect(answers).toHaveLength(0);
});

test("listeners hear which seats changed, and nothing when nothing did", async () => {
  const live = makeLiveStock(plan, { fetchSnapshot: () => Promise.resolve(snapshotAt("5-0")), wait });
  await live.load("0-0");
  const heard: number[][] = [];
  live.subscribe((changed) => heard.push([...changed]));
  live.apply({ id: "6-0", seats: [1, 2, 2, 1], areas: [] });
  live.apply({ id: "6-0", seats: [1, 0], areas: [] });
  expect(heard).toEqual([[1, 2]]);
});

test("a snapshot that cannot be had is a state, and the next attempt mends it", async () => {
  let broken = true;
  const live = makeLiveStock(plan, {
    fetchSnapshot: () => (broken ? Promise.reject(new Error("offline")) : Promise.resolve(snapshotAt("5-0"))),
    wait,
  });
  await expect(live.load("0-0")).rejects.toThrow("offline");
  expect(live.state()).toBe("failed");
  broken = false;
  await live.load("0-0");
  expect(live.state()).toBe("live");
});

test("seats that a refusal named look taken, and the stream still has the last word", async () => {
  const live = makeLiveStock(plan, { fetchSnapshot: () => Promise.resolve(snapshotAt("5-0")), wait });
  await live.load("0-0");
  live.markTaken([4], 1);
  expect(live.stock.states[4]).toBe(1);
  live.apply({ id: "5-1", seats: [4, 0], areas: [] });
  expect(live.stock.states[4]).toBe(0);
});
