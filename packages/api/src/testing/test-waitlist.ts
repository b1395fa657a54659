import { TESTER } from "@onsale/core/actor/testing/staff";
import type { Account } from "@onsale/core/actor/account";
import { must } from "@onsale/core/shared/assert";
import { type EventId, HoldId, type OrderId } from "@onsale/core/shared/ids";
import { WaitlistWishes } from "@onsale/core/waitlist/waitlist";
import { expect, vi } from "vitest";
import { makeFollowStock } from "@onsale/core/waitlist/follow-stock";
import { composeWaitlistRound } from "../compose/waitlist-round.ts";
import { type TestApp, key } from "./test-app.ts";

/** Of a row. */
export const SEATS = 8;
export const wishes = (over: Partial<WaitlistWishes> = {}) =>
  WaitlistWishes.parse({ quantity: 1, ticketType: "adult", ...over });

/** Sold-out events, fans who wait, and a worker's rounds one at a time. No worker may run in the app meanwhile. */
export function makeTestWaitlist(app: () => TestApp) {
  const seatNos = (count = SEATS) => Array.from({ length: count }, (_, seatNo) => seatNo);
  const block = (eventId: EventId, blocked: boolean, ...seats: number[]) =>
    app().container.services.events.setBlocked(TESTER, { eventId, seatNos: seats, blocked, reason: "test" });
  const freshState = async (eventId: EventId) => {
    const { catalog, services } = app().container;
    catalog.forget(await services.events.require(eventId));
    return (await services.events.require(eventId)).state;
  };
  /** What a worker does about the state of the sale, once. */
  const follow = async (eventId: EventId) => {
    const { catalog, services } = app().container;
    catalog.forget(await services.events.require(eventId));
    await makeFollowStock({ ...services, catalog })(eventId);
    return freshState(eventId);
  };
  const seesFree = async (eventId: EventId, count: number) =>
    vi.waitFor(async () => {
      const { seats } = await app().container.feed.stockOf(eventId);
      expect(seats.filter((state) => state === 0)).toHaveLength(count);
    });

  /** An event with one row whose seats are all the organizer's own, and so sold out. */
  async function soldOut({ maxPerFan = 6, rows = 1, seats = SEATS } = {}): Promise<EventId> {
    const eventId = await app().openEvent({ rows, seats, standing: 0, maxPerFan });
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
      const fan = await app().account();
      await app()
        .as(fan)
        .waitlist.join({ eventId, wishes: wishes(wish) });
      fans.push(fan);
    }
    return fans;
  }
  const round = (eventId: EventId, offerTtlMs?: number) =>
    composeWaitlistRound(app().container, offerTtlMs === undefined ? {} : { offerTtlMs }).serve(eventId);
  const waitOf = async (fan: Account, eventId: EventId) =>
    must((await app().as(fan).waitlist.mine({ eventId }))[0], "they joined");
  const offered = async (fan: Account, eventId: EventId) => (await waitOf(fan, eventId)).offer;
  const offeredSeats = async (fan: Account, eventId: EventId) => {
    const held = await app().as(fan).hold.mine({ eventId });
    return held.flatMap(({ hold }) => hold.items.seats.map(({ seatNo }) => seatNo));
  };
  const findings = async (eventId: EventId) =>
    (await app().container.invariants.checkInvariants(eventId)).filter(({ violations }) => violations > 0);

  /** A call that a worker answers, while a worker's writer runs for as long as it takes. */
  async function worked<T>(eventId: EventId, call: Promise<T>): Promise<T> {
    let done = false;
    const writer = (async () => {
      while (!done) await app().writeOrders(eventId);
    })();
    try {
      return await call;
    } finally {
      done = true;
      await writer;
    }
  }

  /** Pays for what is offered. */
  async function buy(
    fan: Account,
    eventId: EventId,
    { method = "card_ok", pass = null }: { method?: string; pass?: string | null } = {},
  ) {
    const held = must((await app().as(fan).hold.mine({ eventId }))[0], "seats are held for them");
    return worked(
      eventId,
      app()
        .as(fan, pass)
        .checkout.start({
          eventId,
          holdId: HoldId.parse(held.hold.id),
          quoteHash: held.quote.hash,
          idempotencyKey: key(),
          method,
        }),
    );
  }
  const giveUp = (fan: Account, eventId: EventId, orderId: OrderId) =>
    worked(eventId, app().as(fan).checkout.cancel({ orderId }));

  return {
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
    findings,
    buy,
    giveUp,
  };
}
