import { expect, test } from "vitest";
import { makeTally } from "./tally.ts";

const seat = (id: string, place: string) => ({ id, place, isSeat: true });

test("two tickets for one seat are seen as one seat too many; a ticket seen twice and standing places are not", () => {
  const tally = makeTally(() => 0);
  tally.bought([seat("t1", "A/1/1"), seat("t2", "A/1/2")]);
  tally.bought([seat("t1", "A/1/1")]);
  tally.bought([{ id: "t3", place: "Floor", isSeat: false }]);
  tally.bought([{ id: "t4", place: "Floor", isSeat: false }]);
  expect(tally.doubleSeats()).toBe(0);
  tally.bought([seat("t5", "A/1/2")]);
  expect(tally.doubleSeats()).toBe(1);
  expect(tally.ticketCount()).toBe(5);
});

test("the timeline has every second up to the last, quiet ones too", () => {
  let now = 200;
  const tally = makeTally(() => now);
  tally.mark("holds");
  now = 2_900;
  tally.error("hold.seats_taken");
  expect(tally.timeline()).toEqual([
    { second: 0, holds: 1, orders: 0, tickets: 0, errors: 0 },
    { second: 1, holds: 0, orders: 0, tickets: 0, errors: 0 },
    { second: 2, holds: 0, orders: 0, tickets: 0, errors: 1 },
  ]);
});

test("errors are listed by how often they came", () => {
  const tally = makeTally(() => 0);
  for (const code of ["a", "b", "b", "c", "b", "c"]) tally.error(code);
  expect(Object.entries(tally.errors())).toEqual([
    ["b", 3],
    ["c", 2],
    ["a", 1],
  ]);
});

test("errors keep their second, before the release as well, and the timeline begins with it", () => {
  let now = -1_500;
  const tally = makeTally(() => now);
  tally.error("rate.limited");
  now = 700;
  tally.error("hold.seats_taken");
  tally.error("hold.seats_taken");
  expect(tally.errorSeries()).toEqual([
    { second: -2, codes: { "rate.limited": 1 } },
    { second: 0, codes: { "hold.seats_taken": 2 } },
  ]);
  expect(tally.timeline()).toEqual([{ second: 0, holds: 0, orders: 0, tickets: 0, errors: 2 }]);
});

test("an answer after ten seconds counts as hung, and the last ten seconds have a p95 of their own", () => {
  let now = 0;
  const tally = makeTally(() => now);
  expect(tally.recentP95Ms("hold")).toBeNull();
  tally.answered("hold", 10_001);
  now = 10_500;
  tally.answered("hold", 40);
  expect(tally.counts.hung).toBe(1);
  expect(tally.recentP95Ms("hold")).toBe(40);
});
