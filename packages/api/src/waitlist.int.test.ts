import { TESTER } from "@onsale/core/actor/testing/staff";
import { makeMailer } from "@onsale/providers/mail/write-mail";
import type { Account } from "@onsale/core/actor/account";
import type { Mail } from "@onsale/core/mail/mailer";
import { must } from "@onsale/core/shared/assert";
import { HoldId } from "@onsale/core/shared/ids";
import type { WaitlistStand } from "@onsale/core/waitlist/waitlist";
import { makeOfferMail } from "@onsale/core/waitlist/offer-mail";
import { expect, test, vi } from "vitest";
import { describeApp, key, seatItems } from "./testing/test-app.ts";
import { joinAll, openLine } from "./testing/test-line.ts";
import { makeTestWaitlist, SEATS, wishes } from "./testing/test-waitlist.ts";
import { makeJobRunner } from "./worker/job-runner.ts";

const code = (value: string) => ({ cause: { code: value } });

describeApp("the waitlist", (app) => {
  const {
    seatNos,
    block,
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
    const eventId = await app().openEvent({ rows: 1, seats: SEATS, standing: 0 });
    const line = await openLine(app(), eventId);
    const fans = [await app().account(), await app().account()];
    await joinAll(app(), line.lineId, fans);
    await line.draw();
    await block(eventId, true, ...seatNos());
    await seesFree(eventId, 0);
    await follow(eventId);
    const stranger = await app().account();
    const numbers = new Map<number, Account>();
    for (const fan of [stranger, ...fans]) {
      const { lineNumber } = await app().as(fan).waitlist.join({ eventId, wishes: wishes() });
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

  test("nobody is offered seats above the highest whole price they named, also when prices rose meanwhile", async () => {
    const eventId = await soldOut();
    // A ticket is 50.00 and its fee 2.50; then the ticket is 52.00.
    const [tooDear, exactly] = await waiting(eventId, { maxPriceMinor: 5449 }, { maxPriceMinor: 5450 });
    const { priceList } = await app().container.catalog.require(eventId);
    const prices = priceList.prices.map((price) => ({ ...price, amountMinor: 5200 }));
    await app().container.services.events.publishPrices(TESTER, eventId, {
      version: 1,
      list: { ...priceList, prices },
    });
    await free(eventId, 2);
    await round(eventId);
    expect(await offered(must(tooDear, "joined"), eventId)).toBeNull();
    expect(await offered(must(exactly, "joined"), eventId)).not.toBeNull();
  });

  test("a wish that names less than the cheapest place it accepts is refused with that price, at joining and as a change", async () => {
    const eventId = await soldOut();
    const refused = {
      cause: { code: "input.invalid", details: { cheapestMinor: 5250, currency: "EUR" } },
    };
    await expect(waiting(eventId, { maxPriceMinor: 5249 })).rejects.toMatchObject(refused);
    const [fan] = await waiting(eventId, { maxPriceMinor: 5250 });
    const { waitlist } = app().as(must(fan, "joined"));
    await expect(waitlist.change({ eventId, wishes: wishes({ maxPriceMinor: 5249 }) })).rejects.toMatchObject(
      refused,
    );
    expect(await waitOf(must(fan, "joined"), eventId)).toMatchObject({ wishes: { maxPriceMinor: 5250 } });
  });

  test("a declined offer goes to the next fan, and the one who declined waits no longer", async () => {
    const eventId = await soldOut();
    const [first, second] = await waiting(eventId, {}, {});
    await free(eventId, 2);
    await round(eventId);
    await app().as(must(first, "joined")).waitlist.decline({ eventId });
    const [entry] = await app().owner`
      select actor from audit where chain = ${eventId} and action = 'waitlist.declined'`;
    expect(entry).toEqual({ actor: first?.email });
    await seesFree(eventId, 1);
    await round(eventId);
    expect(await waitOf(must(first, "joined"), eventId)).toMatchObject({ state: "over", ended: "declined" });
    expect(await offeredSeats(must(second, "joined"), eventId)).toEqual([2]);
  });

  test("the purchase limit holds: who has bought their share is passed over", async () => {
    const eventId = await soldOut({ maxPerFan: 2 });
    const [first, second] = await waiting(eventId, { quantity: 2 }, {});
    await free(eventId, 2, 3);
    await round(eventId);
    await buy(must(first, "joined"), eventId);
    await expect(
      app().as(must(first, "joined")).waitlist.join({ eventId, wishes: wishes() }),
    ).rejects.toMatchObject(code("hold.limit"));
    await free(eventId, 5);
    await round(eventId);
    expect(await offeredSeats(must(second, "joined"), eventId)).toEqual([5]);
  });

  test("who waits for a standing area is offered places of it together, and pays for them", async () => {
    const eventId = await app().openEvent({ rows: 1, seats: SEATS, standing: 3 });
    const { plan } = await app().container.catalog.require(eventId);
    const floor = must(
      plan.sections[must(plan.areas[0], "there is a standing area").section],
      "it has a name",
    );
    const other = await app().account();
    const inArea = { seats: [], areas: [{ areaNo: 0, ticketType: "adult", quantity: 3 }] };
    const held = await app().as(other).hold.create({ eventId, operationId: key(), items: inArea });
    // Seats are free all the while: this fan wants to stand.
    const [fan] = await waiting(eventId, { quantity: 2, sections: [floor.key] });
    await round(eventId);
    expect(await offered(must(fan, "joined"), eventId)).toBeNull();
    await app()
      .as(other)
      .hold.release({ eventId, holdId: HoldId.parse(held.hold.id) });
    await vi.waitFor(async () => {
      await round(eventId);
      expect(await offered(must(fan, "joined"), eventId)).toMatchObject({
        seats: 0,
        standing: 2,
        places: [`2 in ${floor.label}`],
      });
    });
    expect((await buy(must(fan, "joined"), eventId)).state).toBe("paid");
    await round(eventId);
    expect(await waitOf(must(fan, "joined"), eventId)).toMatchObject({ ended: "bought" });
  });

  test("an offered hold is paid for without a pass, and nobody else's offer helps", async () => {
    const eventId = await app().openEvent({ rows: 1, seats: SEATS, standing: 0 });
    const line = await openLine(app(), eventId);
    await line.draw();
    const other = await app().account();
    await block(eventId, true, ...seatNos());
    await seesFree(eventId, 0);
    await follow(eventId);
    const [fan] = await waiting(eventId, {});
    await free(eventId, 2);
    await round(eventId);
    const held = must((await app().as(must(fan, "joined")).hold.mine({ eventId }))[0], "offered");
    const own = { eventId, holdId: HoldId.parse(held.hold.id) };
    const noPass = { cause: { code: "line.pass_required" } };
    await expect(app().as(other).hold.extend(own)).rejects.toMatchObject(noPass);
    await expect(
      app()
        .as(other)
        .hold.reprice({ ...own, items: seatItems(2) }),
    ).rejects.toMatchObject(noPass);
    // Nor does one's own offer help to take other seats, or to keep another hold.
    await expect(
      app()
        .as(must(fan, "joined"))
        .hold.create({ eventId, operationId: key(), items: seatItems(3) }),
    ).rejects.toMatchObject({ cause: { code: "event.not_on_sale" } });
    await expect(
      app()
        .as(must(fan, "joined"))
        .hold.extend({ eventId, holdId: HoldId.parse(key()) }),
    ).rejects.toMatchObject(noPass);
    await app().as(must(fan, "joined")).hold.extend(own);
    expect((await buy(must(fan, "joined"), eventId)).state).toBe("paid");
  });

  test("a change of wishes keeps the place, also with more tickets; joining again does too", async () => {
    const eventId = await soldOut();
    const [first, second] = await waiting(eventId, {}, {});
    await app()
      .as(must(first, "joined"))
      .waitlist.change({ eventId, wishes: wishes({ quantity: 2 }) });
    await app()
      .as(must(first, "joined"))
      .waitlist.join({ eventId, wishes: wishes({ quantity: 3 }) });
    expect(await waitOf(must(first, "joined"), eventId)).toMatchObject({ ahead: 0, wishes: { quantity: 3 } });
    expect((await waitOf(must(second, "joined"), eventId)).ahead).toBe(1);
  });

  test("one wait per account and event, whatever joins at once", async () => {
    const eventId = await soldOut();
    const fan = await app().account();
    await Promise.all(
      Array.from({ length: 5 }, () => app().as(fan).waitlist.join({ eventId, wishes: wishes() })),
    );
    const { entries } = await app().container.services.waitlist.list(TESTER, eventId);
    expect(entries).toHaveLength(1);
  });

  test("while seats like that are on sale there is no waitlist for them", async () => {
    const eventId = await app().openEvent({ rows: 1, seats: SEATS, standing: 0 });
    await expect(waiting(eventId, {})).rejects.toMatchObject(code("waitlist.closed"));
    await expect(waiting(eventId, { sections: ["nowhere"] })).rejects.toMatchObject(code("input.invalid"));
  });

  test("the fan is told by mail, once, and not about an offer that is over", async () => {
    const eventId = await soldOut();
    const [first, second] = await waiting(eventId, {}, {});
    await free(eventId, 2, 5);
    await round(eventId);
    await round(eventId);
    await app().as(must(second, "joined")).waitlist.decline({ eventId });
    const { container } = app();
    const mails: Mail[] = [];
    const sendOfferMail = makeOfferMail({
      store: container.waitlist,
      accounts: container.accounts,
      catalog: container.catalog,
      waitlist: container.services.waitlist,
      mailer: makeMailer({ carry: (mail) => Promise.resolve(void mails.push(mail)) }),
      eventsUrl: "https://tickets.example/events",
    });
    const services = { ...container.services, sendOfferMail };
    await makeJobRunner({ ...container, services }, "test").drain();
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
    await app().as(must(second, "joined")).waitlist.leave({ eventId });
    const staff = app().as(await app().member());
    const { counts, demand, entries } = await staff.admin.waitlist.list({ eventId });
    expect(demand).toEqual([{ label: null, fans: 1, tickets: 2 }]);
    expect((await staff.admin.waitlist.list({ eventId, limit: 1 })).entries).toHaveLength(1);
    expect(entries.map(({ email }) => email)).toEqual([first?.email, third?.email, second?.email]);
    expect(counts).toMatchObject({ waiting: 1, ticketsWanted: 2, offered: 1, left: 1 });
    const narrowed = (ask: { query?: string; stand?: WaitlistStand }) =>
      staff.admin.waitlist.list({ eventId, ...ask });
    const left = await narrowed({ stand: "left" });
    expect([left.total, left.entries.map(({ email }) => email)]).toEqual([1, [second?.email]]);
    expect(left.counts).toEqual(counts);
    const byAddress = await narrowed({ query: third?.email.toUpperCase() ?? "" });
    expect(byAddress.entries.map(({ email }) => email)).toEqual([third?.email]);
    expect((await narrowed({ query: third?.email ?? "", stand: "left" })).total).toBe(0);
  });
});
