import fc from "fast-check";
import { expect, test } from "vitest";
import { ORDER_QUEUE_MAX } from "../checkout/checkout-service.ts";
import { frontTargetOf, planWave, WAVE_SLOPES, type WaveInputs } from "./wave.ts";

const CALM: WaveInputs = {
  state: "open",
  selling: true,
  cap: 500,
  inflowPerSecond: 50,
  pacePct: 100,
  active: 100,
  front: 200,
  ordersWaiting: 0,
  databaseMs: 2,
  providerMs: 0,
  free: 2_000,
  held: 100,
  ticketsPerPass: 2,
};

test.each<[string, Partial<WaveInputs>, ReturnType<typeof planWave>]>([
  ["all is well", {}, { size: 50, reason: "inflow" }],
  ["draining lets in those who are there", { state: "draining" }, { size: 50, reason: "inflow" }],
  ["five places are left under the cap", { active: 495 }, { size: 5, reason: "cap" }],
  ["the cap is full", { active: 500 }, { size: 0, reason: "cap" }],
  ["the cap was lowered below those inside", { active: 500, cap: 300 }, { size: 0, reason: "cap" }],
  ["slowed by the lever", { pacePct: 20 }, { size: 10, reason: "pace" }],
  [
    "slowed so far that less than one is left",
    { pacePct: 1, inflowPerSecond: 10 },
    { size: 1, reason: "pace" },
  ],
  ["the inflow is shut", { inflowPerSecond: 0 }, { size: 0, reason: "inflow" }],
  ["three are at the front", { front: 3 }, { size: 3, reason: "nobody_present" }],
  ["nobody is at the front", { front: 0 }, { size: 0, reason: "nobody_present" }],
  ["a second of orders waits", { ordersWaiting: 1_000 }, { size: 50, reason: "inflow" }],
  ["half the way to the queue's brake", { ordersWaiting: 3_000 }, { size: 25, reason: "orders_waiting" }],
  ["the queue is at its brake", { ordersWaiting: 20_000 }, { size: 0, reason: "orders_waiting" }],
  ["the queue is past its brake", { ordersWaiting: 90_000 }, { size: 0, reason: "orders_waiting" }],
  ["the database takes 50 ms", { databaseMs: 50 }, { size: 50, reason: "inflow" }],
  ["the database takes 275 ms", { databaseMs: 275 }, { size: 25, reason: "database_slow" }],
  ["the database takes 499 ms", { databaseMs: 499 }, { size: 1, reason: "database_slow" }],
  ["the database takes half a second", { databaseMs: 500 }, { size: 0, reason: "database_slow" }],
  ["the provider takes a second", { providerMs: 1_000 }, { size: 50, reason: "inflow" }],
  ["the provider takes 5.5 s", { providerMs: 5_500 }, { size: 28, reason: "provider_slow" }],
  ["the provider takes a minute", { providerMs: 60_000 }, { size: 5, reason: "provider_slow" }],
  [
    "lever and database slow together",
    { pacePct: 20, databaseMs: 275 },
    { size: 5, reason: "database_slow" },
  ],
  ["the tighter of two is the reason", { databaseMs: 275, active: 480 }, { size: 20, reason: "cap" }],
  ["those inside can buy most of it", { free: 110 }, { size: 10, reason: "stock_low" }],
  ["those inside can buy all of it twice", { free: 100 }, { size: 0, reason: "stock_low" }],
  [
    "one seat and nobody inside",
    { free: 1, active: 0, ticketsPerPass: 4 },
    { size: 10, reason: "stock_low" },
  ],
  [
    "one seat and one idle fan inside: others are not kept from it",
    { free: 1, active: 1, ticketsPerPass: 4 },
    { size: 9, reason: "stock_low" },
  ],
  [
    "one seat and ten fans inside",
    { free: 1, active: 10, ticketsPerPass: 4 },
    { size: 0, reason: "stock_low" },
  ],
  ["few buy, so more may come", { free: 100, ticketsPerPass: 0.5 }, { size: 50, reason: "inflow" }],
  ["nobody bought anything so far", { free: 1, ticketsPerPass: 0 }, { size: 50, reason: "inflow" }],
  ["nothing is free", { free: 0 }, { size: 0, reason: "stock_gone" }],
  ["nothing is free and all is held", { free: 0, held: 9, active: 0 }, { size: 0, reason: "stock_gone" }],
  ["paused", { state: "paused" }, { size: 0, reason: "paused" }],
  ["paused, and nothing is free either", { state: "paused", free: 0 }, { size: 0, reason: "paused" }],
  ["the event is paused or its window not open", { selling: false }, { size: 0, reason: "not_selling" }],
  ["in the lobby", { state: "lobby" }, { size: 0, reason: "not_open" }],
  ["in the draw", { state: "drawing" }, { size: 0, reason: "not_open" }],
  ["closed", { state: "closed" }, { size: 0, reason: "not_open" }],
])("a wave when %s", (_, inputs, wave) => {
  expect(planWave({ ...CALM, ...inputs })).toEqual(wave);
});

