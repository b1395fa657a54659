import { TESTER } from "@onsale/core/actor/testing/staff";
import type { Account } from "@onsale/core/actor/account";
import { must } from "@onsale/core/shared/assert";
import { type AccountId, type EventId, HoldId } from "@onsale/core/shared/ids";
import { OFFER_AGAIN_MS } from "@onsale/core/waitlist/waitlist";
import type { SaleWindow } from "@onsale/core/event/event";
import { withTx } from "@onsale/db/with-tx";
import { expect, test, vi } from "vitest";
import { describeApp, key, seatItems } from "./testing/test-app.ts";
import { joinAll, openLine } from "./testing/test-line.ts";
import { makeTestWaitlist, SEATS, wishes } from "./testing/test-waitlist.ts";
import { composeWaitlistRound } from "./compose/waitlist-round.ts";

const closed = { cause: { code: "waitlist.closed", details: { why: "on_sale" } } };

const orderedAtMs = () => Promise.resolve(Date.now());

describeApp("whom the waitlist passes over", (app) => {
  const {
    seatNos,
    block,
    freshState,
    follow,
    seesFree,
    soldOut,
    free,
    waiting,
    round,
    waitOf,
    offered,
    offeredSeats,
    buy,
  } = makeTestWaitlist(app);
  const openEvent = (maxPerFan = 6) => app().openEvent({ rows: 1, seats: SEATS, standing: 0, maxPerFan });
  const hold = async (fan: Account, eventId: EventId, seatNo: number) => {
    const held = await app()
      .as(fan)
      .hold.create({ eventId, operationId: key(), items: seatItems(seatNo) });
    return HoldId.parse(held.hold.id);
  };
  /** On sale, one seat held by a fan, the others the organizer's own: nothing is free, not all is sold. */
  async function lastSeatHeld(maxPerFan = 6) {
    const eventId = await openEvent(maxPerFan);
    const buyer = await app().account();
    const holdId = await hold(buyer, eventId, 0);
    await block(eventId, true, ...seatNos().slice(1));
    await seesFree(eventId, 0);
    return { eventId, buyer, holdId };
  }
  async function sellIn(eventId: EventId, saleWindows: SaleWindow[]) {
    await app().changeEvent(eventId, { saleWindows });
  }
  async function finish({ lineId, tick }: Awaited<ReturnType<typeof openLine>>) {
    await app().container.services.lines.move(TESTER, { lineId, to: "closed" });
    await tick();
  }
  /** Rounds of a worker, and to whom they offered seats, whether or not these could be had. */
  function makeAsking(most: number) {
    const asked: AccountId[] = [];
    const { container } = app();
    const loop = composeWaitlistRound({
      ...container,
      waitlist: {
        ...container.waitlist,
        offer: (input) => {
          asked.push(input.entry.accountId);
          if (asked.length > most) throw new Error("the same fans are asked over and over");
          return container.waitlist.offer(input);
        },
      },
    });
    return { asked, round: (eventId: EventId) => loop.serve(eventId) };
  }

  test("while a line stands before the sale, what comes back is for those in it; afterwards for the waitlist", async () => {
    const eventId = await openEvent();
    const line = await openLine(app(), eventId);
    await line.draw();
    await block(eventId, true, ...seatNos());
    await seesFree(eventId, 0);
    const [fan] = await waiting(eventId, {});
    await free(eventId, 2);
    expect(await freshState(eventId)).toBe("on_sale");
    expect(await round(eventId)).toBe(0);
    expect(await waitOf(must(fan, "joined"), eventId)).toMatchObject({ state: "waiting", offer: null });
    await finish(line);
    expect(await round(eventId)).toBe(1);
    expect(await offeredSeats(must(fan, "joined"), eventId)).toEqual([2]);
  });

  test("while a line stands nobody joins before everything is sold, although nothing is free", async () => {
    const { eventId, buyer, holdId } = await lastSeatHeld();
    const line = await openLine(app(), eventId);
    await line.draw();
    await expect(waiting(eventId, {})).rejects.toMatchObject(closed);
    await app().as(buyer).hold.release({ eventId, holdId });
    await block(eventId, true, 0);
    await seesFree(eventId, 0);
    expect(await waiting(eventId, {})).toHaveLength(1);
  });

  test("what is held is not everybody's again once somebody waits for it", async () => {
    const { eventId } = await lastSeatHeld();
    expect(await follow(eventId)).toBe("on_sale");
    await waiting(eventId, {});
    expect(await follow(eventId)).toBe("sold_out");
  });

  test("what is held stays theirs who stand in a line, whoever waits for it", async () => {
    const { eventId } = await lastSeatHeld();
    await waiting(eventId, {});
    const line = await openLine(app(), eventId);
    await line.draw();
    expect(await follow(eventId)).toBe("on_sale");
    await finish(line);
    expect(await follow(eventId)).toBe("sold_out");
  });

  test("a number of the line that was used to buy gives no place in the list; one that was not does", async () => {
    const eventId = await openEvent();
    const line = await openLine(app(), eventId);
    const fans = [await app().account(), await app().account()] as const;
    await joinAll(app(), line.lineId, fans);
    await line.draw();
    await line.tick();
    const [buyer, other] = fans;
    const { ticket } = must(await app().as(buyer).line.mine({ eventId }), "they joined");
    await app().as(buyer).line.checkIn({ ticket });
    await line.tick();
    await app().container.services.places.bought({ accountId: buyer.id, eventId, orderedAtMs });
    await line.tick();
    expect(await app().as(buyer).line.mine({ eventId })).toMatchObject({ ended: "bought" });
    await block(eventId, true, ...seatNos());
    await seesFree(eventId, 0);
    const join = (fan: Account) => app().as(fan).waitlist.join({ eventId, wishes: wishes() });
    expect((await join(buyer)).lineNumber).toBeNull();
    expect((await join(other)).lineNumber).toEqual(expect.any(Number));
    expect((await waitOf(buyer, eventId)).ahead).toBe(1);
  });

  test("while presales alone are open what comes back is sold in them, to nobody who waits; then the waitlist has it", async () => {
    const eventId = await openEvent();
    const hourMs = 3_600_000;
    const nowMs = Date.now();
    const presale = { kind: "presale", key: "fans", label: "Fans", opensAtMs: nowMs - hourMs } as const;
    const everybody = { kind: "public", label: "Everybody", closesAtMs: nowMs + 2 * hourMs } as const;
    await sellIn(eventId, [
      { ...presale, closesAtMs: nowMs + hourMs },
      { ...everybody, opensAtMs: nowMs + hourMs },
    ]);
    await block(eventId, true, ...seatNos());
    await seesFree(eventId, 0);
    const [fan] = await waiting(eventId, {});
    expect(await follow(eventId)).toBe("sold_out");
    await free(eventId, 2);
    expect(await round(eventId)).toBe(0);
    expect(await follow(eventId)).toBe("on_sale");
    expect(await round(eventId)).toBe(0);
    expect(await offered(must(fan, "joined"), eventId)).toBeNull();
    await block(eventId, true, 2);
    await seesFree(eventId, 0);
    // Nor is anything kept for the waitlist that a hold of the presale may let go.
    expect(await app().container.services.waitlist.hasWaiting(eventId)).toBe(false);
    await sellIn(eventId, [
      { ...presale, closesAtMs: nowMs },
      { ...everybody, opensAtMs: nowMs },
    ]);
    expect(await follow(eventId)).toBe("sold_out");
    await free(eventId, 2);
    expect(await follow(eventId)).toBe("sold_out");
    expect(await round(eventId)).toBe(1);
    expect(await offeredSeats(must(fan, "joined"), eventId)).toEqual([2]);
  });

  test("who bought in the line has no place in the list by it, also with the new number of who joined the line again", async () => {
    const eventId = await openEvent();
    const line = await openLine(app(), eventId);
    const buyer = await app().account();
    await joinAll(app(), line.lineId, [buyer]);
    await line.draw();
    await line.tick();
    const { ticket } = must(await app().as(buyer).line.mine({ eventId }), "they joined");
    await app().as(buyer).line.checkIn({ ticket });
    await line.tick();
    const { pass } = await app().as(buyer).line.enter({ lineId: line.lineId });
    await app()
      .as(buyer, pass)
      .hold.create({ eventId, operationId: key(), items: seatItems(0) });
    expect((await buy(buyer, eventId, { pass })).state).toBe("paid");
    await vi.waitFor(async () => {
      await line.tick();
      expect(await app().as(buyer).line.mine({ eventId })).toMatchObject({ ended: "bought" });
    });
    const again = await app().as(buyer).line.rejoin({ lineId: line.lineId });
    expect(again).toMatchObject({ number: 2, ended: null });
    await finish(line);
    await block(eventId, true, ...seatNos().slice(1));
    await seesFree(eventId, 0);
    const [stranger] = await waiting(eventId, {});
    await app().as(buyer).waitlist.join({ eventId, wishes: wishes() });
    expect((await waitOf(buyer, eventId)).lineNumber).toBeNull();
    expect((await waitOf(must(stranger, "joined"), eventId)).ahead).toBe(0);
  });

  test("whose purchase limit has no room for what they wait for is not asked at all", async () => {
    const eventId = await soldOut({ maxPerFan: 2 });
    const [full, next] = await waiting(eventId, { quantity: 2 }, { quantity: 2 });
    // One seat alone suits neither, so it is sold to everybody.
    await free(eventId, 0);
    expect(await follow(eventId)).toBe("on_sale");
    await hold(must(full, "joined"), eventId, 0);
    expect((await buy(must(full, "joined"), eventId)).state).toBe("paid");
    await seesFree(eventId, 0);
    expect(await follow(eventId)).toBe("sold_out");
    await free(eventId, 2, 3);
    const asking = makeAsking(2);
    await asking.round(eventId);
    expect(asking.asked).toEqual([next?.id]);
    expect(await waitOf(must(full, "joined"), eventId)).toMatchObject({ state: "waiting", ahead: 0 });
  });

  test("what only those want whose limit has no room is sold to everybody", async () => {
    const eventId = await soldOut({ maxPerFan: 2 });
    const [full] = await waiting(eventId, { quantity: 2 });
    await free(eventId, 0);
    await follow(eventId);
    await hold(must(full, "joined"), eventId, 0);
    await buy(must(full, "joined"), eventId);
    await seesFree(eventId, 0);
    expect(await follow(eventId)).toBe("sold_out");
    await free(eventId, 2, 3);
    expect(await follow(eventId)).toBe("on_sale");
  });

  test("whom a hold stopped is asked once, then again when a minute is over, and the next fan meanwhile", async () => {
    const { eventId, buyer, holdId } = await lastSeatHeld(2);
    await app()
      .as(buyer)
      .waitlist.join({ eventId, wishes: wishes({ quantity: 2 }) });
    const [next] = await waiting(eventId, { quantity: 2 });
    await free(eventId, 2, 3);
    const asking = makeAsking(4);
    expect(await asking.round(eventId)).toBe(1);
    expect(asking.asked).toEqual([buyer.id, next?.id]);
    await app().as(must(next, "joined")).waitlist.decline({ eventId });
    await seesFree(eventId, 2);
    expect(await asking.round(eventId)).toBe(0);
    expect(asking.asked).toEqual([buyer.id, next?.id]);
    await app().as(buyer).hold.release({ eventId, holdId });
    await seesFree(eventId, 3);
    await withTx(
      app().container.database,
      (tx) => tx`
        update waitlist_entry set not_before = not_before - ${OFFER_AGAIN_MS} * interval '1 millisecond'
        where event_id = ${eventId} and account_id = ${buyer.id}`,
    );
    expect(await asking.round(eventId)).toBe(1);
    expect(await offered(buyer, eventId)).not.toBeNull();
  });

  test("a round that finds nothing free asks nothing of the list", async () => {
    const eventId = await soldOut();
    await waiting(eventId, {});
    const { container } = app();
    const refusing = () => Promise.reject(new Error("the list was asked"));
    const deaf = { ...container, waitlist: { ...container.waitlist, wishGroups: refusing } };
    expect(await composeWaitlistRound(deaf).serve(eventId)).toBe(0);
    await free(eventId, 2);
    await expect(composeWaitlistRound(deaf).serve(eventId)).rejects.toThrow("the list was asked");
  });
});
