import type { SaleWindow } from "@onsale/core/event/event";
import { type EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeApp, type TestApp, key, seatItems } from "../testing/test-app.ts";
import { openLine } from "../testing/test-line.ts";

const HOUR_MS = 3_600_000;
const HOLD_TTL_MS = 60_000;
const passRequired = { cause: { code: "line.pass_required" } };
type Caller = ReturnType<TestApp["as"]>;
type Held = Awaited<ReturnType<Caller["hold"]["create"]>>;

describeApp("holds of a presale and of the public sale beside it", (app) => {
  const presale = (closesAtMs: number, more: Partial<SaleWindow> = {}): SaleWindow => ({
    kind: "presale",
    key: "fans",
    label: "Fan club",
    opensAtMs: closesAtMs - 2 * HOUR_MS,
    closesAtMs,
    ...more,
  });
  const publicSale = (opensAtMs: number): SaleWindow => ({
    kind: "public",
    label: "Everybody",
    opensAtMs,
    closesAtMs: opensAtMs + HOUR_MS,
  });

  async function setWindows(eventId: EventId, ...saleWindows: SaleWindow[]) {
    await app().changeEvent(eventId, { saleWindows });
  }
  async function openWith(...windows: SaleWindow[]) {
    const eventId = await app().openEvent({ holdTtlMs: HOLD_TTL_MS });
    await setWindows(eventId, ...windows);
    return eventId;
  }
  async function newMember(eventId: EventId): Promise<Caller> {
    const organizer = app().as(await app().member());
    const { codes } = await organizer.admin.access.createCodes({ eventId, windowKey: "fans", count: 1 });
    const fan = app().as(await app().account());
    await fan.access.redeem({ eventId, code: codes[0] ?? "" });
    return fan;
  }
  const hold = (fan: Caller, eventId: EventId, ...seatNos: number[]) =>
    fan.hold.create({ eventId, operationId: key(), items: seatItems(...seatNos) });
  const nameOf = (eventId: EventId, { hold: { id } }: Held) => ({ eventId, holdId: HoldId.parse(id) });

  async function pay(fan: Caller, eventId: EventId, held: Held) {
    const named = nameOf(eventId, held);
    const paying = fan.checkout.start({
      ...named,
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_ok",
    });
    let isOver = false;
    const writing = (async () => {
      while (!isOver) await app().writeOrders(eventId);
    })();
    try {
      return await paying;
    } finally {
      isOver = true;
      await writing;
    }
  }
  const taken = async (eventId: EventId) =>
    (await app().container.access.presales(eventId)).find(({ windowKey }) => windowKey === "fans")?.taken;

  /** As if half of its time had gone by, so that asking for more uses up an extension. */
  async function extendLate(fan: Caller, eventId: EventId, held: Held) {
    const { config, redis } = app().container;
    const expiry = `${config.redisKeyPrefix}sh:{${eventId}}:expiry`;
    await redis.commands.zincrby(expiry, -HOLD_TTL_MS / 2, held.hold.id);
    return fan.hold.extend(nameOf(eventId, held));
  }

  test("seats of the public sale are paid there, also by a member who asked for more time when the presale is sold out", async () => {
    const eventId = await openWith(presale(Date.now() + HOUR_MS, { allotment: 1 }));
    const [early, late] = [await newMember(eventId), await newMember(eventId)];
    await pay(early, eventId, await hold(early, eventId, 0));
    const changeMs = Date.now() - HOLD_TTL_MS / 2;
    await setWindows(eventId, presale(changeMs, { allotment: 1 }), publicSale(changeMs));
    const held = await hold(late, eventId, 5);
    expect(await extendLate(late, eventId, held)).toMatchObject({ extensionsLeft: 1 });
    expect(await pay(late, eventId, held)).toMatchObject({ state: "paid" });
    expect(await taken(eventId)).toBe(1);
  });

  test("seats of the public sale need no pass of the presale's line, however often their time or kind is changed", async () => {
    const eventId = await openWith(presale(Date.now() + HOUR_MS));
    const member = await newMember(eventId);
    await openLine(app(), eventId, { windowKey: "fans" });
    await expect(hold(member, eventId, 5)).rejects.toMatchObject(passRequired);
    const changeMs = Date.now() - HOLD_TTL_MS / 2;
    await setWindows(eventId, presale(changeMs), publicSale(changeMs));
    const held = await hold(member, eventId, 5);
    expect(await extendLate(member, eventId, held)).toMatchObject({ extensionsLeft: 1 });
    const items = { seats: [{ seatNo: 5, ticketType: "child" }], areas: [] };
    const changed = await member.hold.reprice({ ...nameOf(eventId, held), items });
    expect(await extendLate(member, eventId, held)).toMatchObject({ extensionsLeft: 0 });
    expect(await pay(member, eventId, changed)).toMatchObject({ state: "paid" });
    expect(await taken(eventId)).toBe(0);
  });

  test("seats of a presale that goes on need no pass of the public line, and count against the presale", async () => {
    const endMs = Date.now() + HOUR_MS;
    const eventId = await openWith(presale(endMs));
    const member = await newMember(eventId);
    const held = await hold(member, eventId, 5);
    await setWindows(eventId, presale(endMs), publicSale(Date.now()));
    await openLine(app(), eventId);
    await expect(hold(member, eventId, 0)).rejects.toMatchObject(passRequired);
    expect(await extendLate(member, eventId, held)).toMatchObject({ extensionsLeft: 1 });
    const items = { seats: [{ seatNo: 5, ticketType: "child" }], areas: [] };
    const changed = await member.hold.reprice({ ...nameOf(eventId, held), items });
    expect(await pay(member, eventId, changed)).toMatchObject({ state: "paid" });
    expect(await taken(eventId)).toBe(1);
  });

  test("seats of a presale need a pass of its line, also when the public sale beside it has none", async () => {
    const endMs = Date.now() + HOUR_MS;
    const eventId = await openWith(presale(endMs));
    const member = await newMember(eventId);
    const held = await hold(member, eventId, 5);
    await setWindows(eventId, presale(endMs), publicSale(Date.now()));
    await openLine(app(), eventId, { windowKey: "fans" });
    await expect(pay(member, eventId, held)).rejects.toMatchObject(passRequired);
    await expect(member.hold.extend(nameOf(eventId, held))).rejects.toMatchObject(passRequired);
  });

  test("a presale that is sold out sells no more of its seats, also when the public sale has opened beside it", async () => {
    const window = presale(Date.now() + HOUR_MS, { allotment: 2 });
    const eventId = await openWith(window);
    const [first, second] = [await newMember(eventId), await newMember(eventId)];
    const [one, other] = [await hold(first, eventId, 0, 1), await hold(second, eventId, 5)];
    await setWindows(eventId, window, publicSale(Date.now()));
    expect(await pay(first, eventId, one)).toMatchObject({ state: "paid" });
    await expect(pay(second, eventId, other)).rejects.toMatchObject({
      cause: { code: "access.allotment_gone" },
    });
    expect(await taken(eventId)).toBe(2);
  });
});
