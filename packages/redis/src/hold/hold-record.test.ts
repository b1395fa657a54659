import type { TicketItems } from "@onsale/core/pricing/ticket-items";
import { AccountId, EventId, HoldId } from "@onsale/core/shared/ids";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packPlaces, packRebuiltClaim, packRest, unpackHold } from "./hold-record.ts";

const at = {
  eventId: EventId.parse("0190f0aa-0000-7000-8000-000000000001"),
  id: HoldId.parse("0190f0aa-0000-7000-8000-000000000002"),
  expiresAtMs: 1_732_200_000_000,
};
const accountId = AccountId.parse("0190f0aa-0000-7000-8000-000000000003");
// Any text an organizer may type, field marks and line ends among it.
const ticketType = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.constantFrom("a|b|c", "VIP, front", "x\ny"),
);
const items: fc.Arbitrary<TicketItems> = fc.record({
  seats: fc.uniqueArray(fc.record({ seatNo: fc.nat({ max: 199_999 }), ticketType }), {
    selector: (seat) => seat.seatNo,
    maxLength: 8,
  }),
  areas: fc.array(
    fc.record({ areaNo: fc.nat({ max: 255 }), ticketType, quantity: fc.integer({ min: 1, max: 50 }) }),
    { maxLength: 4 },
  ),
});
const price = fc.record({
  priceVersion: fc.nat(),
  totalMinor: fc.nat({ max: 1_000_000_000 }),
  windowKey: fc.option(
    fc.oneof(fc.constantFrom("public", "fans", "7", "2-for-1"), fc.stringMatching(/^[a-z0-9]{1,40}$/)),
  ),
});

describe("hold record", () => {
  test("what acquire-hold.lua writes is read back whole, whatever ticket types are called", () => {
    fc.assert(
      fc.property(
        items,
        price,
        fc.option(fc.nat()),
        (asked, { priceVersion, totalMinor, windowKey }, payByMs) => {
          const { seats, areas, places } = packPlaces(asked);
          const rest = packRest({ priceVersion, totalMinor, windowKey, items: asked });
          const hold = unpackHold(
            at,
            ["a", accountId, places, 2, payByMs ?? "", "", "f".repeat(64), seats, areas, rest].join("|"),
          );
          expect(hold).toEqual({
            ...at,
            accountId,
            items: asked,
            priceVersion,
            totalMinor,
            windowKey,
            payByMs,
            quoteHash: "f".repeat(64),
            extensionsLeft: 2,
            state: "active",
          });
        },
      ),
    );
  });

  test("a record from before windows were kept is read, and names none", () => {
    const packed = `a|${accountId}|1|2|||${"f".repeat(64)}|5||3|5000|{"seats":[{"seatNo":5,"ticketType":"adult"}],"areas":[]}`;
    expect(unpackHold(at, packed)).toMatchObject({ priceVersion: 3, totalMinor: 5_000, windowKey: null });
  });

  test("a key that would break the record is not written", () => {
    const rest = { priceVersion: 1, totalMinor: 0, items: { seats: [], areas: [] }, windowKey: "fans|2" };
    expect(() => packRest(rest)).toThrow("rule:window_key");
  });

  test("places are named in one way: ascending, each area once with its sum", () => {
    const places: TicketItems = {
      seats: [7, 1, 12].map((seatNo) => ({ seatNo, ticketType: "adult" })),
      areas: [
        { areaNo: 3, ticketType: "adult", quantity: 2 },
        { areaNo: 0, ticketType: "adult", quantity: 1 },
        { areaNo: 3, ticketType: "child", quantity: 4 },
      ],
    };
    expect(packPlaces(places)).toEqual({ seats: "1,7,12", areas: "0:1,3:6", places: 10 });
  });

  test("a hold that names a seat twice is a bug, not a hold", () => {
    const twice: TicketItems = {
      seats: [5, 5].map((seatNo) => ({ seatNo, ticketType: "adult" })),
      areas: [],
    };
    expect(() => packPlaces(twice)).toThrow("each seat once");
  });

  test("a claim rebuilt from facts keeps places and fan; without a fan it is nobody's", () => {
    const claim = { accountId: accountId as string, seats: [4, 2], areas: new Map([[1, 3]]) };
    const hold = unpackHold(at, packRebuiltClaim(claim));
    expect(hold).toMatchObject({ accountId, state: "claimed" });
    expect(packPlaces(hold.items)).toEqual({ seats: "2,4", areas: "1:3", places: 5 });
    expect(unpackHold(at, packRebuiltClaim({ ...claim, accountId: "" })).accountId).not.toBe(accountId);
  });

  test("a record that cannot be read is an error that names the hold", () => {
    expect(() => unpackHold(at, "a|nonsense")).toThrow(at.id);
  });
});
