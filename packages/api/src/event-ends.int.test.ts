import { TESTER } from "@onsale/core/actor/testing/staff";
import type { EventDraft } from "@onsale/core/event/event";
import { LineId } from "@onsale/core/line/line";
import { EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeApp, type TestApp, key, seatItems } from "./testing/test-app.ts";
import { makeJobRunner } from "./worker/job-runner.ts";

const HOUR_MS = 3_600_000;
type Caller = ReturnType<TestApp["as"]>;
type Held = Awaited<ReturnType<Caller["hold"]["create"]>>;

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "ok",
    (error: { cause?: { code?: string } }) => error.cause?.code,
  );

describeApp("the end of a sale", (app) => {
  const fan = async () => app().as(await app().account());
  const hold = (caller: Caller, eventId: EventId, seat: number) =>
    caller.hold.create({ eventId, operationId: key(), items: seatItems(seat) });
  const pay = (caller: Caller, held: Held) =>
    caller.checkout.start({
      eventId: EventId.parse(held.hold.eventId),
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_ok",
    });
  async function paid(caller: Caller, held: Held): Promise<string> {
    const paying = pay(caller, held);
    await expect
      .poll(() => app().writeOrders(EventId.parse(held.hold.eventId)), { timeout: 10_000 })
      .toBe(true);
    return (await paying).orderId;
  }
  const past = (hours: number): Partial<EventDraft> => ({ startsAtMs: Date.now() - hours * HOUR_MS });

  test("stops new holds at the start of an evening, and a hold from before may still be paid", async () => {
    const eventId = await app().openEvent();
    const caller = await fan();
    const held = await hold(caller, eventId, 0);
    await app().changeEvent(eventId, past(1));
    expect(await codeOf(hold(caller, eventId, 1))).toBe("event.not_on_sale");
    expect(await codeOf(paid(caller, held))).toBe("ok");
  });

  test("comes at the end with an event of several days, and at the set time with any", async () => {
    const eventId = await app().openEvent();
    const caller = await fan();
    await app().changeEvent(eventId, { ...past(1), endsAtMs: Date.now() + 48 * HOUR_MS });
    expect(await codeOf(hold(caller, eventId, 0))).toBe("ok");
    await app().changeEvent(eventId, { salesEndAtMs: Date.now() - 1 });
    expect(await codeOf(hold(caller, eventId, 1))).toBe("event.not_on_sale");
  });

  test.each(["ended", "cancelled"] as const)(
    "of an event that is %s stops the checkout of what is held already, and its price and time stay as they are",
    async (state) => {
      const eventId = await app().openEvent();
      const caller = await fan();
      const held = await hold(caller, eventId, 0);
      await app().container.services.events.move(TESTER, { idOrSlug: eventId, to: state });
      expect(await codeOf(pay(caller, held))).toBe("event.not_on_sale");
      const named = { eventId, holdId: HoldId.parse(held.hold.id) };
      expect(await codeOf(caller.hold.extend(named))).toBe("event.not_on_sale");
    },
  );

  test("takes an event that is over out of the programme and out of its state on sale", async () => {
    const eventId = await app().openEvent();
    const title = `Night ${key()}`;
    await app().changeEvent(eventId, { title });
    const caller = await fan();
    const listed = async () => (await caller.event.list({ query: title })).events.map(({ id }) => id);
    await app().changeEvent(eventId, past(5));
    // The programme is read again once a second.
    await expect.poll(listed).toEqual([eventId]);
    await app().changeEvent(eventId, past(7));
    await expect.poll(listed, { timeout: 5_000 }).toEqual([]);
    const { services, catalog } = app().container;
    for (
      let ended = await services.events.endOver();
      ended !== null;
      ended = await services.events.endOver()
    );
    expect((await catalog.event(eventId))?.state).toBe("ended");
  });

  test("by a cancellation is on every order and ticket, and writes to everybody who had one", async () => {
    const eventId = await app().openEvent();
    const [buyer, waiter] = [await fan(), await fan()];
    const orderId = await paid(buyer, await hold(buyer, eventId, 0));
    await expect.poll(() => buyer.ticket.mine().then((mine) => mine.total)).toBe(1);
    const organizer = app().as(await app().member());
    await expect(organizer.admin.events.move({ eventId, to: "cancelled" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    const reason = "The hall\nis flooded";
    await organizer.admin.events.move({ eventId, to: "cancelled", reason });
    const because = { state: "cancelled", cancelledBecause: "The hall is flooded" };
    expect((await buyer.order.get({ orderId: orderId as never })).event).toMatchObject(because);
    const { slug } = await app().container.services.events.require(eventId);
    expect(await waiter.event.bySlug({ slug })).toMatchObject(because);
    expect((await app().container.audit.list({ chain: eventId, after: null, limit: 1 })).items).toMatchObject(
      [{ action: "event.moved", detail: { to: "cancelled", reason: because.cancelledBecause } }],
    );
    expect((await buyer.ticket.mine()).items[0]?.event.state).toBe("cancelled");
    expect((await waiter.ticket.mine()).total).toBe(0);
    const runner = makeJobRunner(app().container, "test");
    const { sql } = app().container.database;
    const done = async () => {
      await runner.drain();
      const rows = await sql`select kind from job where kind = 'mail.event_cancelled'
        and payload ->> 'orderId' = ${orderId} and done_at is not null`;
      return rows.length;
    };
    await expect.poll(done, { timeout: 10_000 }).toBe(1);
  });
});

describeApp("two editors of one event", (app) => {
  test("never overwrite each other: the late one hears who changed what, and saves after a look", async () => {
    const eventId = await app().openEvent();
    const [ana, ben] = [await app().member(), await app().member()];
    const read = async () => (await app().as(ana).admin.events.get({ idOrSlug: eventId })).event;
    const draftOf = async (change: Partial<EventDraft>) => {
      const {
        id: _i,
        organizationId: _o,
        state: _s,
        venue,
        detailsVersion: _d,
        priceVersion: _p,
        ...rest
      } = await read();
      return { ...rest, venueId: venue.id, ...change } as EventDraft;
    };
    const { detailsVersion: version } = await read();
    const draft = await draftOf({ title: "By ana" });
    const late = await draftOf({ subtitle: "By ben" });
    await app().as(ana).admin.events.update({ eventId, version, draft });
    const refused = app().as(ben).admin.events.update({ eventId, version, draft: late });
    await expect(refused).rejects.toMatchObject({
      cause: {
        code: "change.stale",
        details: {
          thing: "details",
          version: version + 1,
          changes: [{ by: ana.email, fields: ["title"], atMs: expect.any(Number) }],
        },
      },
    });
    expect(await read()).toMatchObject({ title: "By ana", subtitle: "" });
    const again = { eventId, version: version + 1, draft: await draftOf({ subtitle: "By ben" }) };
    await app().as(ben).admin.events.update(again);
    expect(await read()).toMatchObject({ title: "By ana", subtitle: "By ben" });
  });

  test("of its prices neither", async () => {
    const eventId = await app().openEvent();
    const organizer = app().as(await app().member());
    const { priceList } = await organizer.admin.events.get({ idOrSlug: eventId });
    if (!priceList) throw new Error("the event has prices");
    await organizer.admin.events.publishPrices({ eventId, version: 1, priceList });
    const late = organizer.admin.events.publishPrices({ eventId, version: 1, priceList });
    expect(await codeOf(late)).toBe("change.stale");
  });

  test("nor two at the levers of one line: the late one hears who pulled what", async () => {
    const eventId = await app().openEvent();
    const [ana, ben] = [await app().member(), await app().member()];
    const settings = { lobbyOpensAtMs: Date.now() + 1_800_000, drawsAtMs: Date.now() + 3_600_000 };
    const { id, settingsVersion: version } = await app().as(ana).admin.lines.create({ eventId, settings });
    const line = { lineId: LineId.parse(id), version };
    await app()
      .as(ana)
      .admin.lines.levers({ ...line, levers: { cap: 7 } });
    const { lines } = app().as(ben).admin;
    const late = [
      () => lines.move({ ...line, to: "lobby" }),
      () => lines.levers({ ...line, levers: { cap: 9 } }),
    ];
    for (const press of late)
      await expect(press()).rejects.toMatchObject({
        cause: {
          code: "change.stale",
          details: { thing: "line", version: version + 1, changes: [{ by: ana.email, fields: ["cap"] }] },
        },
      });
    expect(await lines.list({ eventId })).toMatchObject([{ cap: 7, state: "closed" }]);
  });
});
