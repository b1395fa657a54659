import fc from "fast-check";
import { expect, it } from "vitest";
import { EventId } from "@onsale/core/shared/ids";
import { newAccountId, orderDraft } from "../testing/sale-fixture.ts";
import { draftRows, newReference } from "./draft-row.ts";

const eventId = EventId.parse("0b5f3f3e-6f0c-4a3e-9f57-3f1f2d1c0a01");
const fans = Array.from({ length: 4 }, newAccountId);

const batch = fc.array(
  fc.record({
    fan: fc.integer({ min: 0, max: fans.length - 1 }),
    seats: fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
);

it("drafts of a batch that are not contested never want the same seat or speak for the same fan", () => {
  fc.assert(
    fc.property(batch, (wants) => {
      const drafts = wants.map(({ fan, seats }) =>
        orderDraft(eventId, { seats }, { accountId: fans[fan] ?? newAccountId() }),
      );
      const rows = draftRows(drafts.map((draft, ord) => ({ ord, draft })));
      const free = drafts.filter((_, ord) => rows[ord]?.["contested"] === false);
      const seats = free.flatMap((draft) => draft.ticketItems.seats.map((seat) => seat.seatNo));
      expect(new Set(seats).size).toBe(seats.length);
      expect(new Set(free.map((draft) => draft.accountId)).size).toBe(free.length);
      expect(rows[0]?.["contested"]).toBe(false);
    }),
    { numRuns: 300 },
  );
});

it("seats go sorted to the database, whatever the order of the items", () => {
  const [row] = draftRows([{ ord: 0, draft: orderDraft(eventId, { seats: [9, 2, 5], places: 2 }) }]);
  expect(row).toMatchObject({ seat_nos: [2, 5, 9], area_nos: [0], area_counts: [2], item_count: 5 });
});

it("a draft that wants a seat twice is our own mistake and is not sent", () => {
  expect(() => draftRows([{ ord: 0, draft: orderDraft(eventId, { seats: [1, 1] }) }])).toThrow(
    "wants a seat twice",
  );
});

it("references can be read out on the phone", () => {
  for (let n = 0; n < 100; n++)
    expect(newReference()).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
});
