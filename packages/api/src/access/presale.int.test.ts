import { fan as asFan } from "@onsale/core/actor/actor";
import type { SaleWindow } from "@onsale/core/event/event";
import { EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeApp, type TestApp, key, seatItems } from "../testing/test-app.ts";

const HOUR_MS = 3_600_000;
const failureOf = (error: unknown) => (error as { cause?: { code?: string; details?: object } }).cause;
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "ok",
    (error: unknown) => failureOf(error)?.code,
  );

describeApp("a presale", (app) => {
  const { now } = { now: () => Date.now() };
  const presale = (overrides: Partial<SaleWindow> = {}): SaleWindow => ({
    kind: "presale",
    key: "fans",
    label: "Fan club",
    opensAtMs: now() - HOUR_MS,
    closesAtMs: now() + HOUR_MS,
    ...overrides,
  });
  const publicSale = (opensAtMs: number): SaleWindow => ({
    kind: "public",
    label: "Public sale",
    opensAtMs,
    closesAtMs: opensAtMs + 2 * HOUR_MS,
  });

  async function setWindows(eventId: EventId, ...saleWindows: SaleWindow[]) {
    await app().changeEvent(eventId, { saleWindows });
  }
  async function openPresale(...windows: SaleWindow[]) {
    const eventId = await app().openEvent();
    await setWindows(eventId, ...(windows.length > 0 ? windows : [presale(), publicSale(now() + HOUR_MS)]));
    return eventId;
  }
  async function makeCode(eventId: EventId, windowKey = "fans", usesEach = 1): Promise<string> {
    const organizer = app().as(await app().member());
    const { codes } = await organizer.admin.access.createCodes({ eventId, windowKey, count: 1, usesEach });
    return codes[0] ?? "";
  }
  type Caller = ReturnType<TestApp["as"]>;
  const newFan = async () => app().as(await app().account());
  const hold = (fan: Caller, eventId: EventId, ...seatNos: number[]) =>
    fan.hold.create({ eventId, operationId: key(), items: seatItems(...seatNos) });
  const pay = (
    fan: Caller,
    { hold: { id, eventId }, quote }: Awaited<ReturnType<typeof hold>>,
    method = "card_ok",
  ) =>
    fan.checkout.start({
      eventId: EventId.parse(eventId),
      holdId: HoldId.parse(id),
      quoteHash: quote.hash,
      idempotencyKey: key(),
      method,
    });
  const taken = async (eventId: EventId) =>
    (await app().container.access.presales(eventId)).find(({ windowKey }) => windowKey === "fans")?.taken;

  test("the worker writes orders while the tests run", () => {
    app().work();
    expect(app().container.log.level).toBe("silent");
  });

  test("is closed to those without a code, who are told what would open it", async () => {
    const eventId = await openPresale();
    const refusal = await hold(await newFan(), eventId, 0, 1).catch(failureOf);
    expect(refusal).toMatchObject({
      code: "access.required",
      details: { presales: [{ windowKey: "fans", label: "Fan club" }] },
    });
    const best = { eventId, operationId: key(), quantity: 2, ticketType: "adult" };
    expect(await codeOf((await newFan()).hold.bestAvailable(best))).toBe("access.required");
  });

  test("is open to who entered a code, from the hold to the ticket, however the code was typed", async () => {
    const eventId = await openPresale();
    const code = await makeCode(eventId);
    const fan = await newFan();
    expect(await fan.access.mine({ eventId })).toMatchObject({ opened: [] });
    const typed = code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
    expect(await fan.access.redeem({ eventId, code: typed })).toMatchObject({
      windowKey: "fans",
      opened: [{ label: "Fan club" }],
    });
    expect(await fan.access.mine({ eventId })).toMatchObject({ opened: [{ windowKey: "fans" }] });
    expect(await pay(fan, await hold(fan, eventId, 0, 1))).toMatchObject({ state: "paid" });
    expect(await taken(eventId)).toBe(2);
    expect(await codeOf((await newFan()).access.redeem({ eventId, code }))).toBe("access.code_refused");
  });

  test("the event's page says what the visitor may do: closed, or open until the presale's end", async () => {
    const eventId = await openPresale();
    const fan = await newFan();
    await fan.access.redeem({ eventId, code: await makeCode(eventId) });
    const slug = (await app().container.services.events.require(eventId)).slug;
    const sales = [app().as(null), await newFan(), fan].map(
      async (visitor) => (await visitor.event.bySlug({ slug })).sale.kind,
    );
    expect(await Promise.all(sales)).toEqual(["opens", "opens", "open"]);
  });

  test("is open to whose address stands on its list, without a code, once the address is known to be theirs", async () => {
    const eventId = await openPresale();
    const account = await app().account();
    const organizer = app().as(await app().member());
    await organizer.admin.access.addEmails({
      eventId,
      windowKey: "fans",
      emails: [account.email.toUpperCase()],
    });
    expect(await codeOf(hold(app().as({ ...account, emailVerified: false }), eventId, 0, 1))).toBe(
      "access.required",
    );
    expect(await codeOf(hold(app().as({ ...account, emailVerified: true }), eventId, 0, 1))).toBe("ok");
  });

  test("a code opens its own event and its own presale alone", async () => {
    const [one, other] = [await openPresale(), await openPresale(presale({ key: "sponsors" }))];
    const fan = await newFan();
    const code = await makeCode(one);
    expect(await codeOf(fan.access.redeem({ eventId: other, code }))).toBe("access.code_refused");
    await fan.access.redeem({ eventId: one, code });
    expect(await codeOf(hold(fan, other, 0, 1))).toBe("access.required");
    await setWindows(one, presale({ key: "sponsors" }));
    expect(await codeOf(hold(fan, one, 0, 1))).toBe("access.required");
  });

  test("after its end a grant opens nothing more, but seats taken before may be paid and kept", async () => {
    const eventId = await openPresale();
    const fan = await newFan();
    await fan.access.redeem({ eventId, code: await makeCode(eventId) });
    const held = await hold(fan, eventId, 0, 1);
    await setWindows(eventId, presale({ closesAtMs: now() - 1 }), publicSale(now() + HOUR_MS));
    expect(await codeOf(hold(fan, eventId, 4, 5))).toBe("event.not_on_sale");
    const own = { eventId, holdId: HoldId.parse(held.hold.id) };
    expect(await codeOf(fan.hold.extend(own))).toBe("ok");
    expect(await pay(fan, held)).toMatchObject({ state: "paid" });
    expect(await taken(eventId)).toBe(2);
  });

  test("a hold from the presale stays one when the public sale opens in between: its own line, its own places", async () => {
    const eventId = await openPresale();
    const fan = await newFan();
    await fan.access.redeem({ eventId, code: await makeCode(eventId) });
    const [old, extended] = [await hold(fan, eventId, 0, 1), await hold(fan, eventId, 4, 5)];
    const changeMs = now();
    await setWindows(eventId, presale({ closesAtMs: changeMs }), publicSale(changeMs));
    await fan.hold.extend({ eventId, holdId: HoldId.parse(extended.hold.id) });
    const fresh = await hold(fan, eventId, 8, 9);
    for (const held of [old, extended, fresh]) expect(await pay(fan, held)).toMatchObject({ state: "paid" });
    expect(await taken(eventId)).toBe(4);
  });

  test("seats that nobody without a code can have taken are not sold without one", async () => {
    const eventId = await app().openEvent();
    const fan = await newFan();
    const held = await hold(fan, eventId, 0, 1);
    await setWindows(eventId, presale());
    expect(await codeOf(pay(fan, held))).toBe("access.required");
  });

  test("ends for everybody when the public sale opens: no code, no count", async () => {
    const eventId = await openPresale(presale({ allotment: 1 }), publicSale(now() - 1));
    const fan = await newFan();
    expect(await pay(fan, await hold(fan, eventId, 0, 1))).toMatchObject({ state: "paid" });
    expect(await taken(eventId)).toBe(0);
  });

  test("100 buyers for an allotment of 30 places: 30 have them, and what is given up is sold again", async () => {
    const eventId = await app().openEvent({ rows: 100, seats: 1, standing: 0 });
    await setWindows(eventId, presale({ allotment: 30 }));
    const code = await makeCode(eventId, "fans", 200);
    const accounts = await app().container.accounts.createMany(
      Array.from({ length: 100 }, () => `${key()}@crowd.example`.toLowerCase()),
    );
    const buy = async (caller: Caller, seatNo: number, method: string) => {
      await caller.access.redeem({ eventId, code });
      return pay(caller, await hold(caller, eventId, seatNo), method).then(({ orderId, state }) => ({
        orderId,
        state,
      }));
    };
    const results = await Promise.allSettled(
      accounts.map((account, seatNo) =>
        buy(app().as(account), seatNo, seatNo % 2 === 0 ? "card_ok" : "card_3ds"),
      ),
    );
    const won = results.flatMap((result, at) =>
      result.status === "fulfilled" ? [{ ...result.value, at }] : [],
    );
    expect(won).toHaveLength(30);
    expect(
      results.flatMap((result) => (result.status === "rejected" ? [failureOf(result.reason)?.code] : [])),
    ).toEqual(Array.from({ length: 70 }, () => "access.allotment_gone"));
    expect(await taken(eventId)).toBe(30);
    const waiting = won.filter(({ state }) => state === "requires_action");
    for (const { orderId, at } of waiting) {
      const account = accounts[at];
      if (account)
        await app()
          .as(account)
          .checkout.cancel({ orderId: orderId as never });
    }
    expect(await taken(eventId)).toBe(30 - waiting.length);
    const { invariants } = await app().container.services.reconcile.run({ eventId, fix: false });
    expect(invariants.filter(({ violations }) => violations > 0)).toEqual([]);
  });

  test("a presale that is sold out says so at the seats, not only when paying", async () => {
    const eventId = await openPresale(presale({ allotment: 2 }));
    const code = await makeCode(eventId, "fans", 9);
    const [first, second] = [await newFan(), await newFan()];
    for (const fan of [first, second]) await fan.access.redeem({ eventId, code });
    await pay(first, await hold(first, eventId, 0, 1));
    await expect
      .poll(() => hold(second, eventId, 4, 5).catch(failureOf), { timeout: 5_000 })
      .toMatchObject({ code: "access.allotment_gone", details: { left: 0 } });
  });

  test("the line of a presale asks for the same grant", async () => {
    const eventId = await openPresale();
    const [fan, stranger] = [await app().account(), await app().account()];
    await app()
      .as(fan)
      .access.redeem({ eventId, code: await makeCode(eventId) });
    const { accessGate, events } = app().container.services;
    const event = await events.require(eventId);
    const require = (account: typeof fan, windowKey: string) =>
      accessGate.requireGrant(asFan(account), event, windowKey).then(
        () => "ok",
        (error: { code?: string }) => error.code,
      );
    expect(await require(fan, "fans")).toBe("ok");
    expect(await require(stranger, "fans")).toBe("access.required");
    expect(await require(stranger, "public")).toBe("ok");
  });

  test("a batch that is revoked, or made for no presale, lets nobody in", async () => {
    const eventId = await openPresale();
    const organizer = app().as(await app().member());
    const { batchId, codes } = await organizer.admin.access.createCodes({
      eventId,
      windowKey: "fans",
      count: 3,
    });
    expect(new Set(codes).size).toBe(3);
    expect(await organizer.admin.access.revoke({ eventId, batchId })).toEqual({ revoked: 3 });
    expect(await codeOf((await newFan()).access.redeem({ eventId, code: codes[0] ?? "" }))).toBe(
      "access.code_refused",
    );
    const nowhere = { eventId, windowKey: "sponsors", count: 1 };
    expect(await codeOf(organizer.admin.access.createCodes(nowhere))).toBe("input.invalid");
    expect(await organizer.admin.access.overview({ eventId })).toMatchObject({
      batches: [{ batchId, codes: 3, uses: 0, revoked: 3 }],
    });
  });
});
