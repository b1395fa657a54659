import { randomUUID } from "node:crypto";
import { system } from "@onsale/core/actor/actor";
import { must } from "@onsale/core/shared/assert";
import { type AccountId, HoldId } from "@onsale/core/shared/ids";
import {
  AHEAD_EXACT_MAX,
  plainWishes,
  WaitlistEntryId,
  WaitlistOfferId,
  WaitlistWishes,
  wishesKeyOf,
} from "@onsale/core/waitlist/waitlist";
import { expect, test } from "vitest";
import { makePgAccountStore } from "../account/pg-account-store.ts";
import { openSale } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgWaitlistStore } from "./pg-waitlist-store.ts";
import { makeWaitlistOrder } from "./waitlist-order.ts";

const wishes = plainWishes(WaitlistWishes.parse({ quantity: 1, ticketType: "adult" }));
const wishesKey = wishesKeyOf(wishes);

describeWithDatabase("the order of the waitlist", (database) => {
  /** A fan for each line number, who join in this order. */
  async function openList(lineNumbers: readonly (number | null)[]) {
    const eventId = await openSale(database());
    const join = async (numbers: readonly (number | null)[]): Promise<AccountId[]> => {
      const emails = numbers.map(() => `${randomUUID()}@fans.example`);
      const accounts = await makePgAccountStore(database()).createMany(emails);
      const store = makePgWaitlistStore(database());
      for (const [at, { id: accountId }] of accounts.entries()) {
        const id = WaitlistEntryId.parse(randomUUID());
        await store.join({ id, eventId, accountId, lineNumber: numbers[at] ?? null, wishes, wishesKey });
      }
      return accounts.map(({ id }) => id);
    };
    const fans = await join(lineNumbers);
    const aheadIn = async (store: ReturnType<typeof makePgWaitlistStore>, accountId: AccountId | undefined) =>
      (await store.find({ eventId, accountId: must(accountId, "joined") }))?.ahead;
    return { eventId, fans, join, aheadIn };
  }

  test("everybody's place is their place in the list, far back as well, also with one number in two lines", async () => {
    // 130 with numbers that fall, two of each; among them 130 without.
    const numbers = Array.from({ length: 260 }, (_, at) => (at % 2 === 0 ? 65 - (at >> 2) : null));
    const { eventId, fans, aheadIn } = await openList(numbers);
    const store = makePgWaitlistStore(database());
    const { entries } = await store.list(eventId, { limit: 1_000 });
    const told: (number | undefined)[] = [];
    for (const { accountId } of entries) told.push(await aheadIn(store, accountId));
    expect(told).toEqual(fans.map((_, at) => at));
  });

  test("far back all who look share one reading; near the front, and for one's own entry, it is always now", async () => {
    const { eventId, fans, aheadIn } = await openList(
      Array.from({ length: AHEAD_EXACT_MAX + 20 }, () => null),
    );
    const sharing = makePgWaitlistStore(database(), makeWaitlistOrder(database().sql, { keptMs: 3_600_000 }));
    const fresh = makePgWaitlistStore(database(), makeWaitlistOrder(database().sql, { keptMs: 0 }));
    const far = AHEAD_EXACT_MAX + 10;
    expect(await aheadIn(sharing, fans[far])).toBe(far);
    await sharing.leave({ eventId, accountId: must(fans[0], "joined") });
    expect(await aheadIn(fresh, fans[far])).toBe(far - 1);
    expect(await aheadIn(sharing, fans[far])).toBe(far);
    expect(await aheadIn(sharing, fans[far + 1])).toBe(far + 1);
    expect(await aheadIn(sharing, fans[AHEAD_EXACT_MAX - 1])).toBe(AHEAD_EXACT_MAX - 2);

    const own = { eventId, accountId: must(fans[far], "joined") };
    const wait = must(await sharing.find(own), "waits");
    const id = WaitlistOfferId.parse(randomUUID());
    const items = { seats: [{ seatNo: 1, ticketType: "adult" }], areas: [] };
    await sharing.offer({ id, entry: wait.entry, holdId: HoldId.parse(randomUUID()), items, ttlMs: 60_000 });
    expect(await sharing.find(own)).toMatchObject({ ahead: 0, entry: { state: "offered" }, offer: { id } });
    await sharing.end(system("waitlist"), id, { as: "declined" });
    await sharing.leave(own);
    expect(await sharing.find(own)).toMatchObject({ ahead: 0, entry: { state: "over" }, offer: null });
  });

  test("who is far back is never told a place near the front, however old the order in memory", async () => {
    const { eventId, join, aheadIn } = await openList([null]);
    const order = makeWaitlistOrder(database().sql, { keptMs: 3_600_000 });
    expect(await order.ahead(eventId, { lineNumber: null, seq: Number.MAX_SAFE_INTEGER })).toBe(1);
    const last = (await join(Array.from({ length: AHEAD_EXACT_MAX + 5 }, () => null))).at(-1);
    expect(await aheadIn(makePgWaitlistStore(database(), order), last)).toBe(AHEAD_EXACT_MAX);
  });

  test("no more places are kept than a process may keep: the oldest reading goes, and is made again when asked for", async () => {
    const [one, two] = [await openList([null, null]), await openList([null, null, null])];
    const order = makeWaitlistOrder(database().sql, { keptMs: 3_600_000, placesMax: 4 });
    const end = { lineNumber: null, seq: Number.MAX_SAFE_INTEGER };
    expect(await order.ahead(one.eventId, end)).toBe(2);
    await one.join([null]);
    expect(await order.ahead(one.eventId, end)).toBe(2);
    expect(await order.ahead(two.eventId, end)).toBe(3);
    await two.join([null, null]);
    expect(await order.ahead(two.eventId, end)).toBe(3);
    expect(await order.ahead(one.eventId, end)).toBe(3);
    // Five wait; a list is kept to its first four.
    expect(await order.ahead(two.eventId, end)).toBe(4);
  });

  test("a reading that failed is not kept", async () => {
    const { eventId } = await openList([null, null]);
    const order = makeWaitlistOrder(database().sql, { keptMs: 3_600_000 });
    const end = { lineNumber: null, seq: Number.MAX_SAFE_INTEGER };
    await database().owner.sql`alter table waitlist_entry rename to waitlist_entry_away`;
    await expect(order.ahead(eventId, end)).rejects.toThrow("waitlist_entry");
    await database().owner.sql`alter table waitlist_entry_away rename to waitlist_entry`;
    expect(await order.ahead(eventId, end)).toBe(2);
  });
});
