import type { Account } from "@onsale/core/account/account";
import type { Mail } from "@onsale/core/notification/mailer";
import { must } from "@onsale/core/shared/assert";
import { EventId, HoldId, OrderId } from "@onsale/core/shared/ids";
import { WaitlistWishes } from "@onsale/core/waitlist/waitlist";
import { makeOfferMail } from "@onsale/core/waitlist/offer-mail";
import { expect, test, vi } from "vitest";
import { describeHouse, key, seatItems } from "./testing/test-house.ts";
import { joinAll, openLine } from "./testing/test-line.ts";
import { followStock } from "./worker/follow-stock.ts";
import { makeJobRunner } from "./worker/job-runner.ts";
import { makeWaitlistLoop } from "./worker/waitlist-loop.ts";

const SEATS = 8;
const wishes = (over: Partial<WaitlistWishes> = {}) =>
  WaitlistWishes.parse({ quantity: 1, ticketType: "adult", ...over });
const code = (value: string) => ({ cause: { code: value } });

describeHouse("the waitlist", (house) => {
  const seatNos = (count = SEATS) => Array.from({ length: count }, (_, seatNo) => seatNo);
  const block = (eventId: EventId, blocked: boolean, ...seats: number[]) =>
    house().container.services.events.setBlocked({
      eventId,
      seatNos: seats,
      blocked,
      actor: "test",
      reason: "test",
    });
  const freshState = async (eventId: EventId) => {
    const { catalog, services } = house().container;
    catalog.forget(await services.events.require(eventId));
    return (await services.events.require(eventId)).state;
  };
  /** What a worker does about the state of the sale, once. */
  const follow = async (eventId: EventId) => {
    const { catalog, services } = house().container;
    catalog.forget(await services.events.require(eventId));
    await followStock(house().container, eventId);
    return freshState(eventId);
  };
  const seesFree = async (eventId: EventId, count: number) =>
    vi.waitFor(async () => {
      const { seats } = await house().container.feed.stockOf(eventId);
      expect(seats.filter((state) => state === 0)).toHaveLength(count);
    });

  /** A house of one row whose seats are all the organizer's own, and so sold out. */
  async function soldOut({ maxPerFan = 6, rows = 1, seats = SEATS } = {}): Promise<EventId> {
    const eventId = await house().openEvent({ rows, seats, standing: 0, maxPerFan });
    await block(eventId, true, ...seatNos(rows * seats));
    await seesFree(eventId, 0);
    expect(await follow(eventId)).toBe("sold_out");
    return eventId;
  }
  async function free(eventId: EventId, ...seats: number[]) {
    await block(eventId, false, ...seats);
    await seesFree(eventId, seats.length);
  }
  async function waiting(eventId: EventId, ...asked: Partial<WaitlistWishes>[]): Promise<Account[]> {
    const fans: Account[] = [];
    for (const wish of asked) {
      const fan = await house().account();
      await house()
        .as(fan)
        .waitlist.join({ eventId, wishes: wishes(wish) });
      fans.push(fan);
    }
    return fans;
  }
  const round = (eventId: EventId, offerTtlMs?: number) =>
    makeWaitlistLoop(house().container, offerTtlMs === undefined ? {} : { offerTtlMs }).serve(eventId);
  const waitOf = async (fan: Account, eventId: EventId) =>
    must((await house().as(fan).waitlist.mine({ eventId }))[0], "they joined");
  const offered = async (fan: Account, eventId: EventId) => (await waitOf(fan, eventId)).offer;
  const offeredSeats = async (fan: Account, eventId: EventId) => {
    const carts = await house().as(fan).hold.mine({ eventId });
    return carts.flatMap(({ hold }) => hold.items.seats.map(({ seatNo }) => seatNo));
  };
  const findings = async (eventId: EventId) =>
    (await house().container.invariants.checkInvariants(eventId)).filter(({ violations }) => violations > 0);

  /** Pays for what is offered, while a worker's writer runs for as long as it takes. */
  async function buy(fan: Account, eventId: EventId, method = "card_ok") {
    const cart = must((await house().as(fan).hold.mine({ eventId }))[0], "seats are held for them");
    const started = house()
      .as(fan)
      .checkout.start({
        eventId,
        holdId: HoldId.parse(cart.hold.id),
        quoteHash: cart.quote.hash,
        idempotencyKey: key(),
        method,
      });
    let done = false;
    const writer = (async () => {
      while (!done) await house().writeOrders(eventId);
    })();
    try {
      return await started;
    } finally {
      done = true;
      await writer;
    }
  }

  test("free seats go to those who wait, in the order in which they joined", async () => {
    const eventId = await soldOut();
    const [first, second, third] = await waiting(eventId, {}, {}, {});
    await free(eventId, 3, 5);
    expect(await round(eventId)).toBe(2);
    expect(await offered(must(first, "joined"), eventId)).not.toBeNull();
    expect(await offered(must(second, "joined"), eventId)).not.toBeNull();
    expect(await waitOf(must(third, "joined"), eventId)).toMatchObject({
      state: "waiting",
      offer: null,
      ahead: 0,
    });
  });

  test("who stood in the line comes before who did not, by their numbers", async () => {
    const eventId = await house().openEvent({ rows: 1, seats: SEATS, standing: 0 });
    const line = await openLine(house(), eventId);
    const fans = [await house().account(), await house().account()];
    await joinAll(house(), line.lineId, fans);
    await line.draw();
    await block(eventId, true, ...seatNos());
    await seesFree(eventId, 0);
    await follow(eventId);
    const stranger = await house().account();
    const numbers = new Map<number, Account>();
    for (const fan of [stranger, ...fans]) {
      const { lineNumber } = await house().as(fan).waitlist.join({ eventId, wishes: wishes() });
      if (lineNumber !== null) numbers.set(lineNumber, fan);
    }
    expect(await waitOf(stranger, eventId)).toMatchObject({ lineNumber: null, ahead: 2 });
    await free(eventId, 4);
    await round(eventId);
    expect(await offered(must(numbers.get(1), "drawn"), eventId)).not.toBeNull();
    expect((await waitOf(must(numbers.get(2), "drawn"), eventId)).ahead).toBe(0);
  });

  test("together means one block; who may be split is offered what lies apart", async () => {
    const eventId = await soldOut();
    const [together, split] = await waiting(
      eventId,
      { quantity: 2, together: true },
      { quantity: 2, together: false },
    );
    await free(eventId, 1, 6);
    await round(eventId);
    expect(await offered(must(together, "joined"), eventId)).toBeNull();
    expect(await offeredSeats(must(split, "joined"), eventId)).toEqual([1, 6]);
    await block(eventId, false, 3, 4);
    await seesFree(eventId, 2);
    await round(eventId);
    expect(await offeredSeats(must(together, "joined"), eventId)).toEqual([3, 4]);
  });

  test("nobody is offered seats above the highest whole price they named", async () => {
    const eventId = await soldOut();
    // A ticket is 50.00 and its fee 2.50.
    const [tooDear, exactly] = await waiting(eventId, { maxPriceMinor: 5249 }, { maxPriceMinor: 5250 });
    await free(eventId, 2);
    await round(eventId);
    expect(await offered(must(tooDear, "joined"), eventId)).toBeNull();
    expect(await offered(must(exactly, "joined"), eventId)).not.toBeNull();
  });

  test("a declined offer goes to the next fan, and the one who declined waits no longer", async () => {
    const eventId = await soldOut();
    const [first, second] = await waiting(eventId, {}, {});
    await free(eventId, 2);
    await round(eventId);
    await house().as(must(first, "joined")).waitlist.decline({ eventId });
    await seesFree(eventId, 1);
    await round(eventId);
    expect(await waitOf(must(first, "joined"), eventId)).toMatchObject({ state: "over", ended: "declined" });
    expect(await offeredSeats(must(second, "joined"), eventId)).toEqual([2]);
  });

  test("an offer that nobody takes lapses, and the seats go to the next fan", async () => {
    const eventId = await soldOut();
    const [first, second] = await waiting(eventId, {}, {});
    await free(eventId, 2);
    await round(eventId, 200);
    expect(await offered(must(first, "joined"), eventId)).not.toBeNull();
    await vi.waitFor(async () => {
      await house().container.holds.sweep(eventId, 10);
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
    await house().as(must(first, "joined")).hold.release({ eventId, holdId });
    await seesFree(eventId, 1);
    await round(eventId);
    expect(await waitOf(must(first, "joined"), eventId)).toMatchObject({ state: "over", ended: "declined" });
    expect(await offeredSeats(must(second, "joined"), eventId)).toEqual([2]);
  });

  test("a worker that died between the row and the hold: the next one takes the same hold, once", async () => {
    const eventId = await soldOut();
    const [fan] = await waiting(eventId, { quantity: 2 });
    await free(eventId, 2, 3);
    const { container } = house();
    const dying = {
      ...container,
      holds: { ...container.holds, acquire: () => Promise.reject(new Error("the process is gone")) },
    };
    await expect(makeWaitlistLoop(dying).serve(eventId)).rejects.toThrow("the process is gone");
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
    const { container } = house();
    const dying = {
      ...container,
      waitlist: { ...container.waitlist, confirm: () => Promise.reject(new Error("the process is gone")) },
    };
    await expect(makeWaitlistLoop(dying).serve(eventId)).rejects.toThrow("the process is gone");
    const before = await house().as(must(fan, "joined")).hold.mine({ eventId });
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
    await house().as(must(fan, "joined")).waitlist.leave({ eventId });
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
    const buyer = await house().account();
    await house()
      .as(buyer)
      .hold.create({ eventId, operationId: key(), items: seatItems(2) });
    const order = await buy(buyer, eventId, "card_3ds");
    expect(order.state).toBe("requires_action");
    await seesFree(eventId, 0);
    const [fan] = await waiting(eventId, {});
    // Nothing is free and somebody waits: what is let go from now on is not everybody's.
    expect(await follow(eventId)).toBe("sold_out");
    await house()
      .as(buyer)
      .checkout.cancel({ orderId: OrderId.parse(order.orderId) });
    await seesFree(eventId, 1);
    expect(await follow(eventId)).toBe("sold_out");
    await expect(
      house()
        .as(await house().account())
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

  test("a payment that fails gives the fan the old place and the seats again", async () => {
    const eventId = await soldOut();
    const [first, second] = await waiting(eventId, {}, {});
    await free(eventId, 2);
    await round(eventId);
    const before = await offered(must(first, "joined"), eventId);
    expect((await buy(must(first, "joined"), eventId, "card_declined")).state).toBe("declined");
    await seesFree(eventId, 1);
    await round(eventId);
    const after = must(await offered(must(first, "joined"), eventId), "offered again");
    expect(after.holdId).not.toBe(before?.holdId);
    expect(await offered(must(second, "joined"), eventId)).toBeNull();
  });

  test("the purchase limit holds: who has bought their share is passed over", async () => {
    const eventId = await soldOut({ maxPerFan: 2 });
    const [first, second] = await waiting(eventId, { quantity: 2 }, {});
    await free(eventId, 2, 3);
    await round(eventId);
    await buy(must(first, "joined"), eventId);
    await expect(
      house().as(must(first, "joined")).waitlist.join({ eventId, wishes: wishes() }),
    ).rejects.toMatchObject(code("hold.limit"));
    await free(eventId, 5);
    await round(eventId);
    expect(await offeredSeats(must(second, "joined"), eventId)).toEqual([5]);
  });

  test("an offered hold is paid for without a pass, and nobody else's offer helps", async () => {
    const eventId = await house().openEvent({ rows: 1, seats: SEATS, standing: 0 });
    const line = await openLine(house(), eventId);
    await line.draw();
    const other = await house().account();
    await block(eventId, true, ...seatNos());
    await seesFree(eventId, 0);
    await follow(eventId);
    const [fan] = await waiting(eventId, {});
    await free(eventId, 2);
    await round(eventId);
    const cart = must((await house().as(must(fan, "joined")).hold.mine({ eventId }))[0], "offered");
    const own = { eventId, holdId: HoldId.parse(cart.hold.id) };
    const noPass = { cause: { code: "line.pass_required" } };
    await expect(house().as(other).hold.extend(own)).rejects.toMatchObject(noPass);
    await expect(
      house()
        .as(other)
        .hold.reprice({ ...own, items: seatItems(2) }),
    ).rejects.toMatchObject(noPass);
    // Nor does one's own offer help to take other seats, or to keep another hold.
    await expect(
      house()
        .as(must(fan, "joined"))
        .hold.create({ eventId, operationId: key(), items: seatItems(3) }),
    ).rejects.toMatchObject({ cause: { code: "event.not_on_sale" } });
    await expect(
      house()
        .as(must(fan, "joined"))
        .hold.extend({ eventId, holdId: HoldId.parse(key()) }),
    ).rejects.toMatchObject(noPass);
    await house().as(must(fan, "joined")).hold.extend(own);
    expect((await buy(must(fan, "joined"), eventId)).state).toBe("paid");
  });

  test("a change of wishes keeps the place, also with more tickets; joining again does too", async () => {
    const eventId = await soldOut();
    const [first, second] = await waiting(eventId, {}, {});
    await house()
      .as(must(first, "joined"))
      .waitlist.change({ eventId, wishes: wishes({ quantity: 2 }) });
    await house()
      .as(must(first, "joined"))
      .waitlist.join({ eventId, wishes: wishes({ quantity: 3 }) });
    expect(await waitOf(must(first, "joined"), eventId)).toMatchObject({ ahead: 0, wishes: { quantity: 3 } });
    expect((await waitOf(must(second, "joined"), eventId)).ahead).toBe(1);
  });

  test("one wait per account and event, whatever joins at once", async () => {
    const eventId = await soldOut();
    const fan = await house().account();
    await Promise.all(
      Array.from({ length: 5 }, () => house().as(fan).waitlist.join({ eventId, wishes: wishes() })),
    );
    const { entries } = await house().container.services.waitlist.list(eventId);
    expect(entries).toHaveLength(1);
  });

  test("while seats like that are on sale there is no waitlist for them", async () => {
    const eventId = await house().openEvent({ rows: 1, seats: SEATS, standing: 0 });
    await expect(waiting(eventId, {})).rejects.toMatchObject(code("waitlist.closed"));
    await expect(waiting(eventId, { sections: ["nowhere"] })).rejects.toMatchObject(code("input.invalid"));
  });

  test("who loses the seats with Redis gets the same seats back, not somebody else", async () => {
    const eventId = await soldOut();
    const [fan] = await waiting(eventId, {}, {});
    await free(eventId, 2);
    await round(eventId);
    await house().forgetRedis(eventId);
    await house().container.services.events.rebuild(eventId, null);
    await vi.waitFor(async () => {
      await round(eventId);
      expect(await offeredSeats(must(fan, "joined"), eventId)).toEqual([2]);
    });
  });

  test("the fan is told by mail, once, and not about an offer that is over", async () => {
    const eventId = await soldOut();
    const [first, second] = await waiting(eventId, {}, {});
    await free(eventId, 2, 5);
    await round(eventId);
    await round(eventId);
    await house().as(must(second, "joined")).waitlist.decline({ eventId });
    const { container } = house();
    const mails: Mail[] = [];
    const sendOfferMail = makeOfferMail({
      store: container.waitlist,
      accounts: container.accounts,
      catalog: container.catalog,
      waitlist: container.services.waitlist,
      mailer: { send: (mail) => Promise.resolve(void mails.push(mail)) },
      eventsUrl: "https://tickets.example/events",
    });
    const services = { ...container.services, sendOfferMail };
    const runJobs = makeJobRunner({ ...container, services }, "test");
    while (await runJobs());
    const own = mails.filter(({ to }) => to === first?.email || to === second?.email);
    expect(own.map(({ to }) => to)).toEqual([first?.email]);
    expect(own[0]?.text).toContain("  Hall, row 1, seat ");
    expect(await offered(must(first, "joined"), eventId)).not.toBeNull();
  });

  test("the list for staff is in the order in which fans are asked, and counts what became of them", async () => {
    const eventId = await soldOut();
    const [first, second, third] = await waiting(eventId, {}, {}, { quantity: 2 });
    await free(eventId, 2);
    await round(eventId);
    await house().as(must(second, "joined")).waitlist.leave({ eventId });
    const staff = house().as(await house().account("organizer"));
    const { counts, entries } = await staff.admin.waitlist.list({ eventId });
    expect(entries.map(({ email }) => email)).toEqual([first?.email, third?.email, second?.email]);
    expect(counts).toMatchObject({ waiting: 1, ticketsWanted: 2, offered: 1, left: 1 });
  });
});
