import { TESTER } from "@onsale/core/actor/testing/staff";
import type { Account } from "@onsale/core/actor/account";
import type { SaleWindow } from "@onsale/core/event/event";
import { LineNow } from "@onsale/core/line/now-serving";
import { roomKey } from "@onsale/core/line/line-room";
import { must } from "@onsale/core/shared/assert";
import { type EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeApp, key, seatItems } from "./testing/test-app.ts";
import { joinAll, openLine } from "./testing/test-line.ts";

const HOUR_MS = 3_600_000;
type Times = { readonly opensAtMs: number; readonly closesAtMs: number };
const fans = (times: Times, allotment?: number): SaleWindow => ({
  kind: "presale",
  key: "fans",
  label: "Fan club",
  ...times,
  ...(allotment === undefined ? {} : { allotment }),
});
const everybody = (times: Times): SaleWindow => ({ kind: "public", label: "Sale", ...times });
const around = (fromMs: number, toMs: number): Times => {
  const nowMs = Date.now();
  return { opensAtMs: nowMs + fromMs, closesAtMs: nowMs + toMs };
};

describeApp("a line and the sale that it stands before", (app) => {
  async function eventWith(saleWindows: SaleWindow[]): Promise<EventId> {
    const eventId = await app().openEvent();
    await reopen(eventId, saleWindows);
    return eventId;
  }
  async function reopen(eventId: EventId, saleWindows: SaleWindow[]): Promise<void> {
    await app().changeEvent(eventId, { saleWindows });
  }
  async function invited(eventId: EventId, count: number): Promise<Account[]> {
    const organizer = app().as(await app().member());
    const made = await organizer.admin.access.createCodes({
      eventId,
      windowKey: "fans",
      count: 1,
      usesEach: 9,
    });
    const accounts = await Promise.all(Array.from({ length: count }, () => app().account()));
    for (const account of accounts)
      await app()
        .as(account)
        .access.redeem({ eventId, code: must(made.codes[0], "one was made") });
    return accounts;
  }
  async function drawn(
    eventId: EventId,
    accounts: readonly Account[],
    settings: Parameters<typeof openLine>[2],
  ) {
    const line = await openLine(app(), eventId, settings);
    await joinAll(app(), line.lineId, accounts);
    await line.draw();
    await line.tick();
    const places = await Promise.all(
      accounts.map(async (account) => ({
        account,
        standing: must(await app().as(account).line.mine({ eventId }), "joined"),
      })),
    );
    const queue = places.toSorted((a, b) => Number(a.standing.number) - Number(b.standing.number));
    const nth = (n: number) => must(queue[n], "so many joined");
    return {
      ...line,
      account: (n: number) => nth(n).account,
      checkIn: (n: number) =>
        app()
          .as(nth(n).account)
          .line.checkIn({ ticket: nth(n).standing.ticket }),
      enter: (n: number) => app().as(nth(n).account).line.enter({ lineId: line.lineId }),
      document: async () => {
        const text = await app().container.lineRoom.published(roomKey(await line.line()));
        return LineNow.parse(JSON.parse(must(text, "a document is published")));
      },
    };
  }

  test("while the event is paused nobody is let in, and their time does not run", async () => {
    const eventId = await app().openEvent();
    const line = await drawn(eventId, [await app().account()], {});
    const { services } = app().container;
    await services.events.move(TESTER, { idOrSlug: eventId, to: "paused" });
    await line.checkIn(0);
    await line.tick();
    expect((await line.checkIn(0)).kind).toBe("present");
    expect((await line.document()).resting).toBe("not_selling");
    await services.events.move(TESTER, { idOrSlug: eventId, to: "on_sale" });
    await line.tick();
    expect((await line.checkIn(0)).kind).toBe("inside");
  });

  test("a draw before the sale opens lets nobody in until it does", async () => {
    const eventId = await eventWith([everybody(around(HOUR_MS, 2 * HOUR_MS))]);
    const line = await drawn(eventId, [await app().account()], {});
    await line.checkIn(0);
    await line.tick();
    expect((await line.checkIn(0)).kind).toBe("present");
    await reopen(eventId, [everybody(around(-1_000, HOUR_MS))]);
    await line.tick();
    expect((await line.checkIn(0)).kind).toBe("inside");
  });

  test("when the places of a presale are gone those who wait are told, though there are free seats", async () => {
    const eventId = await eventWith([fans(around(-HOUR_MS, HOUR_MS), 2)]);
    const line = await drawn(eventId, await invited(eventId, 2), { windowKey: "fans", cap: 1 });
    await Promise.all([line.checkIn(0), line.checkIn(1)]);
    await line.tick();
    const { pass } = await line.enter(0);
    const buyer = app().as(line.account(0), pass);
    const held = await buyer.hold.create({ eventId, operationId: key(), items: seatItems(0, 1) });
    const paying = buyer.checkout.start({
      eventId,
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_ok",
    });
    await expect.poll(() => app().writeOrders(eventId), { timeout: 10_000 }).toBe(true);
    expect((await paying).state).toBe("paid");
    await expect
      .poll(async () => {
        await line.tick();
        return line.document();
      })
      .toMatchObject({ resting: "stock_gone", soldOut: true });
    expect((await line.checkIn(1)).kind).toBe("present");
    expect((await line.document()).left.some(({ free }) => free > 0)).toBe(true);
  });

  test("a line whose window is over closes by itself, so that nobody is sent there", async () => {
    const eventId = await eventWith([
      fans(around(-HOUR_MS, HOUR_MS)),
      everybody(around(HOUR_MS, 2 * HOUR_MS)),
    ]);
    const line = await drawn(eventId, await invited(eventId, 1), { windowKey: "fans" });
    expect((await line.line()).state).toBe("open");
    await reopen(eventId, [fans(around(-HOUR_MS, -1)), everybody(around(-1, HOUR_MS))]);
    await line.tick();
    expect(await line.line()).toMatchObject({ state: "closed", finishedAtMs: expect.any(Number) as number });
  });

  test("the page names the line that stands before this visitor's sale, and none where seats are sold freely", async () => {
    const eventId = await eventWith([
      fans(around(-HOUR_MS, HOUR_MS)),
      everybody(around(HOUR_MS, 2 * HOUR_MS)),
    ]);
    const { slug } = await app().container.services.events.require(eventId);
    const ahead = async (account: Account | null) =>
      (await app().as(account).event.bySlug({ slug })).lineAhead;
    const publicLine = await openLine(app(), eventId, {});
    const [guest] = await invited(eventId, 1);
    const stranger = await app().account();
    // The presale has no line: who may buy in it needs no pass, and all others wait for the public sale.
    const buyer = must(guest, "one was invited");
    expect(await ahead(buyer)).toBeNull();
    expect(
      (
        await app()
          .as(buyer)
          .hold.create({ eventId, operationId: key(), items: seatItems(0, 1) })
      ).hold.id,
    ).toBeTruthy();
    expect([await ahead(stranger), await ahead(null)]).toEqual([publicLine.lineId, publicLine.lineId]);
    const { id: presaleLine } = await app().container.services.lines.create(TESTER, {
      eventId,
      settings: { ...(await publicLine.line()), windowKey: "fans" },
    });
    expect(await ahead(buyer)).toBe(presaleLine);
    expect(await ahead(stranger)).toBe(publicLine.lineId);
    // A place in each line: each is found by its line.
    await publicLine.tick();
    for (const lineId of [publicLine.lineId, presaleLine])
      await app()
        .as(buyer)
        .line.join({ lineId, nonce: "ab".repeat(16) });
    for (const lineId of [publicLine.lineId, presaleLine])
      expect(await app().as(buyer).line.mine({ eventId, lineId })).toMatchObject({ lineId });
  });
});
