import { randomUUID } from "node:crypto";
import { must } from "@onsale/core/shared/assert";
import { HoldId } from "@onsale/core/shared/ids";
import { expect, test, vi } from "vitest";
import { describeApp, key, seatItems } from "./testing/test-app.ts";
import { makeTestWaitlist } from "./testing/test-waitlist.ts";
import { composeWaitlistRound } from "./compose/waitlist-round.ts";

const code = (value: string) => ({ cause: { code: value } });

describeApp("offers to the waitlist", (app) => {
  const {
    seatNos,
    follow,
    seesFree,
    soldOut,
    free,
    waiting,
    round,
    waitOf,
    offered,
    offeredSeats,
    findings,
    buy,
    giveUp,
  } = makeTestWaitlist(app);

  test("an offer that nobody takes lapses, and the seats go to the next fan", async () => {
    const eventId = await soldOut();
    const [first, second] = await waiting(eventId, {}, {});
    await free(eventId, 2);
    await round(eventId, 200);
    expect(await offered(must(first, "joined"), eventId)).not.toBeNull();
    await vi.waitFor(async () => {
      await app().container.holds.sweep(eventId, 10);
      await round(eventId);
      expect(await offeredSeats(must(second, "joined"), eventId)).toEqual([2]);
    });
    expect(await waitOf(must(first, "joined"), eventId)).toMatchObject({ state: "over", ended: "lapsed" });
    expect(await findings(eventId)).toEqual([]);
  });

  test("seats that were given back at the checkout go to the next fan at once", async () => {
    const eventId = await soldOut();
    const [first, second] = await waiting(eventId, {}, {});
    await free(eventId, 2);
    await round(eventId);
    const holdId = HoldId.parse(must(await offered(must(first, "joined"), eventId), "offered").holdId);
    await app().as(must(first, "joined")).hold.release({ eventId, holdId });
    await seesFree(eventId, 1);
    await round(eventId);
    expect(await waitOf(must(first, "joined"), eventId)).toMatchObject({ state: "over", ended: "declined" });
    expect(await offeredSeats(must(second, "joined"), eventId)).toEqual([2]);
  });

  test("a worker that died between the row and the hold: the next one takes the same hold, once", async () => {
    const eventId = await soldOut();
    const [fan] = await waiting(eventId, { quantity: 2 });
    await free(eventId, 2, 3);
    const { container } = app();
    const dying = {
      ...container,
      holds: { ...container.holds, acquire: () => Promise.reject(new Error("the process is gone")) },
    };
    await expect(composeWaitlistRound(dying).serve(eventId)).rejects.toThrow("the process is gone");
    const [row] = await container.waitlist.openOffers(eventId);
    expect(row).toMatchObject({ told: false });
    // Nothing is kept yet, so nothing is shown.
    expect(await offered(must(fan, "joined"), eventId)).toBeNull();
    await round(eventId);
    expect(await offered(must(fan, "joined"), eventId)).toMatchObject({ holdId: row?.holdId });
    expect(await offeredSeats(must(fan, "joined"), eventId)).toEqual([2, 3]);
  });

  test("a worker that died between the hold and the mail: the fan is told of the same hold", async () => {
    const eventId = await soldOut();
    const [fan] = await waiting(eventId, {});
    await free(eventId, 2);
    const { container } = app();
    const dying = {
      ...container,
      waitlist: { ...container.waitlist, confirm: () => Promise.reject(new Error("the process is gone")) },
    };
    await expect(composeWaitlistRound(dying).serve(eventId)).rejects.toThrow("the process is gone");
    const before = await app().as(must(fan, "joined")).hold.mine({ eventId });
    await round(eventId);
    expect(await offered(must(fan, "joined"), eventId)).toMatchObject({ holdId: before[0]?.hold.id });
    expect(await offeredSeats(must(fan, "joined"), eventId)).toEqual([2]);
  });

  test("two workers at once never offer a seat twice, nor one fan two offers", async () => {
    const eventId = await soldOut({ rows: 4 });
    const fans = await waiting(eventId, ...Array.from({ length: 24 }, () => ({})));
    await free(eventId, ...seatNos(20));
    const made = await Promise.all(Array.from({ length: 6 }, () => round(eventId)));
    let total = made.reduce((sum, count) => sum + count, 0);
    while (total < 20) total += await round(eventId);
    const seats = await Promise.all(fans.map((fan) => offeredSeats(fan, eventId)));
    expect(seats.every((own) => own.length <= 1)).toBe(true);
    expect(seats.flat().sort((a, b) => a - b)).toEqual(seatNos(20));
    // The order holds: the first twenty have a seat, the last four wait.
    expect(seats.map((own) => own.length)).toEqual([...seatNos(20).map(() => 1), 0, 0, 0, 0]);
    expect(await findings(eventId)).toEqual([]);
  });

  test("while somebody waits whom a free seat suits, it does not go back on public sale; afterwards it does", async () => {
    const eventId = await soldOut();
    const [fan] = await waiting(eventId, { quantity: 2 });
    await free(eventId, 2, 3);
    expect(await follow(eventId)).toBe("sold_out");
    await app().as(must(fan, "joined")).waitlist.leave({ eventId });
    expect(await follow(eventId)).toBe("on_sale");
  });

  test("a free seat that suits nobody on the list goes back on public sale", async () => {
    const eventId = await soldOut();
    await waiting(eventId, { quantity: 2 });
    await free(eventId, 2);
    expect(await follow(eventId)).toBe("on_sale");
  });

  test("while seats are offered that another fan waits for, what lies beside them is not sold to everybody", async () => {
    const eventId = await soldOut();
    const [first] = await waiting(eventId, {}, { quantity: 2 });
    await free(eventId, 2, 3);
    await round(eventId);
    expect(await offeredSeats(must(first, "joined"), eventId)).toHaveLength(1);
    await seesFree(eventId, 1);
    expect(await follow(eventId)).toBe("sold_out");
  });

  test("a cancelled order's seats go to the waitlist before the public", async () => {
    const eventId = await soldOut();
    await free(eventId, 2);
    expect(await follow(eventId)).toBe("on_sale");
    const buyer = await app().account();
    await app()
      .as(buyer)
      .hold.create({ eventId, operationId: key(), items: seatItems(2) });
    const order = await buy(buyer, eventId, { method: "card_3ds" });
    expect(order.state).toBe("requires_action");
    await seesFree(eventId, 0);
    const [fan] = await waiting(eventId, {});
    // Nothing is free and somebody waits: what is let go from now on is not everybody's.
    expect(await follow(eventId)).toBe("sold_out");
    await giveUp(buyer, eventId, order.orderId);
    await seesFree(eventId, 1);
    expect(await follow(eventId)).toBe("sold_out");
    await expect(
      app()
        .as(await app().account())
        .hold.create({ eventId, operationId: key(), items: seatItems(2) }),
    ).rejects.toMatchObject(code("event.not_on_sale"));
    await round(eventId);
    expect(await offeredSeats(must(fan, "joined"), eventId)).toEqual([2]);
  });

  test("an offer that is paid is bought, its seats are sold, and the books agree", async () => {
    const eventId = await soldOut();
    const [fan] = await waiting(eventId, { quantity: 2 });
    await free(eventId, 2, 3);
    await round(eventId);
    expect((await buy(must(fan, "joined"), eventId)).state).toBe("paid");
    await round(eventId);
    expect(await waitOf(must(fan, "joined"), eventId)).toMatchObject({ state: "over", ended: "bought" });
    expect(await findings(eventId)).toEqual([]);
  });

  test("an order that is given up after a declined card gives the fan the old place and the seats again", async () => {
    const eventId = await soldOut();
    const [first, second] = await waiting(eventId, {}, {});
    await free(eventId, 2);
    await round(eventId);
    const before = await offered(must(first, "joined"), eventId);
    const order = await buy(must(first, "joined"), eventId, { method: "card_declined" });
    expect(order.state).toBe("declined");
    await giveUp(must(first, "joined"), eventId, order.orderId);
    await seesFree(eventId, 1);
    await round(eventId);
    const after = must(await offered(must(first, "joined"), eventId), "offered again");
    expect(after.holdId).not.toBe(before?.holdId);
    expect(await offered(must(second, "joined"), eventId)).toBeNull();
  });

  test("who loses the seats with Redis gets the same seats back, not somebody else", async () => {
    const eventId = await soldOut();
    const [fan] = await waiting(eventId, {}, {});
    await free(eventId, 2);
    await round(eventId);
    await app().forgetRedis(eventId);
    await app().container.services.events.rebuild(eventId, null);
    await vi.waitFor(async () => {
      await round(eventId);
      expect(await offeredSeats(must(fan, "joined"), eventId)).toEqual([2]);
    });
  });

  test("an offer of the waitlist stays by itself and keeps its time", async () => {
    const eventId = await soldOut();
    const [fan] = await waiting(eventId, {});
    await free(eventId, 2);
    await round(eventId);
    const offer = must(await offered(must(fan, "joined"), eventId), "offered");
    const caller = app().as(must(fan, "joined"));
    await free(eventId, 3, 5);
    for (const seatNo of [3, 5])
      await app().container.holds.acquire({
        id: HoldId.parse(randomUUID()),
        eventId,
        accountId: must(fan, "joined").id,
        items: seatItems(seatNo),
        priceVersion: 1,
        quoteHash: "a".repeat(64),
        totalMinor: 5_250,
        ttlMs: 300_000,
        maxPerFan: 6,
        passLine: null,
        cyclesMax: 100,
        timeMaxMs: 1_200_000,
      });
    const { held } = await caller.hold.join({ eventId });
    expect(held.map(({ hold }) => hold.items.seats.map(({ seatNo }) => seatNo))).toEqual([[2], [3, 5]]);
    expect(held[0]?.hold).toMatchObject({ id: offer.holdId, expiresAtMs: offer.expiresAtMs });
  });
});
