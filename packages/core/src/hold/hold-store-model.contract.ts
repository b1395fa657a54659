import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SEAT_STATE } from "../inventory/inventory.ts";
import { must } from "../shared/assert.ts";
import {
  type Ids,
  makeHoldModel,
  MODEL_AREA,
  MODEL_CYCLES_MAX,
  MODEL_MAX_PER_FAN,
  MODEL_QUOTE,
  MODEL_SEATS,
  newIds,
  type Step,
} from "./hold-model.contract.ts";
import { type HoldStoreHarness, planOf, seatsOf } from "./hold-store-harness.contract.ts";

const hold = fc.nat({ max: 5 });
const fan = fc.nat({ max: 2 });
const kind = <const K extends string>(name: K) => fc.constant(name);
const acquire = fc
  .record({
    kind: kind("acquire"),
    hold,
    fan,
    seats: fc.uniqueArray(fc.nat({ max: MODEL_SEATS - 1 }), { maxLength: 3 }),
    places: fc.nat({ max: 3 }),
    line: fc.boolean(),
  })
  .filter((step) => step.seats.length + step.places > 0);
const claim = fc.record({
  kind: kind("claim"),
  hold,
  fan,
  order: fc.nat({ max: 2 }),
  quoteHash: fc.constantFrom(MODEL_QUOTE, MODEL_QUOTE, MODEL_QUOTE, "b".repeat(64)),
  queueMax: fc.constantFrom(1, 3, 100, 100),
});
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { arbitrary: acquire, weight: 5 },
    { arbitrary: claim, weight: 3 },
    { arbitrary: fc.record({ kind: kind("release"), hold, fan }), weight: 2 },
    { arbitrary: fc.record({ kind: kind("extend"), hold, fan }), weight: 1 },
    {
      arbitrary: fc.record({ kind: kind("settle"), hold, after: fc.constantFrom("sold", "free") }),
      weight: 2,
    },
    { arbitrary: fc.record({ kind: kind("lapse"), hold }), weight: 2 },
    { arbitrary: fc.record({ kind: kind("sweep") }), weight: 1 },
    { arbitrary: fc.record({ kind: kind("pass"), fan, valid: fc.boolean() }), weight: 2 },
  ),
  { minLength: 5, maxLength: 40 },
);

/** Runs one step against the store and names its answer as the model does. */
async function run({ store, lapse, grantPass }: HoldStoreHarness, ids: Ids, step: Step): Promise<string> {
  const { eventId, lineId } = ids;
  if (step.kind === "sweep") {
    await store.sweep(eventId, 1);
    return "done";
  }
  if (step.kind === "pass") {
    const accountId = must(ids.fans[step.fan], "a fan of the run");
    const untilMs = Date.now() + (step.valid ? 600_000 : -1);
    await grantPass({ eventId, lineId, accountId, untilMs });
    return "done";
  }
  const holdId = must(ids.holds[step.hold], "a hold of the run");
  if (step.kind === "settle") {
    await (step.after === "sold"
      ? store.settleSold([{ eventId, holdId }])
      : store.settleFreed([{ eventId, holdId }]));
    return "done";
  }
  if (step.kind === "lapse") {
    await lapse(eventId, holdId);
    return "done";
  }
  const accountId = must(ids.fans[step.fan], "a fan of the run");
  const owned = { eventId, holdId, accountId };
  switch (step.kind) {
    case "release":
      return (await store.release(owned)).kind;
    case "extend":
      return (await store.extend({ ...owned, ttlMs: 300_000 })).kind;
    case "claim": {
      const orderId = must(ids.orders[step.order], "an order of the run");
      const { quoteHash, queueMax } = step;
      const result = await store.claim({ ...owned, orderId, quoteHash, queueMax, payload: "{}" });
      return result.kind === "queued" && result.replayed ? "queued:replayed" : result.kind;
    }
    case "acquire": {
      const items = seatsOf(...step.seats);
      if (step.places > 0) items.areas.push({ areaNo: 0, ticketType: "adult", quantity: step.places });
      const plan = planOf({
        eventId,
        id: holdId,
        accountId,
        items,
        maxPerFan: MODEL_MAX_PER_FAN,
        cyclesMax: MODEL_CYCLES_MAX,
        timeMaxMs: null,
        passLine: step.line ? lineId : null,
      });
      const result = await store.acquire(plan);
      return result.kind === "acquired" && result.replayed ? "acquired:replayed" : result.kind;
    }
  }
}

