import { expect, it } from "vitest";
import type { CommitOutcome } from "@onsale/core/order/order-draft";
import type { EventId } from "@onsale/core/shared/ids";
import { makePgOrderStore } from "../order/pg-order-store.ts";
import { presaleWindow, setWindows } from "../testing/presale-fixture.ts";
import { buy, newAccountId, openSale, orderDraft } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgAccessStore } from "./pg-access-store.ts";

describeWithDatabase("the allotment of a presale", (database) => {
  const orders = () => makePgOrderStore(database());
  const presale = (eventId: EventId, want: Parameters<typeof orderDraft>[1], windowKey = "fans") =>
    orderDraft(eventId, want, { windowKey });
  const taken = async (eventId: EventId) =>
    (await makePgAccessStore(database()).presales(eventId)).map((row) => [row.windowKey, row.taken]);
  async function openWith(allotment: number, shape: { seats?: number; standing?: number }) {
    const eventId = await openSale(database(), shape);
    await setWindows(database(), eventId, [presaleWindow({ allotment })]);
    return eventId;
  }
  const won = (outcomes: readonly CommitOutcome[]) => outcomes.filter(({ kind }) => kind === "committed");

  it("100 buyers one by one for 30 places: 30 orders", async () => {
    const eventId = await openWith(30, { seats: 100 });
    const drafts = Array.from({ length: 100 }, (_, seatNo) => presale(eventId, { seats: [seatNo] }));
    const outcomes = (await Promise.all(drafts.map((draft) => orders().commitOrders([draft])))).flat();
    expect(won(outcomes)).toHaveLength(30);
    expect(outcomes.filter(({ kind }) => kind === "allotment_gone")).toHaveLength(70);
    expect(await taken(eventId)).toEqual([["fans", 30]]);
  });

  it("100 buyers in large batches for 30 places: the first 30 of each others' order", async () => {
    const eventId = await openWith(30, { seats: 100 });
    const drafts = Array.from({ length: 100 }, (_, seatNo) => presale(eventId, { seats: [seatNo] }));
    const outcomes = await orders().commitOrders(drafts);
    expect(outcomes.map(({ kind }) => kind === "committed")).toEqual(drafts.map((_, at) => at < 30));
  });

  it("an order that does not fit leaves no trace, and its places to smaller ones", async () => {
    const eventId = await openWith(3, { seats: 10, standing: 10 });
    const outcomes = await orders().commitOrders([
      presale(eventId, { seats: [0], places: 1 }),
      presale(eventId, { seats: [1, 2] }),
      presale(eventId, { places: 1 }),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["committed", "allotment_gone", "committed"]);
    expect(outcomes[1]).toMatchObject({ windowKey: "fans", left: 1 });
    expect(await orders().commitOrders([orderDraft(eventId, { seats: [1, 2] })])).toMatchObject([
      { kind: "committed" },
    ]);
    expect(await taken(eventId)).toEqual([["fans", 3]]);
  });

  it("orders that end unpaid give their places back, those that are paid keep them", async () => {
    const eventId = await openWith(30, { seats: 60 });
    const drafts = Array.from({ length: 30 }, (_, seatNo) => presale(eventId, { seats: [seatNo] }));
    await orders().commitOrders(drafts);
    const [paid, ...cancelled] = drafts.slice(0, 10);
    if (!paid) throw new Error("there are thirty");
    await buy(orders(), paid);
    const ended = { orderIds: drafts.slice(0, 10).map(({ orderId }) => orderId), reason: "expired" };
    await orders().endOrders({ ...ended, to: "cancelled" });
    await orders().endOrders({ ...ended, to: "cancelled" });
    expect(cancelled).toHaveLength(9);
    expect(await taken(eventId)).toEqual([["fans", 21]]);
    const more = Array.from({ length: 20 }, (_, n) => presale(eventId, { seats: [30 + n] }));
    expect(won(await orders().commitOrders(more))).toHaveLength(9);
  });

  it("the same order again counts once", async () => {
    const eventId = await openWith(5, { seats: 10 });
    const draft = presale(eventId, { seats: [1, 2] });
    for (let n = 0; n < 3; n++) await orders().commitOrders([draft, draft]);
    expect(await taken(eventId)).toEqual([["fans", 2]]);
  });

  it("one presale's places are not another's, nor the public sale's", async () => {
    const eventId = await openWith(1, { seats: 10 });
    const outcomes = await orders().commitOrders([
      presale(eventId, { seats: [1] }),
      presale(eventId, { seats: [2] }),
      presale(eventId, { seats: [3, 4] }, "sponsors"),
      orderDraft(eventId, { seats: [5] }, { accountId: newAccountId() }),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      "committed",
      "allotment_gone",
      "committed",
      "committed",
    ]);
    expect(await taken(eventId)).toEqual([
      ["fans", 1],
      ["sponsors", 2],
    ]);
  });

  it("may be set while the presale runs, and never below what is taken", async () => {
    const eventId = await openSale(database(), { seats: 10 });
    await orders().commitOrders([presale(eventId, { seats: [1, 2] })]);
    await setWindows(database(), eventId, [presaleWindow({ allotment: 3 })]);
    expect(await makePgAccessStore(database()).placesLeft(eventId)).toEqual(new Map([["fans", 1]]));
    await expect(setWindows(database(), eventId, [presaleWindow({ allotment: 1 })])).rejects.toMatchObject({
      code: "input.invalid",
    });
    await setWindows(database(), eventId, [presaleWindow()]);
    expect(await makePgAccessStore(database()).placesLeft(eventId)).toEqual(new Map());
    expect(await taken(eventId)).toEqual([["fans", 2]]);
  });
});
