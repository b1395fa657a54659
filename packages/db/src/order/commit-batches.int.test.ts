import { TESTER } from "@onsale/core/actor/testing/staff";
import { must } from "@onsale/core/shared/assert";
import type { OrderDraft } from "@onsale/core/order/order-draft";
import type { EventId } from "@onsale/core/shared/ids";
import fc from "fast-check";
import { expect, inject, test } from "vitest";
import { makePgAccessStore } from "../access/pg-access-store.ts";
import { makePgEventStore } from "../event/pg-event-store.ts";
import { makePgInventoryFactsStore } from "../inventory/pg-inventory-facts-store.ts";
import { presaleWindow, setWindows } from "../testing/presale-fixture.ts";
import { newAccountId, openSale, orderDraft } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgOrderStore } from "./pg-order-store.ts";

const RUNS = inject("isLong") ? 200 : 12;

describeWithDatabase("commitOrders, of a batch in which orders stand in each other's way", (database) => {
  const orders = () => makePgOrderStore(database());
  const kinds = async (...drafts: OrderDraft[]) =>
    (await orders().commitOrders(drafts)).map(({ kind }) => kind);

  async function openPresaleSale(allotment: number, shape: { seats?: number; standing?: number }) {
    const eventId = await openSale(database(), shape);
    await setWindows(database(), eventId, [presaleWindow({ allotment })]);
    return eventId;
  }

  /** `left` of an area and of an allotment at the end; null: none is counted. */
  async function stockOf(eventId: EventId) {
    const { areas } = await makePgInventoryFactsStore(database()).read(eventId);
    const presales = await makePgAccessStore(database()).presales(eventId);
    const of = presales.find(({ windowKey }) => windowKey === "fans");
    return {
      standing: areas.reduce((sum, { capacity, claimed, sold }) => sum + capacity - claimed - sold, 0),
      allotment: (of?.allotment ?? 0) - (of?.taken ?? 0),
    };
  }

  test("who loses by the allotment takes no standing place from the next", async () => {
    const eventId = await openPresaleSale(1, { seats: 1, standing: 1 });
    const inPresale = (want: { seats?: number[]; places?: number }) =>
      orderDraft(eventId, want, { windowKey: "fans" });
    expect(
      await kinds(inPresale({ seats: [0] }), inPresale({ places: 1 }), orderDraft(eventId, { places: 1 })),
    ).toEqual(["committed", "allotment_gone", "committed"]);
  });

  test("and who loses by the standing places takes nothing of the allotment", async () => {
    const eventId = await openPresaleSale(2, { seats: 1, standing: 1 });
    const inPresale = (want: { seats?: number[]; places?: number }) =>
      orderDraft(eventId, want, { windowKey: "fans" });
    expect(
      await kinds(orderDraft(eventId, { places: 1 }), inPresale({ places: 2 }), inPresale({ seats: [0] })),
    ).toEqual(["committed", "area_full", "committed"]);
  });

  test("a closed event refuses its own orders, and each order has its own time to pay", async () => {
    const [open, over] = [await openSale(database(), { seats: 4 }), await openSale(database(), { seats: 4 })];
    await makePgEventStore(database()).moveEvent(TESTER, { id: over, to: "ended" });
    const [soon, late] = [
      orderDraft(open, { seats: [0] }, { payWithinMs: 1_000 }),
      orderDraft(open, { seats: [2] }, { payWithinMs: 600_000 }),
    ];
    const lost = [orderDraft(over, { seats: [0] }), orderDraft(open, { seats: [0, 1] })];
    expect(await kinds(soon, ...lost, late, orderDraft(open, { seats: [1] }))).toEqual([
      "committed",
      "event_closed",
      "seats_taken",
      "committed",
      "committed",
    ]);
    const payBy = async ({ orderId }: OrderDraft) =>
      must((await orders().find(orderId))?.order, "it was committed");
    for (const draft of [soon, late]) {
      // oxlint-disable-next-line no-await-in-loop -- two questions
      const { payByMs, createdAtMs } = await payBy(draft);
      expect(payByMs - createdAtMs).toBe(draft.payWithinMs);
    }
  });

  const STANDING = 3;
  const SEATS = 4;
  const ALLOTMENT = 3;
  const MAX_PER_FAN = 3;
  const Wish = fc.record({
    seats: fc.uniqueArray(fc.integer({ min: 0, max: SEATS - 1 }), { maxLength: 2 }),
    places: fc.integer({ min: 1, max: 2 }),
    onlySeats: fc.boolean(),
    fan: fc.integer({ min: 0, max: 5 }),
    hold: fc.integer({ min: 0, max: 7 }),
    key: fc.integer({ min: 0, max: 2 }),
    inPresale: fc.boolean(),
    payWithinMs: fc.integer({ min: 60_000, max: 600_000 }),
  });

  test("whoever is refused would find no room at the end either, and nothing is sold twice", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(Wish, { minLength: 2, maxLength: 16 }), async (wishes) => {
        const eventId = await openPresaleSale(ALLOTMENT, { seats: SEATS, standing: STANDING });
        const fans = Array.from({ length: 6 }, newAccountId);
        const holds = Array.from({ length: 8 }, () => orderDraft(eventId, { places: 1 }).holdId);
        const drafts = wishes.map(({ seats, places, onlySeats, fan, hold, key, inPresale, payWithinMs }) =>
          orderDraft(
            eventId,
            { seats, places: onlySeats && seats.length > 0 ? 0 : places },
            {
              accountId: must(fans[fan], "of six"),
              holdId: must(holds[hold], "of eight"),
              idempotencyKey: `key-of-a-checkout-${key}` as OrderDraft["idempotencyKey"],
              windowKey: inPresale ? "fans" : null,
              maxPerFan: MAX_PER_FAN,
              payWithinMs,
            },
          ),
        );
        const outcomes = await orders().commitOrders(drafts);
        const decided = drafts.map((draft, at) => ({ draft, outcome: must(outcomes[at], "one per draft") }));
        const won = decided.flatMap(({ draft, outcome }) =>
          outcome.kind === "committed" && outcome.orderId === draft.orderId ? [draft] : [],
        );
        const seatsOf = (draft: OrderDraft) => draft.items.flatMap(({ seatNo }) => seatNo ?? []);
        const soldSeats = won.flatMap(seatsOf);
        const boughtBy = (fan: string) =>
          won.filter(({ accountId }) => accountId === fan).reduce((sum, { items }) => sum + items.length, 0);
        const left = await stockOf(eventId);
        const once = (things: readonly unknown[]) => expect(new Set(things).size).toBe(things.length);
        once(soldSeats);
        once(won.map(({ holdId }) => holdId));
        once(won.map(({ accountId, idempotencyKey }) => `${accountId} ${idempotencyKey}`));
        expect(fans.every((fan) => boughtBy(fan) <= MAX_PER_FAN)).toBe(true);
        expect(left.standing).toBe(
          STANDING - won.reduce((sum, draft) => sum + draft.items.length - seatsOf(draft).length, 0),
        );
        expect(left.allotment).toBe(
          ALLOTMENT - won.reduce((sum, { items, windowKey }) => sum + (windowKey ? items.length : 0), 0),
        );
        for (const { draft, outcome } of decided) {
          const places = draft.items.length - seatsOf(draft).length;
          const reasons = {
            committed: true,
            seats_taken:
              seatsOf(draft).some((seatNo) => soldSeats.includes(seatNo)) ||
              won.some(({ holdId }) => holdId === draft.holdId),
            area_full: left.standing < places,
            allotment_gone: left.allotment < draft.items.length,
            limit: boughtBy(draft.accountId) + draft.items.length > MAX_PER_FAN,
            key_reused: false,
            event_closed: false,
            too_late: false,
          };
          expect([outcome, reasons[outcome.kind]]).toEqual([outcome, true]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