const some = fc.record<WaveInputs>({
  state: fc.constantFrom("open", "draining", "paused", "lobby", "drawing", "closed"),
  selling: fc.boolean(),
  cap: fc.nat(2_000),
  inflowPerSecond: fc.nat(2_000),
  pacePct: fc.integer({ min: 1, max: 100 }),
  active: fc.nat(2_500),
  front: fc.nat(3_000),
  ordersWaiting: fc.nat(30_000),
  databaseMs: fc.double({ min: 0, max: 900, noNaN: true }),
  providerMs: fc.double({ min: 0, max: 20_000, noNaN: true }),
  free: fc.nat(5_000),
  held: fc.nat(2_000),
  ticketsPerPass: fc.double({ min: 0, max: 8, noNaN: true }),
});

test("a wave never goes above the cap, the inflow, its lever's share or those present, and is a whole number", () => {
  fc.assert(
    fc.property(some, (inputs) => {
      const { size } = planWave(inputs);
      expect(Number.isInteger(size) && size >= 0).toBe(true);
      expect(size).toBeLessThanOrEqual(Math.max(0, inputs.cap - inputs.active));
      expect(size).toBeLessThanOrEqual(Math.ceil((inputs.inflowPerSecond * inputs.pacePct) / 100));
      expect(size).toBeLessThanOrEqual(inputs.inflowPerSecond);
      expect(size).toBeLessThanOrEqual(inputs.front);
      const lets = inputs.state === "open" || inputs.state === "draining";
      expect(size > 0 && (inputs.free === 0 || !lets)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test("worse health never lets more in", () => {
  const worse = fc.record({
    ordersWaiting: fc.nat(10_000),
    databaseMs: fc.nat(300),
    providerMs: fc.nat(5_000),
  });
  fc.assert(
    fc.property(some, worse, (inputs, more) => {
      const sicker = {
        ...inputs,
        ordersWaiting: inputs.ordersWaiting + more.ordersWaiting,
        databaseMs: inputs.databaseMs + more.databaseMs,
        providerMs: inputs.providerMs + more.providerMs,
      };
      expect(planWave(sicker).size).toBeLessThanOrEqual(planWave(inputs).size);
    }),
    { numRuns: 2_000 },
  );
});

test("while something is free and all is well, a line with nobody inside always moves", () => {
  fc.assert(
    fc.property(some, (inputs) => {
      const well = {
        ...inputs,
        state: "open" as const,
        selling: true,
        active: 0,
        ordersWaiting: 0,
        databaseMs: 0,
      };
      fc.pre(well.cap > 0 && well.inflowPerSecond > 0 && well.front > 0 && well.free > 0);
      expect(planWave(well).size).toBeGreaterThanOrEqual(1);
    }),
    { numRuns: 2_000 },
  );
});

test("waves stop no later than checkout refuses orders", () => {
  expect(WAVE_SLOPES.ordersWaiting.end).toBeLessThanOrEqual(ORDER_QUEUE_MAX);
});

test.each([
  [{ inflowPerSecond: 50, pacePct: 100, cap: 500 }, 250],
  [{ inflowPerSecond: 50, pacePct: 20, cap: 500 }, 50],
  [{ inflowPerSecond: 1_000, pacePct: 100, cap: 500 }, 500],
  [{ inflowPerSecond: 1, pacePct: 100, cap: 500 }, 20],
  [{ inflowPerSecond: 50, pacePct: 100, cap: 1 }, 20],
  [{ inflowPerSecond: 0, pacePct: 100, cap: 500 }, 0],
  [{ inflowPerSecond: 50, pacePct: 100, cap: 0 }, 0],
])("a line with %o wants %i fans at the front", (line, fans) => {
  expect(frontTargetOf(line)).toBe(fans);
});
