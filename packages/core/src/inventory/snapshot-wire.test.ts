import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type InventorySnapshot, SEAT_STATE, type SeatState } from "./inventory.ts";
import { decodeSnapshot, encodeSnapshot, publicArea, publicDelta, publicState } from "./snapshot-wire.ts";

const seatState = fc.constantFrom<SeatState[]>(...Object.values(SEAT_STATE));
const count = fc.nat({ max: 50_000 });
const area = fc.record({
  areaNo: fc.nat({ max: 255 }),
  capacity: count,
  held: count,
  claimed: count,
  sold: count,
});
const areas = fc.uniqueArray(area, { selector: (one) => one.areaNo, maxLength: 12 });
const snapshot: fc.Arbitrary<InventorySnapshot> = fc.record({
  id: fc.tuple(fc.nat(), fc.nat()).map(([ms, sequence]) => `${ms}-${sequence}`),
  epoch: fc.uuid(),
  seats: fc.array(seatState, { maxLength: 300 }).map((states) => Uint8Array.from(states)),
  areas,
});
describe("snapshot on the wire", () => {
  test("what is decoded is the public view of what was encoded", () => {
    fc.assert(
      fc.property(snapshot, (whole) => {
        expect(decodeSnapshot(encodeSnapshot(whole))).toEqual({
          id: whole.id,
          epoch: whole.epoch,
          seats: whole.seats.map(publicState),
          areas: whole.areas.map(publicArea),
        });
      }),
      { numRuns: 300 },
    );
  });

  test("it decodes from the middle of a larger buffer", () => {
    const whole = { id: "1-0", epoch: "e", seats: Uint8Array.of(0, 1, 2, 3, 4), areas: [] };
    const bytes = encodeSnapshot(whole);
    const padded = new Uint8Array(bytes.length + 20);
    padded.set(bytes, 7);
    expect([...decodeSnapshot(padded.subarray(7, 7 + bytes.length)).seats]).toEqual([0, 1, 1, 2, 2]);
  });

  test("39,616 seats in the worst state fit into 10 KB, and a compressed one is no larger", () => {
    const [states, runs] = [fc.sample(seatState, { numRuns: 39_616, seed: 1 }), 39_616];
    const bytes = encodeSnapshot({
      id: "1732200000000-0",
      epoch: "e".repeat(36),
      seats: Uint8Array.from(states),
      areas: [],
    });
    expect(bytes.length).toBeLessThan(runs / 4 + 100);
    expect(deflateSync(bytes).length).toBeLessThan(10_100);
  });

  test("a cut answer and another version are refused, not shown", () => {
    const bytes = encodeSnapshot({ id: "1-0", epoch: "e", seats: new Uint8Array(9), areas: [] });
    expect(() => decodeSnapshot(bytes.subarray(0, bytes.length - 1))).toThrow("whole");
    expect(() => decodeSnapshot(Uint8Array.of(2, ...bytes.subarray(1)))).toThrow("version");
  });
});

describe("deltas on the wire", () => {
  test("a browser learns places and states, and nothing about people", () => {
    const merged = publicDelta([
      { id: "1-0", seats: [{ seatNo: 3, state: SEAT_STATE.claimed }], areas: [] },
      {
        id: "2-0",
        seats: [{ seatNo: 4, state: SEAT_STATE.blocked }],
        areas: [{ areaNo: 0, capacity: 9, held: 1, claimed: 2, sold: 3 }],
      },
    ]);
    expect(merged).toEqual({ seats: [3, 1, 4, 2], areas: [{ areaNo: 0, capacity: 9, free: 3 }] });
  });
});