async function sweepAll({ store }: HoldStoreHarness, { eventId }: Ids): Promise<void> {
  while ((await store.sweep(eventId, 100)) === 100);
}

/**
 * Random runs against a model that fits on a page. `seeds` are fixed so that a run can be repeated, plus one that is
 * new each time; the name of the test carries it. `runs` says how many sequences of each seed, step after step and with
 * all steps at once.
 */
export function holdStoreModelContract(
  name: string,
  makeHarness: () => Promise<HoldStoreHarness>,
  { seeds, runs }: { seeds: readonly number[]; runs: { readonly inTurn: number; readonly atOnce: number } },
): void {
  describe(`HoldStore against the model: ${name}`, () => {
    let harness: HoldStoreHarness;
    beforeAll(async () => {
      harness = await makeHarness();
    });
    afterAll(() => harness.close());
    const openRun = async () => {
      const ids = newIds();
      await harness.open({ eventId: ids.eventId, seatCount: MODEL_SEATS, areas: [MODEL_AREA] });
      await harness.openRoom(ids);
      return ids;
    };

    test.each(seeds)("every answer and the stock are what the model says (seed %i)", async (seed) => {
      await fc.assert(
        fc.asyncProperty(steps, async (sequence) => {
          const [ids, model] = [await openRun(), makeHoldModel()];
          for (const step of sequence) {
            if (step.kind === "lapse" && !model.isActive(step.hold)) continue;
            const expected = model.apply(step);
            expect([step, await run(harness, ids, step)]).toEqual([step, expected]);
          }
          await sweepAll(harness, ids);
          expect(await harness.stock(ids.eventId)).toEqual(model.stock());
          for (const [fanNo, accountId] of ids.fans.entries()) {
            const found = await harness.store.findByAccount(ids.eventId, accountId);
            const expected = model.liveHoldsOf(fanNo).map((holdNo) => ids.holds[holdNo]);
            expect(found.map((one) => one.id)).toEqual(expected);
          }
        }),
        { seed, numRuns: runs.inTurn },
      );
    });

    test.each(seeds)(
      "steps at the same time leave each taken place with exactly one hold (seed %i)",
      async (seed) => {
        await fc.assert(
          fc.asyncProperty(steps, async (sequence) => {
            const ids = await openRun();
            const concurrent = sequence.filter((step) => step.kind !== "lapse" && step.kind !== "settle");
            await Promise.all(concurrent.map((step) => run(harness, ids, step)));
            const { seats, areas } = await harness.stock(ids.eventId);
            const live = (
              await Promise.all(ids.fans.map((fanId) => harness.store.findByAccount(ids.eventId, fanId)))
            ).flat();
            const owned = live.flatMap((one) =>
              one.items.seats.map((seat) => [
                seat.seatNo,
                SEAT_STATE[one.state === "claimed" ? "claimed" : "held"],
              ]),
            );
            const taken = [...seats.entries()].filter(([, state]) => state !== SEAT_STATE.free);
            expect(owned.sort(([a = 0], [b = 0]) => a - b)).toEqual(taken);
            const places = live
              .flatMap((one) => one.items.areas)
              .reduce((sum, area) => sum + area.quantity, 0);
            expect((areas[0]?.held ?? 0) + (areas[0]?.claimed ?? 0)).toBe(places);
            expect(places).toBeLessThanOrEqual(MODEL_AREA.capacity);
          }),
          { seed, numRuns: runs.atOnce },
        );
      },
    );
  });
}
